import Foundation
private import Glibc

/// Writes programs for tests.
package enum Executable {
  /// Writes a program, such as a script, that its owner may run.
  package static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    guard chmod(path, 0o700) == 0 else { throw CocoaError(.fileWriteNoPermission) }
    try settle(path)
  }

  /// Waits until a file that was written can be run. A child process that another thread is starting has the file open
  /// for writing until it becomes another program, and nobody can run such a file (execve(2), ETXTBSY).
  package static func settle(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CocoaError(.fileReadNoPermission) }
    defer { close(descriptor) }
    // A lease for reading is given only where nobody has the file open for writing (fcntl(2), F_SETLEASE).
    try eventually("\(path) without writers") { fcntl(descriptor, setLease, F_RDLCK) == 0 }
    _ = fcntl(descriptor, setLease, F_UNLCK)
  }

  /// F_SETLEASE of fcntl.h, which glibc shows only to programs with _GNU_SOURCE.
  private static let setLease: Int32 = 1_024
}
