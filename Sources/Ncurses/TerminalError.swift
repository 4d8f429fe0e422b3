/// The reason why no screen can be shown here.
package struct TerminalError: Error, Equatable {
  /// What went wrong and with what, in lower case, without a full stop.
  package let message: String
  /// What the person can do about it.
  package let hint: String
  /// EX_USAGE of sysexits.h: the program was started where it can't run.
  package let exitCode: Int32 = 64

  static let notATerminal = TerminalError(
    message: "the console needs a terminal for input and output",
    hint: "start it in a terminal, without pipes or redirection; with ssh, add -t")

  static let noType = TerminalError(
    message: "TERM is not set, so the kind of terminal is unknown",
    hint: "set it to what your terminal is, as in: TERM=xterm-256color popsec")

  static func tooSimple(_ type: String) -> TerminalError {
    TerminalError(
      message: "a terminal of type \(type) can't show screens",
      hint: "use another terminal, or set TERM to what yours is, as in: TERM=xterm-256color popsec")
  }

  static func unknown(_ type: String) -> TerminalError {
    TerminalError(
      message: "the terminal type \(type) is unknown on this machine",
      hint: "set TERM to a known one, as in: TERM=xterm-256color popsec, or install ncurses-term")
  }

  static let noDatabase = TerminalError(
    message: "this machine has no descriptions of terminals (terminfo)",
    hint: "install ncurses-base")
}
