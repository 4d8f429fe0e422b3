import Access
import Administration
import ArgumentParser
import Foundation
import Interchange
import Store

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open the console on a store with made-up data.",
    discussion: """
      The store is thrown away when the console is left.

      Examples:
        popsec demo
        popsec demo --keep ~/popsec-demo --no-console
      """)

  @Option(help: ArgumentHelp("Keep the store, in a new folder.", valueName: "folder"))
  var keep: String?

  @Flag(help: "Make the store without opening the console; only with --keep.")
  var noConsole = false

  func validate() throws {
    if noConsole, keep == nil { throw ValidationError("--no-console is for --keep only") }
  }

  func run() throws {
    if !noConsole { try TerminalNeed.check() }
    if let keep { try runKept(keep) } else { try runThrowAway() }
  }

  private func runKept(_ folder: String) throws {
    let location = try StoreLocation(withKeysInside: folder)
    try location.create(surroundings: .system, fill)
    if !noConsole { try open(location) }
    try say("the demo store stays at \(location.text): popsec --store \(location.text)")
  }

  private func runThrowAway() throws {
    let folder = try ThrowAwayFolder(for: "demo")
    defer { folder.remove() }
    let location = try StoreLocation(withKeysInside: folder.path + "/store")
    try folder.keepingSignals { try location.create(surroundings: .system, fill) }
    try open(location)
    try say("the demo store is gone; popsec init makes a real one")
  }

  private func open(_ location: StoreLocation) throws {
    // The demo's audit log is of no interest to the system's log.
    let administration = try location.open(.console, surroundings: .system)
    let exit = try runConsole(administration: administration, options: ConsoleOptions())
    try exit.endBySignal()
  }

  /// Fills the store with invented data. The person who looks at it becomes Administrator.
  private func fill(_ administration: Administration) throws {
    try DemoStore.fill(administration)
    guard let user = FirstUser.invoking() else { return }
    let isThere = try administration.read { reader in
      try reader.account(.user, named: NameKey(user.name)) != nil
        || user.unixAccount.flatMap { try reader.account(unixAccount: $0) } != nil
    }
    if !isThere { try user.add(to: administration) }
  }

  private func say(_ text: String) throws {
    let output = Output.standard()
    try output.line(output.shown(text))
    try output.flush()
  }
}
