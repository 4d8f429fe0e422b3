import Access
import ArgumentParser
import Store

struct TeamMembers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members", abstract: "List the users and API users in a team.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.")
  var name: String

  func run() throws {
    try global.run { session in
      let query = MemberQuery(team: try session.find { try $0.team(name).id })
      if session.wantsJSON {
        try session.output.jsonArray { emit in
          try pages(session, query) { rows in for row in rows { try emit(MemberRecord(row)) } }
        }
      } else {
        var table = TextTable(session.output, "Name", "Kind", "State")
        try pages(session, query) { try table.add($0.map(cells)) }
      }
    }
  }

  private func pages(_ session: Session, _ query: MemberQuery, _ body: ([MemberRow]) throws -> Void) throws {
    try session.pages(cursor: \.cursor, { try $0.members(query, $1, limit: maximumPageRows) }, body)
  }

  private func cells(_ row: MemberRow) -> [String] {
    [row.account.name.text, row.account.kind.title, row.account.isEnabled ? "enabled" : "disabled"]
  }
}
