import Access
import CPlatform
import Foundation

/// Standard output, or a file, with a buffer. Everything that a command prints goes through it.
final class Output {
  let isTerminal: Bool
  let options: PrintOptions
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32, _ options: PrintOptions = .people) {
    self.descriptor = descriptor
    self.options = options
    isTerminal = isatty(descriptor) == 1
  }

  /// The columns of the terminal; 80 where it does not tell.
  var columns: Int { terminalColumns(descriptor) }

  static func standard(_ options: PrintOptions = .people) -> Output {
    Output(descriptor: STDOUT_FILENO, options)
  }

  /// Prints a line, made harmless wherever it goes, because a file or a pipe may be shown on a terminal
  /// later.
  func line(_ text: String = "") throws { try encoded(line: harmless(text)) }

  /// Prints lines that popsec made, each made harmless. The last line may lack its line end.
  func lines(_ text: String) throws {
    let whole = text.hasSuffix("\n") ? text.dropLast() : text[...]
    for line in whole.split(separator: "\n", omittingEmptySubsequences: false) { try self.line(String(line)) }
  }

  /// The text as ``line(_:)`` prints it, to measure it before.
  func shown(_ text: String) -> String { harmless(text) }

  /// Prints a line of a format, such as JSON, in which everything unseen is escaped already.
  func encoded(line text: String) throws {
    try encoded(text.utf8)
    try encoded("\n".utf8)
  }

  /// Prints bytes of such a format unchanged. Data of the store must be escaped before.
  func encoded(_ bytes: some Sequence<UInt8>) throws {
    buffer += bytes
    if buffer.count >= 65_536 { try flush() }
  }

  /// Errors: ``ClosedPipe``, ``OutputProblem``.
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
    return OutputProblem(reason: systemReason(code))
  }
}

/// The columns of the terminal behind a descriptor; 80 where it does not tell.
func terminalColumns(_ descriptor: Int32) -> Int {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
  return Int(size.ws_col)
}
