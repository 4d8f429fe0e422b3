import ArgumentParser

struct ClipboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clipboard", abstract: "Your terminal's clipboard.", subcommands: [ClipboardTest.self])
}
