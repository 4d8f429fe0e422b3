import Access
import ArgumentParser
import Store

struct TeamList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List teams.")

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("Those whose name has this part; case and accents ignored.", valueName: "text"))
  var matching: String?

  func run() throws {
    let query = TeamQuery(matching: matching.flatMap(SearchText.init))
    try global.run { session in
      if session.wantsJSON {
        try session.output.jsonArray { emit in
          try pages(session, query) { rows in for row in rows { try emit(TeamListRecord(row)) } }
        }
      } else {
        var table = TextTable(
          session.output,
          [
            .init(title: "Name"), .init(title: "Members", alignsRight: true),
            .init(title: "Grants", alignsRight: true), .init(title: "Description"),
          ])
        try pages(session, query) { try table.add($0.map(cells)) }
      }
    }
  }

  private func pages(_ session: Session, _ query: TeamQuery, _ body: ([TeamRow]) throws -> Void) throws {
    try session.pages(cursor: \.cursor, { try $0.teams(query, $1, limit: maximumPageRows) }, body)
  }

  private func cells(_ row: TeamRow) -> [String] {
    [row.team.name.text, String(row.memberCount), String(row.grantCount), row.team.summary.text]
  }
}
