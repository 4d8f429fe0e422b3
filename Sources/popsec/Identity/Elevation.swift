import Foundation

/// The former account of a person who changed to another account, as these programs tell it: sudo(8), run0(1)
/// (`SUDO_UID` and `SUDO_USER`), doas(1) (`DOAS_USER`) and pkexec(1) (`PKEXEC_UID`).
enum Elevation: Hashable, Sendable {
  struct Account: Hashable, Sendable {
    let name: String
    let uid: uid_t
  }

  /// None of these programs was used.
  case none
  case from(Account)
  /// One of these programs was used, but the former account is not known. Then the person counts as nobody.
  case unknown

  /// The variables that these programs set. They are believed only from root and the owner of a store,
  /// because anybody else can set them.
  private static let sudo = ["SUDO_UID", "SUDO_USER", "SUDO_GID", "SUDO_COMMAND"]
  private static let others = ["DOAS_USER", "PKEXEC_UID"]

  /// Whether any of the variables is set, even to an empty value.
  static func isTold(in environment: [String: String]) -> Bool {
    (sudo + others).contains { environment[$0] != nil }
  }

  /// Reads the variables. Where several programs tell an account, all must agree, because one may be
  /// invented.
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

/// The Unix accounts of the system.
struct UnixAccounts: Sendable {
  /// The name of an account; nil where no account has the number.
  let name: @Sendable (uid_t) -> String?
  /// The number of an account; nil where no account has the name.
  let uid: @Sendable (String) -> uid_t?

  static let system = UnixAccounts(
    name: { uid in getpwuid(uid).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } },
    uid: { name in getpwnam(name).map { $0.pointee.pw_uid } })

  /// Whether the account may do anything with files of this owner.
  func isOwner(_ uid: uid_t, of storeOwner: uid_t) -> Bool { uid == 0 || uid == storeOwner }
}
