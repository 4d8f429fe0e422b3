import Access
import ArgumentParser
import Foundation

struct ClipboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clipboard", abstract: "Your terminal's clipboard.", subcommands: [ClipboardTest.self])
}

struct ClipboardTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Find out whether copying works in this terminal.",
    discussion: """
      Terminals don't tell, so that you have to: paste back the word that is sent.

      Examples:
        popsec clipboard test
        ssh -t popsec@host clipboard test
      """)

  func run() throws {
    guard Asking.canAsk else {
      throw Trouble(
        "there is no terminal to test", hint: "run it in a terminal; over SSH, ask for one with ssh -t",
        exitStatus: .usage)
    }
    let environment = Caller.current.environment
    let verdicts = ClipboardVerdicts(environment: environment)
    let clipboard: TerminalClipboard
    do { clipboard = try .open(environment: environment) } catch {
      if error.exitStatus == .unavailable { try? verdicts.remember(false) }
      throw error
    }
    let word = Self.word()
    try clipboard.send(word)
    let arrived = answer(to: word)
    try verdicts.remember(arrived)
    guard arrived else {
      throw Trouble(
        "the word did not arrive in your clipboard", hint: ClipboardAdvice.text(clipboard),
        exitStatus: .unavailable)
    }
    let output = Output.standard()
    try output.line("copying works in this terminal")
    try output.flush()
  }

  private func answer(to word: String) -> Bool {
    Asking.say("the word \(word) was sent to your terminal's clipboard")
    return Asking.line("paste it here and press Enter: ")?.trimmingCharacters(in: .whitespaces) == word
  }

  /// A word of letters that are not mistaken for others.
  private static func word() -> String {
    var generator = SystemRandomNumberGenerator()
    return String((0..<8).compactMap { _ in "abcdefghkmnpqrstuvwxyz".randomElement(using: &generator) })
  }
}
