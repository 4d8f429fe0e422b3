/// The way in which a text reaches the clipboard of the machine at which the person sits. It is made outside
/// the console, from what is known of the terminal.
package struct ClipboardPort: Sendable {
  package enum Way: Sendable {
    /// Bytes are written to the terminal, to set the clipboard, and to overwrite and clear it.
    case terminal(set: @Sendable (_ text: String) -> [UInt8], clear: [UInt8])
    /// A multiplexer's own program receives the text on its standard input. The functions are called off the
    /// main actor; the first and the last return what went wrong, or nil. `remark` tells what a person should
    /// know of the terminal on which the multiplexer is shown at the moment.
    case program(
      set: @Sendable (_ text: String) -> Problem?, remark: @Sendable () -> String?,
      clear: @Sendable () -> Problem?)
    /// Copying can't work here; the problem says why, and what to do.
    case impossible(Problem)
  }

  package let way: Way
  /// The clipboard in words, as in "your terminal's clipboard".
  package let destination: String
  /// What a person should know of this terminal, for example that tmux keeps the text in a buffer.
  package let remark: String?
  /// The seconds until the clipboard is cleared; nil means never.
  package let clearAfterSeconds: Int?

  package init(way: Way, destination: String, remark: String? = nil, clearAfterSeconds: Int?) {
    self.way = way
    self.destination = destination
    self.remark = remark
    self.clearAfterSeconds = clearAfterSeconds
  }

  /// The reason why copying is impossible here; nil where it may work.
  var obstacle: Problem? {
    if case .impossible(let problem) = way { problem } else { nil }
  }
}
