import Access
import Foundation
import Interchange

/// Files that a person names in the console, on the machine on which the console runs.
struct ConsoleFiles: Sendable {
  private let home: String?

  init(_ environment: [String: String]) { home = environment.filled("HOME") }

  /// A path in which `~/` means the home folder.
  func whole(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home else { return path }
    return home + path.dropFirst(1)
  }

  /// Reads a whole regular file. Other files are refused, because a device or a pipe would block the console.
  /// `~/` means the home folder.
  ///
  /// Errors: ``Trouble``.
  func read(_ path: String) throws -> [UInt8] {
    let path = whole(path)
    var status = stat()
    guard !path.isEmpty, stat(path, &status) == 0 else {
      throw Trouble(
        path.isEmpty ? "no file is named" : "there is no such file", hint: "name a file on this machine",
        exitStatus: .noInput)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Trouble("this is no regular file", hint: "name a document", exitStatus: .noInput)
    }
    // A name of - alone would mean standard input.
    return try InputFile(path: path == "-" ? "./-" : path).bytes(atMost: ImportFormat.maximumByteCount)
  }
}
