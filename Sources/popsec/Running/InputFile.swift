import Access
import Foundation

/// A file that a command is given, or standard input for `-`.
struct InputFile {
  let path: String

  /// A bound that keeps a device or an endless pipe from filling the memory: some ten times
  /// what a million API users take.
  static let maximumByteCount = 2_000_000_000

  var isStandardInput: Bool { path == "-" }
  var name: String { isStandardInput ? "standard input" : excerpt(path) }

  func bytes() throws(Trouble) -> [UInt8] {
    if isStandardInput { return try Self.bytes(of: STDIN_FILENO, named: name) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw cannotRead(errno) }
    defer { close(descriptor) }
    return try Self.bytes(of: descriptor, named: name)
  }

  static func bytes(
    of descriptor: Int32, named name: String, atMost maximum: Int = maximumByteCount
  ) throws(Trouble) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Trouble("\(name) can't be read: \(systemReason(errno))", exitStatus: .inputOutput)
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= maximum else {
        throw Trouble(
          "\(name) has more than \(maximum) bytes", hint: "is it what you meant to give?",
          exitStatus: .badData)
      }
    }
  }

  private func cannotRead(_ code: Int32) -> Trouble {
    Trouble(
      "\(name) can't be read: \(systemReason(code))", hint: "name a file, or - for standard input",
      exitStatus: code == EACCES ? .notPermitted : .noInput)
  }
}
