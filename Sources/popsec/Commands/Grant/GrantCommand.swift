import Access
import Administration
import ArgumentParser
import Store

struct GrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Grants: what users, API users and teams were given on connectors.",
    subcommands: [
      GrantList.self, GrantShow.self, GrantAdd.self, GrantRemove.self, GrantDelete.self, GrantSetBounds.self,
      GrantSweep.self,
    ])
}

struct GrantList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the grants of one subject, or all grants.",
    discussion:
      """
      With --ended also the system roles and memberships that are over; with --connector only grants.

      Examples:
        popsec grant list --team 'Sales MX'
        popsec grant list --connector 'Business Central' --json
        popsec grant list --ended
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var subject: GrantSubject

  @Option(
    help: ArgumentHelp("Only grants on this connector.", valueName: "name"), completion: .names(.connectors))
  var connector: String?

  @Flag(help: "What is over: grants, system roles and memberships; popsec grant sweep takes it away.")
  var ended = false

  func run() throws {
    try global.run { session in
      if ended { return try session.list(endedHoldings(session).records) }
      try session.list { try walk(session, $0) }
    }
  }

  private func endedHoldings(_ session: Session) throws -> EndedHoldings {
    let holder = try session.find { try subject.find($0)?.id }
    let place = try connector.map { name in try session.find { try $0.connector(name).id } }
    return try session.read { reader in
      try EndedHoldings(by: session.administration.now, reader) { thing in
        (holder == nil || thing.holder == holder) && (place == nil || thing.connector == place)
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
}

struct GrantShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the grants of a user, an API user or a team in full.",
    discussion: """
      Examples:
        popsec grant show --team 'Sales MX'
        popsec grant show --api-user 'Portal Mexico' --connector 'Business Central'
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var subject: GrantSubject

  @Option(
    help: ArgumentHelp("Only the grant on this connector.", valueName: "name"),
    completion: .names(.connectors))
  var connector: String?

  func run() throws {
    try global.run { session in
      let grants = try session.find { finder in
        let named = try subject.required(finder)
        let connector = try connector.map { try finder.connector($0).id }
        return try grantRecords(named.id, named.kind, named.name, finder.reader, on: connector)
      }
      if session.isForPrograms { try session.list(grants) } else { try session.showGrants(grants) }
    }
  }
}

extension Session {
  /// Prints grants for people, each as a paragraph.
  func showGrants(_ grants: [GrantRecord]) throws {
    for grant in grants {
      try output.line()
      try output.fields([
        ("Connector", grant.connector), ("Given to", grant.givenTo),
        ("Roles", grant.roles.joined(separator: ", ")), ("Companies", text(grant.companies) { $0 }),
        ("Lists", text(grant.lists) { $0 }), ("Actions", text(grant.actions, item)),
        ("Details", text(grant.details, item)), ("List actions", text(grant.listActions, item)),
      ])
      if !grant.bounds.isAlways {
        try output.fields([("In force", grant.bounds.words.joined(separator: " "))])
      }
      guard !grant.leftTheCatalogue.isEmpty else { continue }
      try output.fields([("Left the catalogue", grant.leftTheCatalogue.joined(separator: ", "))])
    }
  }

  private func item(_ item: ItemRecord) -> String { "\(item.list): \(item.name)" }

  private func text<Element>(_ coverage: CoverageRecord<Element>, _ name: (Element) -> String) -> String {
    switch coverage {
    case .all: "all"
    case .only(let elements): elements.map(name).joined(separator: ", ")
    }
  }
}
