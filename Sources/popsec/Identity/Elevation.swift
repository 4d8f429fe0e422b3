import Foundation

/// What the programs that give somebody another account say of whose account it was before: sudo(8), run0(1)
/// (`SUDO_UID` and `SUDO_USER`), doas(1) (`DOAS_USER`) and pkexec(1) (`PKEXEC_UID`).
enum Elevation: Hashable, Sendable {
  struct Account: Hashable, Sendable {
    let name: String
    let uid: uid_t
  }

  /// No such program says anything.
  case none
  case from(Account)
  /// Such a program was used, and whose account it was can't be told: nobody is taken for anybody then.
  case unknown

  /// What such programs set. Only root and the owner of a store are believed: anybody else can make these up.
  private static let sudo = ["SUDO_UID", "SUDO_USER", "SUDO_GID", "SUDO_COMMAND"]
  private static let others = ["DOAS_USER", "PKEXEC_UID"]

  /// Whether any of them is set, be it to nothing.
  static func isTold(in environment: [String: String]) -> Bool {
    (sudo + others).contains { environment[$0] != nil }
  }

  /// Where several of them speak, they must name the same account: one of them may be what somebody made up.
  init(_ environment: [String: String], _ accounts: UnixAccounts) {
    guard Self.isTold(in: environment) else {
      self = .none
      return
    }
    var said: [Account?] = []
    if Self.sudo.contains(where: { environment[$0] != nil }) {
      let account = Self.account(uid: environment["SUDO_UID"], accounts)
      said.append(account.flatMap { $0.name == environment["SUDO_USER"] ? $0 : nil })
    }
    if let name = environment["DOAS_USER"] {
      said.append(accounts.uid(name).map { Account(name: name, uid: $0) })
    }
    if let uid = environment["PKEXEC_UID"] { said.append(Self.account(uid: uid, accounts)) }
    let found = Set(said)
    if found.count == 1, let account = said[0] { self = .from(account) } else { self = .unknown }
  }

  private static func account(uid text: String?, _ accounts: UnixAccounts) -> Account? {
    guard let uid = text.flatMap({ uid_t($0) }) else { return nil }
    return accounts.name(uid).map { Account(name: $0, uid: uid) }
  }
}

/// The system's Unix accounts.
struct UnixAccounts: Sendable {
  /// Nil where there is no account of that number.
  let name: @Sendable (uid_t) -> String?
  /// Nil where there is no account of that name.
  let uid: @Sendable (String) -> uid_t?

  static let system = UnixAccounts(
    name: { uid in getpwuid(uid).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } },
    uid: { name in getpwnam(name).map { $0.pointee.pw_uid } })

  /// Whether who has that account may do with files of that owner what they like.
  func isOwner(_ uid: uid_t, of storeOwner: uid_t) -> Bool { uid == 0 || uid == storeOwner }
}
