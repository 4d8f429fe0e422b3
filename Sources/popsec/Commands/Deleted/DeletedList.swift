import Access
import Administration
import ArgumentParser
import Store

struct DeletedList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is deleted, the latest first.",
    discussion: "What went along with its connector or list comes back with that, and isn't listed.")

  @OptionGroup var global: GlobalOptions

  @Option(help: "Only that kind of thing, as in api-user, team or list; may be given again.")
  var kind: [DeletedKind] = []

  @Argument(
    help: ArgumentHelp("Those whose name has this part; case and accents ignored.", valueName: "text"))
  var filter: String?

  func run() throws {
    let kinds = kind.isEmpty ? DeletedKind.allCases : kind
    let query = DeletedQuery(kinds: Set(kinds), matching: filter.flatMap(SearchText.init))
    try global.run { session in
      if session.wantsJSON {
        return try session.output.jsonArray { emit in
          try pages(session, query) { items in for item in items { try emit(DeletedRecord(item)) } }
        }
      }
      var table = TextTable(
        session.output,
        [
          .init(title: "Kind"), .init(title: "Name"), .init(title: "Of"), .init(title: "Deleted (UTC)"),
          .init(title: "By"), .init(title: "Days left", alignsRight: true), .init(title: "ID"),
        ])
      try pages(session, query) { try table.add($0.map(cells)) }
    }
  }

  private func pages(_ session: Session, _ query: DeletedQuery, _ body: ([DeletedItem]) throws -> Void) throws
  {
    var position = PagePosition<DeletedCursor>.first
    while true {
      let page = try session.administration.deleted(query, position, limit: maximumPageRows)
      try body(page.rows)
      guard page.hasAfter, let last = page.rows.last else { return }
      position = .after(last.row.cursor)
    }
  }

  private func cells(_ item: DeletedItem) -> [String] {
    [
      item.row.kind.title, item.row.name.text, item.row.place ?? "–", item.row.deletedAt.minute,
      item.deletedBy ?? "–", String(item.daysLeft), item.row.thing.idText,
    ]
  }
}
