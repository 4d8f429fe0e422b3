import Access
import Administration
import ArgumentParser

struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Open the console: what popsec does without a command.",
    discussion: """
      Examples:
        popsec console --resume
        popsec console --read-only
        popsec console --recording-safe --clear-clipboard 10
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Open the page that was left last.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "Seconds after which a Token ID sent to your clipboard is overwritten there, or never.",
      discussion: "Else POPSEC_CLEAR_CLIPBOARD, else 30.", valueName: "seconds|never"))
  var clearClipboard: ClipboardClearing?

  @Flag(help: "Leave the mouse to the terminal.")
  var noMouse = false

  @Flag(
    help: ArgumentHelp(
      "Show the cursor at what is selected, for magnifiers.",
      discussion: "Else where POPSEC_SHOW_CURSOR is set. Screen readers find the cursor there in any case."))
  var showCursor = false

  @Flag(help: "Change nothing; :readonly leaves it.")
  var readOnly = false

  @Flag(
    help: ArgumentHelp(
      "Show and copy no Token ID, since this terminal is recorded.",
      discussion: "popsec settings sets it for a user or for all."))
  var recordingSafe = false

  @Option(name: .customLong("as"), help: ArgumentHelp("For sshd: whose key was shown.", visibility: .private))
  var ticket: String?

  func run() throws {
    let options = ConsoleOptions(
      resume: resume, clearing: clearClipboard, takesMouse: !noMouse, showsCursor: showCursor,
      readOnly: readOnly,
      recordingSafe: recordingSafe)
    if let ticket { return try FrontDoor.enter(ticket, options: options) }
    try Self.open(options, of: { try global.location() })
  }

  /// Opens the console. The place of the store is evaluated only after a terminal was found.
  static func open(_ options: ConsoleOptions, of location: () throws -> StoreLocation) throws {
    try TerminalNeed.check()
    let exit = try runConsole(administration: try location().open(.console), options: options)
    try exit.endBySignal()
  }
}
