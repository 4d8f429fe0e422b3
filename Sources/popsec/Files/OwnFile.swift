import Access
import Foundation

/// A file of the person who runs popsec, which is replaced as a whole.
struct OwnFile: Sendable {
  let path: String

  /// The bytes; nil where there is no such file.
  ///
  /// Errors: ``Trouble`` for what is no regular file, is too long, or can't be read.
  func bytes(atMost maximum: Int) throws -> [UInt8]? {
    guard try isThere() else { return nil }
    return try InputFile(path: path).bytes(atMost: maximum)
  }

  /// Whether there is such a file.
  ///
  /// Errors: ``Trouble`` for what is no regular file, or can't be looked at.
  func isThere() throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return false }
      throw InputFile(path: path).cannotBeRead(code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Trouble("\(excerpt(path)) is no regular file", hint: "make it a file", exitStatus: .badData)
    }
    return true
  }

  /// Replaces the file, which only its owner may read, in one step. A symbolic link stays, and what it names is
  /// replaced. Folders that are missing are made.
  ///
  /// Errors: ``Trouble``.
  func write(_ text: String) throws {
    let target = realPath
    let folder = String(target.prefix(upTo: target.lastIndex(of: "/") ?? target.endIndex))
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try replace { try $0.encoded(text.utf8) }
  }

  /// Replaces the file with what the closure writes, in one step. The folder must be there.
  ///
  /// Errors: ``Trouble``, and those of the closure.
  func replace<Result>(
    _ options: PrintOptions = .people, _ body: (Output) throws -> Result
  ) throws -> Result {
    let target = realPath
    let draft = target + ".new-" + String(UInt64.random(in: .min ... .max), radix: 36)
    let result = try NewFile.write(to: draft, options, body)
    guard rename(draft, target) == 0 else {
      let code = errno
      unlink(draft)
      throw Trouble("\(excerpt(path)) can't be written: \(systemReason(code))", exitStatus: .cannotCreate)
    }
    return result
  }

  /// The path of the file itself, where the path is a symbolic link.
  private var realPath: String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
