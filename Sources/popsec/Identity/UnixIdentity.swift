import Access
import Administration
import Foundation
import Store

/// A person's identity by their Unix account.
struct UnixIdentity: Hashable, Sendable {
  /// The account's name, or its number where it has no name.
  let name: String
  /// Whether the person is root or the owner of the store's files, by an account of their own. A person who
  /// used sudo, doas or pkexec keeps their former identity.
  let isOwner: Bool
  /// Whether the identity is known. It is not where sudo, doas or pkexec was used and does not tell the
  /// former account.
  let isKnown: Bool

  /// Finds the real account. Where this is root or the owner of the store, the account of the person who used
  /// sudo, doas or pkexec counts; anybody else could have invented the variables.
  init(
    storeOwner: UInt32, environment: [String: String], real: uid_t = getuid(),
    accounts: UnixAccounts = .system
  ) {
    let elevation = accounts.isOwner(real, of: storeOwner) ? Elevation(environment, accounts) : .none
    switch elevation {
    case .none:
      (name, isKnown) = (accounts.name(real) ?? "uid \(real)", true)
      isOwner = accounts.isOwner(real, of: storeOwner)
    case .from(let account):
      (name, isKnown) = (account.name, true)
      isOwner = accounts.isOwner(account.uid, of: storeOwner)
    case .unknown: (name, isOwner, isKnown) = (accounts.name(real) ?? "uid \(real)", false, false)
    }
  }

  /// The person who makes a store with this command, and becomes its owner.
  static var making: UnixIdentity {
    UnixIdentity(storeOwner: getuid(), environment: Caller.current.environment)
  }

  static func name(of uid: uid_t) -> String? { UnixAccounts.system.name(uid) }

  /// The operator that the person is in a store: the user with this Unix account, or else the owner of the
  /// store's files, who could change them anyway.
  ///
  /// Errors: ``Trouble`` where the person is neither, or where their identity is not known.
  func operating(_ frontEnd: FrontEnd, in store: any Store) throws -> Operator {
    guard isKnown else { throw Trouble.unknownElevation }
    let unixAccount = UnixAccountName(name)
    let user = try unixAccount.flatMap { unix in try store.read { try $0.account(unixAccount: unix) } }
    if let user, let unixAccount {
      let actor = Actor(name: user.name.text, frontEnd: frontEnd, user: user.id)
      return Operator(
        actor: actor, standing: .user(user.id, by: .unixAccount(unixAccount)), ownsStore: isOwner)
    }
    guard isOwner else {
      throw Trouble(
        "no user of popsec has the Unix account \(quotedExcerpt(name))",
        hint: "ask an administrator: popsec user add NAME --unix \(excerpt(name))", exitStatus: .notPermitted)
    }
    return maker(frontEnd)
  }

  /// The operator who makes a store, or makes one from a backup where there was none. Nobody else is in the
  /// store yet, so a person who uses sudo acts as its owner here.
  func maker(_ frontEnd: FrontEnd) -> Operator {
    Operator(
      actor: Actor(name: name, frontEnd: frontEnd), standing: .fixed(.administrator), ownsStore: true)
  }
}

extension Trouble {
  fileprivate static var unknownElevation: Trouble {
    Trouble(
      "sudo, doas or pkexec was used, and whose account it was used from can't be told",
      hint: "use it from the account of a user of popsec; root and the store's owner come without it",
      exitStatus: .notPermitted)
  }
}

extension Surroundings {
  /// The identity, where the owner of the store's files is known.
  func ownedBy(_ owner: UInt32, _ accounts: UnixAccounts = .system) -> Surroundings {
    Surroundings(now: now, makeTokenID: makeTokenID, announcer: announcer) { unixAccount in
      guard let uid = accounts.uid(unixAccount.text) else { return unixAccount.text == "root" }
      return accounts.isOwner(uid, of: owner)
    }
  }
}
