import Access
import Administration
import ArgumentParser
import Store

struct TeamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "team", abstract: "Teams: named groups that carry roles and grants.",
    subcommands: [
      TeamList.self, TeamShow.self, TeamMembers.self, TeamAdd.self, NamedRename<OfTeams>.self,
      TeamDescribe.self, TeamDuplicate.self,
      TeamRole.self, TeamMember.self, NamedDelete<OfTeams>.self,
    ])
}

struct TeamList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List teams.",
    discussion: """
      Examples:
        popsec team list
        popsec team list --matching sales
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: matchingHelp)
  var matching: String?

  @OptionGroup var filter: WhereOptions<WhereTeams>

  func run() throws {
    try global.run { session in
      var written = WrittenConditions(of: .teams)
      written.add(name: matching.flatMap(SearchText.init))
      try written.add(try filter.written())
      try session.list { page in try session.teams(written, page) }
    }
  }
}

extension Session {
  /// Reads teams page by page.
  func teams(_ written: WrittenConditions, _ page: ([TeamListRecord]) throws -> Void) throws {
    let query = try find { try $0.conditions.query(teams: written) }
    try pages(cursor: \.cursor, { try $0.teams(query, $1, limit: maximumPageRows) }) {
      try page($0.map(TeamListRecord.init))
    }
  }
}

struct TeamShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a team, its roles and its grants.",
    discussion: """
      Examples:
        popsec team show 'Sales MX'
        popsec team show 'Sales MX' --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  func run() throws {
    try global.run { session in
      let record = try session.find { try TeamRecord($0.team(name), $0.reader) }
      try session.show(record) { try session.showGrants($0.grants) }
    }
  }
}

struct TeamMembers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members", abstract: "List the users and API users in a team.",
    discussion: """
      Examples:
        popsec team members 'Sales MX'
        popsec team members 'Sales MX' --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The team's name.", completion: .names(.teams))
  var name: String

  func run() throws {
    try global.run { session in
      let query = MemberQuery(team: try session.find { try $0.team(name).id })
      try session.list { page in
        try session.pages(cursor: \.cursor, { try $0.members(query, $1, limit: maximumPageRows) }) {
          try page($0.map(MemberRecord.init))
        }
      }
    }
  }
}
