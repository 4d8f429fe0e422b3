import Access
import Foundation

/// A file that is made, never replaced, and that only its owner may read.
enum NewFile {
  /// Whole or not at all, as far as an error goes; a crash may leave a part.
  static func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw Trouble(
        "\(excerpt(path)) can't be made: \(systemReason(code))",
        hint: code == EEXIST ? "files are never overwritten; name another" : nil, exitStatus: .cannotCreate)
    }
    defer { close(descriptor) }
    do {
      let output = Output(descriptor: descriptor)
      try output.bytes(text.utf8)
      try output.flush()
      guard fsync(descriptor) == 0 else {
        throw Trouble("\(excerpt(path)) can't be written: \(systemReason(errno))", exitStatus: .inputOutput)
      }
    } catch {
      unlink(path)
      throw error
    }
  }
}
