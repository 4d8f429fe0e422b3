private import Glibc

/// The process that holds SQLite's write lock on a database in WAL mode, as in `ops (popsec, process 1234)`.
///
/// The lock is a POSIX lock on byte 120 of the -shm file (WAL_WRITE_LOCK, sqlite.org/walformat.html, section
/// 2.3), which Linux lists in /proc/locks (proc_locks(5)). The file itself is not opened, because closing it
/// would drop this process's own locks. The result is nil where the writer can't be found.
func currentWriter(of database: String) -> String? {
  holders(of: database, byte: writeLockByte, mode: "WRITE").first.map(describe)
}

/// The other processes that have a database open, as in `ops (popsec, process 1234)`. In WAL mode each of
/// them holds a shared lock on byte 128 of the -shm file (UNIX_SHM_DMS of SQLite's os_unix.c).
func currentUsers(of database: String) -> [String] {
  Set(holders(of: database, byte: openLockByte, mode: "READ")).subtracting([getpid()]).sorted().map(describe)
}

private func holders(of database: String, byte: UInt64, mode: Substring) -> [pid_t] {
  var status = stat()
  guard stat(database + "-shm", &status) == 0, let locks = contents(of: "/proc/locks") else { return [] }
  let file = LockedFile(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  return locks.split(separator: "\n").compactMap { holder(in: $0, of: file, byte: byte, mode: mode) }
}

private struct LockedFile {
  let device: UInt64
  let inode: UInt64

  /// Whether the text of /proc/locks names this file: major and minor number in hexadecimal, the inode in
  /// decimal.
  func isNamed(by text: Substring) -> Bool {
    let parts = text.split(separator: ":")
    guard parts.count == 3, let major = UInt64(parts[0], radix: 16), let minor = UInt64(parts[1], radix: 16)
    else { return false }
    return major == Self.major(device) && minor == Self.minor(device) && UInt64(parts[2]) == inode
  }

  /// The major and minor number, as gnu_dev_major(3) and gnu_dev_minor(3) compute them.
  private static func major(_ device: UInt64) -> UInt64 {
    (device >> 8) & 0xFFF | (device >> 32) & 0xFFFF_F000
  }

  private static func minor(_ device: UInt64) -> UInt64 { device & 0xFF | (device >> 12) & 0xFFFF_FF00 }
}

private let writeLockByte: UInt64 = 120
private let openLockByte: UInt64 = 128

/// The process in a line such as `3: POSIX  ADVISORY  WRITE 1234 fe:01:5678 120 120`.
private func holder(in line: Substring, of file: LockedFile, byte: UInt64, mode: Substring) -> pid_t? {
  let fields = line.split(separator: " ", omittingEmptySubsequences: true)
  guard fields.count == 8, fields[3] == mode, file.isNamed(by: fields[5]), let first = UInt64(fields[6]),
    let process = pid_t(fields[4]), process > 0
  else { return nil }
  let last = UInt64(fields[7]) ?? .max
  return (first...max(first, last)).contains(byte) ? process : nil
}

private func describe(_ process: pid_t) -> String {
  let folder = "/proc/\(process)"
  let program = contents(of: folder + "/comm").map { $0.filter { $0 != "\n" } }.map(harmless)
  var status = stat()
  let owner = stat(folder, &status) == 0 ? userName(status.st_uid) : nil
  return "\(owner ?? "somebody") (\(program ?? "a program"), process \(process))"
}

private func userName(_ id: uid_t) -> String {
  var entry = passwd()
  var buffer = [CChar](repeating: 0, count: 4_096)
  var found: UnsafeMutablePointer<passwd>?
  guard getpwuid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return "user \(id)" }
  return harmless(String(cString: entry.pw_name))
}

/// The text without harmful characters. A program may give itself any name.
private func harmless(_ text: String) -> String {
  String(text.unicodeScalars.prefix(32).map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
}

private func contents(of path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 16_384)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
    bytes += buffer[..<count]
  }
}
