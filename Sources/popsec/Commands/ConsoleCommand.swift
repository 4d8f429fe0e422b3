import Access
import Administration
import ArgumentParser

struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Open the console: what popsec does without a command.")

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Go back to the page that was left last.")
  var resume = false

  func run() throws {
    try TerminalNeed.check()
    let administration = try global.location().open(.console)
    _ = try runConsole(administration: administration, options: ConsoleOptions(resume: resume))
  }
}

/// How the console is to be opened.
struct ConsoleOptions: Sendable {
  /// Whether it goes back to the page that was left last.
  var resume = false
}

/// How the console ended.
enum ConsoleExit: Sendable {
  /// The person quit.
  case quit
  /// That signal ended it.
  case signal(Int32)
}

/// Runs the console until it is left; the terminal is then as it was.
func runConsole(administration: Administration, options: ConsoleOptions) throws -> ConsoleExit {
  throw Trouble(
    "this popsec has no console", hint: "popsec --help lists the commands", exitStatus: .unavailable)
}
