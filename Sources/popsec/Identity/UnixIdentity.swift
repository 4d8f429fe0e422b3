import Access
import Administration
import Foundation
import Store

/// Who somebody is by their Unix account.
struct UnixIdentity {
  /// The account's name, or its number where it has none.
  let name: String
  /// Whether this process may do with the store's files what it likes: root, or their owner.
  let ownsStore: Bool

  /// The real account; that of whoever used sudo where this is root or the owner of the store, since from
  /// anybody else the variables could be made up (sudo(8), SUDO_UID and SUDO_USER).
  init(storeOwner: UInt32, environment: [String: String]) {
    let real = getuid()
    ownsStore = real == 0 || real == storeOwner
    if ownsStore, let sudo = Self.sudoAccount(environment), sudo.uid != real {
      name = sudo.name
    } else {
      name = Self.name(of: real) ?? "uid \(real)"
    }
  }

  private static func sudoAccount(_ environment: [String: String]) -> (name: String, uid: uid_t)? {
    guard let number = environment.filled("SUDO_UID").flatMap({ uid_t($0) }),
      let claimed = environment.filled("SUDO_USER"), name(of: number) == claimed
    else { return nil }
    return (claimed, number)
  }

  static func name(of uid: uid_t) -> String? {
    guard let entry = getpwuid(uid), let name = entry.pointee.pw_name else { return nil }
    return String(cString: name)
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
