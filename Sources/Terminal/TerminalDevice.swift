/// What the console needs of a terminal; ncurses is one, tests have another.
@MainActor package protocol TerminalDevice: AnyObject {
  /// The window now, in cells; may be as small as 1 by 1.
  var size: Size { get }
  /// Wakes a waiting ``next(timeoutMilliseconds:)``.
  var waker: any TerminalWaker { get }
  /// Shows a canvas; only what differs from the one shown before is sent.
  func present(_ canvas: Canvas)
  /// Waits for what happens next, at most `timeoutMilliseconds` (nil: without end; 0: only
  /// what has come already, so that keys typed ahead are taken before one drawing).
  func next(timeoutMilliseconds: Int?) -> TerminalInput
  /// Takes the mouse, or gives it back to the terminal's own selection.
  func setMouse(_ enabled: Bool)
  /// Writes bytes (an OSC 52 sequence) to the terminal, past the screen, after what was presented.
  func writeRaw(_ bytes: [UInt8])
  /// Gives the terminal back to the shell and stops this process, until `fg`.
  func suspend()
  /// Sends the whole screen again with the next canvas (Ctrl-L).
  func redrawAll()
}

/// What ended a wait.
package enum TerminalInput: Sendable, Equatable {
  case event(Event)
  /// Another thread called ``TerminalWaker/wake()``.
  case woken
  case timeout
  /// A signal that asks to end: SIGTERM, SIGHUP, SIGINT or SIGQUIT.
  case terminate(signal: Int32)
  /// The terminal is gone; nothing can be shown or read any more.
  case hungUp
}

/// Wakes a waiting ``TerminalDevice/next(timeoutMilliseconds:)`` from any thread.
package protocol TerminalWaker: Sendable {
  func wake()
}
