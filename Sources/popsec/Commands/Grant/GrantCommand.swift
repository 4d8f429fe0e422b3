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

  @OptionGroup var filter: WhereOptions<WhereGrants>

  func validate() throws {
    if ended, filter.isGiven {
      throw ValidationError("--ended and --where exclude each other; --where state:ended finds grants")
    }
  }

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
    let written = try filter.written()
    let (named, connector, found) = try session.find { finder in
      (
        try subject.find(finder), try self.connector.map { try finder.connector($0).id },
        try finder.conditions.conditions(written)
      )
    }
    let conditions = found.conditions
    func grants(_ subjects: [NamedSubject]) throws -> [GrantRecord] {
      try session.read { reader in
        try subjects.flatMap { subject in
          try grantRecords(subject.id, subject.kind, subject.name, reader, on: connector) { grant in
            conditions.hold(for: grant, of: subject.name)
          }
        }
      }
    }
    if let subjects = try session.read({ try chosen(named, conditions, $0) }) {
      return try body(try grants(subjects.filter { found.matching?.matches($0.name) ?? true }))
    }
    try session.pages(
      cursor: \.cursor, { try $0.teams(TeamQuery(matching: found.matching), $1, limit: maximumPageRows) }
    ) { try body(try grants($0.map { NamedSubject($0.team) })) }
    for kind in [AccountKind.apiUser, .user] {
      let now = session.administration.now
      let query = AccountQuery(kind: kind, matching: found.matching)
      try session.pages(
        cursor: \.cursor, { try $0.placedAccounts(query, $1, limit: maximumPageRows, now: now) }
      ) { try body(try grants($0.map { NamedSubject($0.account) })) }
    }
  }

  /// The subjects that are named, by an option or by conditions; nil where none is.
  private func chosen(
    _ named: NamedSubject?, _ conditions: Conditions, _ reader: any SecurityReader
  ) throws -> [NamedSubject]? {
    if let named { return [named] }
    for test in conditions.required {
      if case .accounts(let ids) = test {
        return try ids.sorted().compactMap { try reader.account($0).map { NamedSubject($0) } }
      }
      if case .team(let id) = test { return try reader.team(id).map { [NamedSubject($0)] } ?? [] }
    }
    return nil
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
