import Access
import Foundation

/// Questions to a person at a terminal, on standard error, so that output stays clean.
enum Asking {
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  static func say(_ text: String) { StandardError.line(text) }

  /// Asks for something to be typed; nil at the end of input.
  static func line(_ question: String) -> String? {
    StandardError.write(harmless(question))
    return readLine(strippingNewline: true)
  }

  /// Whether a person said yes.
  static func yes(_ question: String) -> Bool {
    ["y", "yes"].contains(line(question + " [y/N] ")?.lowercased())
  }

  private static func requireTerminal(to what: String) throws(Trouble) {
    guard canAsk else {
      throw Trouble(
        "nothing was changed: there is no terminal to ask whether to \(what)", hint: "add --yes",
        exitStatus: .usage)
    }
  }

  /// Makes sure that a plan is meant to be carried out, such as `apply this`: by `--yes`, or by a yes.
  static func confirm(_ what: String, _ summary: String, yes isSaid: Bool) throws(Trouble) {
    if isSaid { return }
    // With the file on standard input there is nowhere to answer.
    try requireTerminal(to: what)
    guard yes("\(what) (\(summary))?") else {
      throw Trouble("nothing was changed", exitStatus: .usage)
    }
  }

  /// Makes sure that something is meant to be done with so many: by `--yes`, or by their count typed.
  static func confirm(_ what: String, count: Int, yes: Bool) throws(Trouble) {
    if yes { return }
    try requireTerminal(to: what)
    guard line("to \(what), type how many (\(count)): ") == String(count) else {
      throw Trouble("nothing was changed: the count was not typed", exitStatus: .usage)
    }
  }

  /// Makes sure that a destructive command is meant: by `--yes`, or by its name typed.
  ///
  /// - Parameter note: what is said before, of whether it can be taken back.
  static func confirm(_ what: String, named name: Name, noting note: String, yes: Bool) throws(Trouble) {
    if yes { return }
    try requireTerminal(to: what)
    say(note)
    guard line("to \(what), type its name (\(name)): ") == name.text else {
      throw Trouble("nothing was changed: the name was not typed", exitStatus: .usage)
    }
  }
}
