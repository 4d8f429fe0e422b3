import Access
import Administration
import Foundation
import Store

/// Who somebody is by their Unix account.
struct UnixIdentity: Hashable, Sendable {
  /// The account's name, or its number where it has none.
  let name: String
  /// Whether they are root or the owner of the store's files, by an account of their own: who came to it by
  /// sudo, doas or pkexec is still who they were.
  let isOwner: Bool
  /// False where sudo, doas or pkexec was used, and whose account it was can't be told.
  let isKnown: Bool

  /// The real account; that of whoever used sudo, doas or pkexec where this is root or the owner of the store,
  /// since from anybody else the variables could be made up.
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

  /// Whoever makes a store with this command, whose owner they become.
  static var making: UnixIdentity {
    UnixIdentity(storeOwner: getuid(), environment: Caller.current.environment)
  }

  static func name(of uid: uid_t) -> String? { UnixAccounts.system.name(uid) }

  /// The operator that they are in a store: the user with that Unix account, or else the owner of the
  /// store's files, who could do anything with them anyway.
  ///
  /// Errors: ``Trouble`` where they are neither, or where who they are can't be told.
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

  /// Who makes a store, or makes one of a backup, where there was none: nobody else is in it yet, so that
  /// whoever comes by sudo is its owner for so long.
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
  /// The same, knowing who owns the store's files.
  func ownedBy(_ owner: UInt32, _ accounts: UnixAccounts = .system) -> Surroundings {
    Surroundings(now: now, makeTokenID: makeTokenID, announcer: announcer) { unixAccount in
      guard let uid = accounts.uid(unixAccount.text) else { return unixAccount.text == "root" }
      return accounts.isOwner(uid, of: owner)
    }
  }
}
