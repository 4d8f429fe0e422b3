import Access
import Foundation

/// A file that is given to a command; `-` means standard input.
struct InputFile {
  let path: String

  /// The greatest number of bytes, so that a device or an endless pipe can't fill the memory. It is about ten
  /// times what a million API users take.
  static let maximumByteCount = 2_000_000_000
  /// The greatest number of bytes over SSH, where the memory is the server's and not the sender's.
  static let maximumRemoteByteCount = 64_000_000

  var isStandardInput: Bool { path == "-" }
  var name: String { isStandardInput ? "standard input" : excerpt(path) }

  func bytes(atMost maximum: Int = maximumByteCount) throws -> [UInt8] {
    let most = Caller.current.isRemote ? min(maximum, Self.maximumRemoteByteCount) : maximum
    return try withDescriptor { try Self.bytes(of: $0, named: name, atMost: most) }
  }

  /// Opens the file for reading. Errors: ``Trouble``.
  func withDescriptor<Result>(_ body: (Int32) throws -> Result) throws -> Result {
    if isStandardInput { return try body(STDIN_FILENO) }
    try Caller.current.requireLocal("a file")
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw cannotRead(errno) }
    defer { close(descriptor) }
    return try body(descriptor)
  }

  static func bytes(
    of descriptor: Int32, named name: String, atMost maximum: Int = maximumByteCount
  ) throws(Trouble) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failedRead(named: name, errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= maximum else {
        throw Trouble(
          "\(name) has more than \(maximum) bytes", hint: "is it what you meant to give?",
          exitStatus: .badData)
      }
    }
  }

  func cannotBeRead(_ code: Int32) -> Trouble { Self.failedRead(named: name, code) }

  private static func failedRead(named name: String, _ code: Int32) -> Trouble {
    Trouble("\(name) can't be read: \(systemReason(code))", exitStatus: .inputOutput)
  }

  private func cannotRead(_ code: Int32) -> Trouble {
    Trouble(
      "\(name) can't be read: \(systemReason(code))", hint: "name a file, or - for standard input",
      exitStatus: code == EACCES ? .notPermitted : .noInput)
  }
}
