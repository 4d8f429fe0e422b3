import Access
import Administration
import Sealing
import Store

/// What a gate is asked for in measurements. They hold Token IDs of made-up stores.
enum GateTargets {
  /// Adds what the gate needs, once.
  private static func furnish(_ administration: Administration) throws {
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
        let was = try change.reader.roles(of: .team(row.team.id))
        try change.saveRoles(
          of: .team(row.team.id), Edit(was: was, becomes: was.union([.builtIn(.widgetReader)])))
      }
    }
  }

  /// The paths of widgets, each with a token that opens it, of tokens one after the other.
  static func make(_ administration: Administration, _ seal: SealKey, count: Int) throws -> [String] {
    try furnish(administration)
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
              guard let stored = try reader.storedTokenID(of: token.id) else { continue }
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
    guard !targets.isEmpty else { throw Failure("no token of the store opens a widget") }
    return Array(targets.prefix(count))
  }
}
