import Access
import Foundation

/// Root's way to do something with the rights of the account that owns a store: its files are then that account's, and a
/// database is reached exactly as that account reaches it: libpq also looks into the home folder.
enum OwnerRights {
  /// Errors: ``Trouble`` where root can't take the account's rights.
  static func using<Result>(_ owner: uid_t, group: gid_t, _ body: () throws -> Result) throws -> Result {
    var groups = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
    let count = getgroups(Int32(groups.count), &groups)
    let (user, ownGroup) = (geteuid(), getegid())
    let ownHome = getenv("HOME").map { String(cString: $0) }
    let home = getpwuid(owner).map { String(cString: $0.pointee.pw_dir) } ?? "/"
    // The effective number of the user goes last, because no other could be changed without root's.
    guard setgroups(1, [group]) == 0, setegid(group) == 0, seteuid(owner) == 0 else {
      throw Trouble(
        "root can't work with the rights of the store's owner: \(systemReason(errno))",
        exitStatus: .notPermitted)
    }
    setenv("HOME", home, 1)
    defer {
      if let ownHome { setenv("HOME", ownHome, 1) } else { unsetenv("HOME") }
      let isBack = seteuid(user) == 0 && setegid(ownGroup) == 0 && setgroups(max(0, Int(count)), groups) == 0
      precondition(isBack, "root's rights did not come back")
    }
    return try body()
  }
}
