package import Access
package import Store

/// Reads what decisions are made of, within one consistent read, and keeps what it read of the
/// catalogue, of roles and of teams for the next question.
///
/// It must not outlive the read. Only what a question touches is read, so that its cost doesn't grow
/// with the users, teams or grants of others.
package final class AccessSource {
  package let reader: any StoreReader
  private var connectors: [ConnectorID: LoadedConnector] = [:]
  private var places: LoadedPlaces?
  private var customRoles: [RoleID: CustomRole] = [:]
  private var teamRoles: [TeamID: [HeldRole]] = [:]
  private var teamGrants: [TeamPart: Grant?] = [:]
  package private(set) var names = NameBook()

  private struct TeamPart: Hashable {
    let team: TeamID
    let connector: ConnectorID
  }

  package init(_ reader: any StoreReader) { self.reader = reader }

  // MARK: The catalogue

  /// Nil where there is no such living connector.
  package func connector(_ id: ConnectorID) throws -> LoadedConnector? {
    if let loaded = connectors[id] { return loaded }
    guard let connector = try reader.connector(id) else { return nil }
    let loaded = LoadedConnector(
      ConnectorCatalogue(
        connector: connector, companies: try reader.companies(of: id), lists: try reader.lists(of: id),
        items: Dictionary(grouping: try reader.items(of: id), by: \.list)))
    connectors[id] = loaded
    loaded.enter(into: &names)
    return loaded
  }

  package func connector(_ reference: Reference<Connector>) throws -> LoadedConnector? {
    switch reference {
    case .id(let id): try connector(id)
    case .named(let name): try reader.connector(named: NameKey(name)).flatMap { try connector($0.id) }
    case .noName: nil
    }
  }

  /// The widgets and endpoints.
  package func loadedPlaces() throws -> LoadedPlaces {
    if let places { return places }
    let loaded = LoadedPlaces(widgets: try reader.widgets(), endpoints: try reader.endpoints())
    places = loaded
    loaded.enter(into: &names)
    return loaded
  }

  // MARK: Subjects

  /// What a subject has itself and by its teams; of grants only those on that connector. Nil where
  /// there is no such living subject.
  package func access(of subject: SubjectID, on connector: ConnectorID?) throws -> SubjectAccess? {
    switch subject {
    case .team(let id):
      guard let team = try reader.team(id) else { return nil }
      names.teams[id] = team.name
      return SubjectAccess(
        subject: subject, kind: nil, roles: try roles(of: id),
        grants: try connector.flatMap { try grant(of: id, on: $0) }.map { [$0] } ?? [])
    case .account(let id):
      guard let account = try reader.account(id) else { return nil }
      return try access(of: account, on: connector)
    }
  }

  package func access(of account: Account, on connector: ConnectorID?) throws -> SubjectAccess {
    let subject = SubjectID.account(account.id)
    names.accounts[account.id] = (account.kind, account.name)
    let teams = try reader.teams(of: account.id)
    var roles = try reader.roles(of: subject).map { try held($0, by: subject) }.sorted()
    var grants: [Grant] = []
    if let connector, let own = try reader.grant(of: subject, on: connector) { grants.append(own) }
    for team in teams {
      names.teams[team.id] = team.name
      roles += try self.roles(of: team.id)
      if let connector, let grant = try grant(of: team.id, on: connector) { grants.append(grant) }
    }
    return SubjectAccess(
      subject: subject, kind: account.kind, isEnabled: account.isEnabled, teams: teams.map(\.id),
      roles: roles, grants: grants)
  }

  private func roles(of team: TeamID) throws -> [HeldRole] {
    if let known = teamRoles[team] { return known }
    let roles = try reader.roles(of: .team(team)).map { try held($0, by: .team(team)) }.sorted()
    teamRoles[team] = roles
    return roles
  }

  private func grant(of team: TeamID, on connector: ConnectorID) throws -> Grant? {
    let part = TeamPart(team: team, connector: connector)
    if let known = teamGrants[part] { return known }
    let grant = try reader.grant(of: .team(team), on: connector)
    teamGrants[part] = .some(grant)
    return grant
  }

  private func held(_ role: SystemRole, by holder: SubjectID) throws -> HeldRole {
    switch role {
    case .builtIn(let builtIn): return HeldRole(role: role, holder: holder, permissions: builtIn.permissions)
    case .custom(let id):
      let custom = try customRoles[id] ?? reader.customRole(id)
      customRoles[id] = custom
      names.roles[id] = custom?.name
      // A role that is gone permits nothing.
      return HeldRole(role: role, holder: holder, permissions: custom?.permissions ?? [])
    }
  }

  func enter(_ token: Token) { names.tokens[token.id] = token.name }
}

extension [HeldRole] {
  /// The built-in ones first, so that of several that open a surface always the same one is told.
  fileprivate func sorted() -> [HeldRole] { sorted { $0.role.rank < $1.role.rank } }
}

extension SystemRole {
  fileprivate var rank: String {
    switch self {
    case .builtIn(let role): "0" + role.rawValue
    case .custom(let id): "1" + id.description
    }
  }
}
