private import CPostgres
internal import Glibc

/// The file of passwords that an address or PGPASSFILE names. libpq leaves out one that it can't use, most often
/// without a word.
struct PostgresPassFile {
  let path: String

  init?(of address: PostgresAddress) {
    guard let path = address.passFile ?? getenv("PGPASSFILE").map({ String(cString: $0) }), !path.isEmpty
    else {
      return nil
    }
    self.path = path
  }

  /// Why it can't be used by this account; nil where it can.
  var problem: PostgresProblem? {
    func problem(_ reason: String) -> PostgresProblem { .passFile(path: path, reason: reason) }
    var status = stat()
    guard stat(path, &status) == 0, faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 else {
      return problem(errno == ENOENT ? "is missing" : "can't be read by \(Self.account)")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return problem("is no file") }
    let isUsable =
      status.st_mode & 0o077 == 0 || popsec_pq_is_shared_pass_file(status.st_uid, status.st_mode) != 0
    return isUsable
      ? nil : problem("has the mode \(String(status.st_mode & 0o7777, radix: 8)), with which it is not used")
  }

  private static var account: String {
    getpwuid(geteuid()).map { "the account \(String(cString: $0.pointee.pw_name))" } ?? "this account"
  }
}
