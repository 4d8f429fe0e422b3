import Access
import Administration
import ArgumentParser
import Foundation
import SQLiteStore
import Sealing
import Store

/// Gives a store of `generate` a widget for each connector, and writes a script for wrk that asks for them
/// with so many tokens.
struct GateTargetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate-targets", abstract: "Write a script for wrk that asks the gate with many tokens.")

  @Option(help: ArgumentHelp("A store of `generate`.", valueName: "folder"))
  var store: String

  @Option(help: "How many tokens.")
  var count = 10_000

  @Option(help: ArgumentHelp("The script to write; it holds Token IDs.", valueName: "file"))
  var lua: String

  func run() throws {
    let place = StoreFolder(path: store)
    let now = Surroundings.system.now()
    let opened = try SQLiteStore.open(place, now: now)
    let keys = try KeyFolder(path: store + "/keys").load()
    let administration = Administration(
      store: opened, keys: keys,
      operating: Operator(
        actor: Actor(name: "bench", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
    try furnish(administration)
    let targets = try targets(administration, opened, try keys.seal.get())
    guard !targets.isEmpty else { throw Failure("no token of the store opens a widget") }
    let quoted = targets.map { "\"\($0)\"" }.joined(separator: ",\n")
    let script = """
      -- Direct: asks the gate as nginx does. With the environment's VIA=proxy: asks a proxy.
      local targets = {
      \(quoted)
      }
      local last = 0
      local isProxied = os.getenv("VIA") == "proxy"
      request = function()
        last = last % #targets + 1
        if isProxied then return wrk.format("GET", targets[last], { Host = "bench.example.com" }) end
        return wrk.format("GET", "/auth/nginx", {
          ["X-Original-URI"] = targets[last], ["X-Original-Method"] = "GET",
          ["X-Original-Host"] = "bench.example.com", ["X-Real-IP"] = "10.1.2.3",
        })
      end
      """
    guard FileManager.default.createFile(atPath: lua, contents: Data(script.utf8)) else {
      throw Failure("the script can't be written")
    }
    print("\(targets.count) tokens")
  }

  /// Adds what the gate needs, once.
  private func furnish(_ administration: Administration) throws {
    guard try administration.read({ try $0.widgets().isEmpty }) else { return }
    try administration.change { change in
      for (index, connector) in try change.reader.connectors().enumerated() {
        let lists = Set(try change.reader.lists(of: connector.id).map(\.id))
        _ = try change.add(
          Widget(
            id: .random(), name: try Name("Widget \(index)"),
            address: try Address("https://bench.example.com/w\(index)"), connector: connector.id, lists: lists
          ))
      }
      for row in try change.reader.teams(TeamQuery(), .first, limit: maximumPageRows).rows {
        let was = try change.reader.roles(of: .team(row.team.id)).elements
        try change.saveRoles(
          of: .team(row.team.id), Edit(was: was, becomes: was.union([.builtIn(.widgetReader)])))
      }
    }
  }

  private func targets(_ administration: Administration, _ store: SQLiteStore, _ seal: SealKey) throws
    -> [String]
  {
    let widgets = try administration.read { try $0.widgets() }
    var (targets, position) = ([String](), PagePosition<AccountCursor>.first)
    while targets.count < count {
      let page = try administration.check { checker in
        let reader = try checker.source.reader
        let page = try reader.accounts(
          AccountQuery(kind: .apiUser), position, limit: maximumPageRows, now: administration.now)
        for row in page.rows {
          for token in try reader.tokens(of: row.account.id) {
            let asker = CheckRequest.Asker.token(
              .id(token.id), of: AccountReference(.apiUser, .id(row.account.id)))
            for widget in widgets
            where try checker.check(CheckRequest(asker: asker, surface: .widget(.id(widget.id)))).decision
              .isAllowed
            {
              guard let stored = try store.read({ try $0.storedTokenID(of: token.id) }) else { continue }
              let id = try seal.open(stored.sealed, for: SealPlace(stored))
              targets.append("\(widget.address.rawPath)?token=\(id.revealed)")
              break
            }
          }
        }
        return page
      }
      guard page.hasAfter, let last = page.rows.last else { break }
      position = .after(last.cursor)
    }
    return Array(targets.prefix(count))
  }
}
