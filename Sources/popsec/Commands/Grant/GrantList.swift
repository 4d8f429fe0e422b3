import Access
import Administration
import ArgumentParser
import Store

struct GrantList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List grants: those of one subject, or all.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var subject: GrantSubject

  @Option(help: ArgumentHelp("Those on this connector only.", valueName: "name"))
  var connector: String?

  func run() throws {
    try global.run { session in
      if session.wantsJSON {
        try session.output.jsonArray { emit in
          try walk(session) { grants in for grant in grants { try emit(grant) } }
        }
      } else {
        var table = TextTable(session.output, "Given to", "Connector", "Roles", "Companies", "Lists")
        try walk(session) { try table.add($0.map(cells)) }
      }
    }
  }

  private func walk(_ session: Session, _ body: ([GrantRecord]) throws -> Void) throws {
    let named = try session.find { try subject.find($0) }
    let connector = try connector.map { name in try session.find { try $0.connector(name).id } }
    func grants(_ subjects: [NamedSubject]) throws -> [GrantRecord] {
      try session.read { reader in
        try subjects.flatMap { try grantRecords($0.id, $0.kind, $0.name, reader, on: connector) }
      }
    }
    if let named { return try body(try grants([named])) }
    try session.pages(cursor: \.cursor, { try $0.teams(TeamQuery(), $1, limit: maximumPageRows) }) {
      try body(try grants($0.map { NamedSubject($0.team) }))
    }
    for kind in [AccountKind.apiUser, .user] {
      let now = session.administration.now
      let query = AccountQuery(kind: kind)
      try session.pages(
        cursor: \.cursor, { try $0.accounts(query, $1, limit: maximumPageRows, now: now) }
      ) { try body(try grants($0.map { NamedSubject($0.account) })) }
    }
  }

  private func cells(_ grant: GrantRecord) -> [String] {
    [
      "\(grant.subjectKind):\(grant.subject)", grant.connector, grant.roles.joined(separator: ", "),
      count(grant.companies), count(grant.lists),
    ]
  }

  private func count(_ coverage: CoverageRecord<String>) -> String {
    switch coverage {
    case .all: "all"
    case .only(let names) where names.count <= 3: names.isEmpty ? "–" : names.joined(separator: ", ")
    case .only(let names): "\(names.count)"
    }
  }
}
