import Access
import Foundation

/// Questions to a person at a terminal. They go to standard error, so that standard output has only results.
enum Asking {
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  static func say(_ text: String) { StandardError.line(text) }

  /// Asks a person to type a line; nil at the end of input.
  static func line(_ question: String) -> String? {
    StandardError.write(harmless(question))
    return readLine(strippingNewline: true)
  }

  /// Whether a person answered yes.
  static func yes(_ question: String) -> Bool {
    ["y", "yes"].contains(line(question + " [y/N] ")?.lowercased())
  }

  /// Whether a person agrees to what is usual. Errors: ``Trouble`` at the end of input.
  static func assent(_ question: String) throws(Trouble) -> Bool {
    while let answer = line(question + " [Y/n] ")?.lowercased() {
      if ["", "y", "yes"].contains(answer) { return true }
      if ["n", "no"].contains(answer) { return false }
      say("answer y or n; Return alone means yes")
    }
    throw Trouble("nothing was changed: nobody answered", exitStatus: .usage)
  }

  private static func requireTerminal(to what: String) throws(Trouble) {
    guard canAsk else {
      throw Trouble(
        "nothing was changed: there is no terminal to ask whether to \(what)", hint: "add --yes",
        exitStatus: .usage)
    }
  }

  /// Makes sure that a plan, such as `apply this`, is meant to be carried out: by `--yes`, or by a yes.
  static func confirm(_ what: String, _ summary: String, yes isSaid: Bool) throws(Trouble) {
    if isSaid { return }
    // With the file on standard input a person has no way to answer.
    try requireTerminal(to: what)
    guard yes("\(what) (\(summary))?") else {
      throw Trouble("nothing was changed", exitStatus: .usage)
    }
  }

  /// Makes sure that a person means to change this number of things: by `--yes`, or by typing the number.
  static func confirm(_ what: String, count: Int, yes: Bool) throws(Trouble) {
    if yes { return }
    try requireTerminal(to: what)
    guard line("to \(what), type how many (\(count)): ") == String(count) else {
      throw Trouble("nothing was changed: the count was not typed", exitStatus: .usage)
    }
  }

  /// Makes sure that a destructive command is meant: by `--yes`, or by typing the thing's name.
  ///
  /// - Parameter note: a text before the question, which says whether the command can be undone.
  static func confirm(_ what: String, named name: Name, noting note: String, yes: Bool) throws(Trouble) {
    if yes { return }
    try requireTerminal(to: what)
    say(note)
    guard line("to \(what), type its name (\(name)): ") == name.text else {
      throw Trouble("nothing was changed: the name was not typed", exitStatus: .usage)
    }
  }
}
