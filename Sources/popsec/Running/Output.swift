import Access
import Foundation

/// Nobody reads standard output any more.
struct ClosedPipe: Error {}

/// Standard output, or a file, with a buffer: what a command prints goes through here.
final class Output {
  /// Whether a person may be looking: then everything is made harmless.
  let isTerminal: Bool
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  static func standard() -> Output { Output(descriptor: STDOUT_FILENO) }

  /// Prints a line of popsec's own making; texts from the store go through ``shown(_:)`` first.
  func line(_ text: String = "") throws {
    try bytes(text.utf8)
    try bytes("\n".utf8)
  }

  /// A text from the store as it is to be printed here.
  func shown(_ text: String) -> String { isTerminal ? harmless(text) : text }

  func bytes(_ bytes: some Sequence<UInt8>) throws {
    buffer += bytes
    if buffer.count >= 65_536 { try flush() }
  }

  /// Errors: ``ClosedPipe``, ``Trouble`` where the disk is full or the device fails.
  func flush() throws {
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { start += count } else if errno != EINTR { throw problem(errno) }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func problem(_ code: Int32) -> any Error {
    buffer.removeAll()
    if code == EPIPE { return ClosedPipe() }
    return Trouble("the output can't be written: \(systemReason(code))", exitStatus: .inputOutput)
  }
}
