import Access
import Foundation

/// A new file, which never replaces another one, and which only its owner may read.
enum NewFile {
  /// Writes the whole file, or after an error none of it. A crash may leave a part.
  static func write(_ text: String, to path: String) throws {
    try write(to: path) { try $0.encoded(text.utf8) }
  }

  /// Writes a file. What the closure writes is on disk when the function returns.
  static func write<Result>(
    to path: String, _ options: PrintOptions = .people, _ body: (Output) throws -> Result
  ) throws -> Result {
    try Caller.current.requireLocal("a file")
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw Trouble(
        "\(excerpt(path)) can't be made: \(systemReason(code))",
        hint: code == EEXIST ? "files are never overwritten; name another" : nil, exitStatus: .cannotCreate)
    }
    defer { close(descriptor) }
    do {
      let output = Output(descriptor: descriptor, options)
      let result = try body(output)
      try output.flush()
      guard fsync(descriptor) == 0 else {
        throw Trouble("\(excerpt(path)) can't be written: \(systemReason(errno))", exitStatus: .inputOutput)
      }
      return result
    } catch {
      unlink(path)
      throw error
    }
  }
}
