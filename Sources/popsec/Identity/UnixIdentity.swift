import Access
import Administration
import Foundation
import Store

/// Who somebody is by their Unix account.
struct UnixIdentity {
  /// The account's name, or its number where it has none.
  let name: String
  /// Whether they are root or the owner of the store's files, without having become that account by `sudo`.
  /// Somebody who used `sudo` is the user with their own account, and never the owner: else a person would be
  /// Administrator as soon as their user is gone.
  let ownsStore: Bool

  /// The real account; that of whoever used sudo where this is root or the owner of the store, since from
  /// anybody else the variables could be made up.
  init(storeOwner: UInt32, environment: [String: String]) {
    let real = getuid()
    let isOwner = real == 0 || real == storeOwner
    let invoking = isOwner ? Self.invokingAccount(environment) : nil
    // Root needs no sudo to be the owner, and gains nothing by it.
    let cameByOther = invoking.map { $0 != 0 && $0 != real } ?? false
    ownsStore = isOwner && !cameByOther
    let account = cameByOther ? invoking ?? real : real
    name = Self.name(of: account) ?? "uid \(account)"
  }

  /// The account that called a program which let it become this one: sudo(8), doas(1), pkexec(1). An account
  /// that these name and that is not there any more is told by its number, and so is nobody's.
  private static func invokingAccount(_ environment: [String: String]) -> uid_t? {
    for variable in ["SUDO_UID", "PKEXEC_UID"] {
      if let text = environment.filled(variable) { return uid_t(text) ?? .max }
    }
    for variable in ["SUDO_USER", "DOAS_USER"] {
      if let name = environment.filled(variable) { return getpwnam(name)?.pointee.pw_uid ?? .max }
    }
    return nil
  }

  static func name(of uid: uid_t) -> String? {
    guard let entry = getpwuid(uid), let name = entry.pointee.pw_name else { return nil }
    return String(cString: name)
  }

  /// Whether an account is root or owns a store: a user who has it is met by whoever could do anything with the
  /// store's files.
  static func owns(_ account: UnixAccountName, storeOwner: UInt32) -> Bool {
    guard let entry = getpwnam(account.text) else { return false }
    return entry.pointee.pw_uid == 0 || entry.pointee.pw_uid == storeOwner
  }

  /// Whoever makes a store, or puts a backup where no store is: there is nobody else yet. They have every right
  /// until they are done.
  static func maker(_ frontEnd: FrontEnd) -> Operator {
    let identity = UnixIdentity(storeOwner: getuid(), environment: Caller.current.environment)
    return Operator(
      actor: Actor(name: identity.name, frontEnd: frontEnd), standing: .fixed(.administrator), ownsStore: true
    )
  }

  /// The operator that they are in a store: the user with that Unix account, or else the owner of the
  /// store's files, who could do anything with them anyway.
  ///
  /// Errors: ``Trouble`` where they are neither.
  func operating(_ frontEnd: FrontEnd, in store: any Store) throws -> Operator {
    let unixAccount = UnixAccountName(name)
    let user = try unixAccount.flatMap { unix in try store.read { try $0.account(unixAccount: unix) } }
    if let user, let unixAccount {
      let actor = Actor(name: user.name.text, frontEnd: frontEnd, user: user.id)
      return Operator(
        actor: actor, standing: .user(user.id, by: .unixAccount(unixAccount)), ownsStore: ownsStore)
    }
    guard ownsStore else {
      throw Trouble(
        "no user of popsec has the Unix account \(quotedExcerpt(name))",
        hint: "ask an administrator: popsec user add NAME --unix \(excerpt(name))", exitStatus: .notPermitted)
    }
    return Operator(
      actor: Actor(name: name, frontEnd: frontEnd), standing: .fixed(.administrator), ownsStore: true)
  }
}
