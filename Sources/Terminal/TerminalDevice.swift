/// What the console needs of a terminal; ncurses is one, tests have another.
@MainActor package protocol TerminalDevice: AnyObject {
  /// The present size of the window, in cells; it may be as small as 1 by 1.
  var size: Size { get }
  /// Wakes a waiting ``next(timeoutMilliseconds:)``.
  var waker: any TerminalWaker { get }
  /// Shows a canvas. Only what differs from the last canvas is sent.
  func present(_ canvas: Canvas)
  /// Waits for the next input, at most `timeoutMilliseconds`. Nil means without an end. 0 means that only
  /// input which has already come is taken, so that keys typed ahead are handled before one drawing.
  func next(timeoutMilliseconds: Int?) -> TerminalInput
  /// Takes the mouse, or leaves it to the terminal's own selection.
  func setMouse(_ enabled: Bool)
  /// Writes bytes (an OSC 52 sequence) to the terminal after what was presented, without drawing them.
  func writeRaw(_ bytes: [UInt8])
  /// Restores the terminal for the shell, and stops this process until `fg`.
  func suspend()
  /// Sends the whole screen again with the next canvas (Ctrl-L).
  func redrawAll()
}

/// The input that ended a wait.
package enum TerminalInput: Sendable, Equatable {
  case event(Event)
  /// Another thread called ``TerminalWaker/wake()``.
  case woken
  case timeout
  /// A signal asked the program to end: SIGTERM, SIGHUP, SIGINT or SIGQUIT.
  case terminate(signal: Int32)
  /// The terminal is gone, so nothing can be shown or read any more.
  case hungUp
}

/// Wakes a waiting ``TerminalDevice/next(timeoutMilliseconds:)`` from any thread.
package protocol TerminalWaker: Sendable {
  func wake()
}
