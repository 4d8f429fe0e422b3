/// How a text reaches the clipboard of the machine that the person sits at. Made at the edge,
/// from what the terminal is.
package struct ClipboardPort: Sendable {
  package enum Way: Sendable {
    /// Bytes written to the terminal: to set the clipboard, and to overwrite and clear it.
    case terminal(set: @Sendable (_ text: String) -> [UInt8], clear: [UInt8])
    /// A multiplexer's own program, which gets the text on its standard input. Called off the main
    /// actor; the first and the last tell what went wrong, if anything did. `remark` is what to know of the terminal
    /// that the multiplexer is shown on at that moment.
    case program(
      set: @Sendable (_ text: String) -> Problem?, remark: @Sendable () -> String?,
      clear: @Sendable () -> Problem?)
    /// Why it can't work here, and what to do.
    case impossible(Problem)
  }

  package let way: Way
  /// As in "your terminal's clipboard".
  package let destination: String
  /// What to know of this terminal, such as that tmux keeps the text in a buffer.
  package let remark: String?
  /// Seconds until it is cleared; nil: never.
  package let clearAfterSeconds: Int?

  package init(way: Way, destination: String, remark: String? = nil, clearAfterSeconds: Int?) {
    self.way = way
    self.destination = destination
    self.remark = remark
    self.clearAfterSeconds = clearAfterSeconds
  }

  /// Why copying is not possible here at all; nil where it may be.
  var obstacle: Problem? {
    if case .impossible(let problem) = way { problem } else { nil }
  }
}
