import Access
import Administration
import ArgumentParser
import Glibc
import SQLiteStore
import Sealing
import Store

/// Measures how soon the gate denies what was disabled by another process.
struct RevocationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revocation", abstract: "Measure the time from a commit to the gate's first denial.")

  @Option(help: ArgumentHelp("The gate's store, after `gate-targets`.", valueName: "folder"))
  var store: String

  @Option(help: ArgumentHelp("The gate's Unix socket.", valueName: "path"))
  var socket: String

  @Option(help: "How often.")
  var times = 1_000

  func run() throws {
    let opened = try SQLiteStore.open(StoreFolder(path: store), now: Surroundings.system.now())
    let keys = try KeyFolder(path: store + "/keys").load()
    let administration = Administration(
      store: opened, keys: keys,
      operating: Operator(
        actor: Actor(name: "bench", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
    let (token, target) = try subject(administration, opened, try keys.seal.get())
    let gate = try GateConnection(socket)
    guard try gate.status(of: target) == 200 else { throw Failure("the token does not open the widget") }
    var (delays, late) = ([Double](), 0)
    for _ in 0..<times {
      try administration.change { try $0.setDisabled(true, token) }
      let stopwatch = Stopwatch()
      while try gate.status(of: target) == 200 { late += 1 }
      delays.append(stopwatch.microseconds)
      try administration.change { try $0.setDisabled(false, token) }
      guard try gate.status(of: target) == 200 else { throw Failure("the token was not opened again") }
    }
    print(
      "\(times) times: from commit to denial \(shown(delays.percentile(0.5))) µs p50, "
        + "\(shown(delays.percentile(0.99))) µs p99; let through after the commit: \(late)")
  }

  private func subject(
    _ administration: Administration, _ store: SQLiteStore, _ seal: SealKey
  ) throws -> (TokenRowID, String) {
    try administration.check { checker in
      let reader = try checker.source.reader
      let page = try reader.accounts(
        AccountQuery(kind: .apiUser), .first, limit: maximumPageRows, now: administration.now)
      for row in page.rows {
        for token in try reader.tokens(of: row.account.id) {
          for widget in try reader.widgets() {
            let request = CheckRequest(
              asker: .token(.id(token.id), of: AccountReference(.apiUser, .id(row.account.id))),
              surface: .widget(.id(widget.id)))
            guard try checker.check(request).decision.isAllowed,
              let stored = try store.read({ try $0.storedTokenID(of: token.id) })
            else { continue }
            let id = try seal.open(stored.sealed, for: SealPlace(stored))
            return (token.id, "\(widget.address.rawPath)?token=\(id.revealed)")
          }
        }
      }
      throw Failure("no token of the store opens a widget")
    }
  }
}
