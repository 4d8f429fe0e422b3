package import Access
internal import Sealing
package import Store

/// What was read of the catalogue, of roles and of teams, which many questions touch. It is good for one
/// state of the store.
final class AccessCache {
  fileprivate struct TeamPart: Hashable {
    let team: TeamID
    let connector: ConnectorID
  }

  fileprivate var connectors: [ConnectorID: ConnectorCatalogue] = [:]
  fileprivate var connectorsByName: [NameKey: ConnectorID] = [:]
  fileprivate var places: LoadedPlaces?
  fileprivate var customRoles: [RoleID: CustomRole] = [:]
  fileprivate var teamRoles: [TeamID: [HeldRole]] = [:]
  fileprivate var teamGrants: [TeamPart: Grant?] = [:]
  fileprivate var names = NameBook()
  fileprivate var lookupKeyUse: TokenKeyUse?
  fileprivate var trustedGateKeys: TrustedGateKeys?
  /// Where what was read of people is kept, and of which state; nil where it isn't.
  fileprivate let people: (cache: PeopleCache, state: KeptState)?
  private var builtIndex: AddressIndex<AddressedThing>?

  init(keepingPeople people: (cache: PeopleCache, state: KeptState)? = nil) { self.people = people }

  /// By which the address of a request is looked up.
  func index(_ places: LoadedPlaces) -> AddressIndex<AddressedThing> {
    if let builtIndex { return builtIndex }
    let index = AddressIndex(widgets: places.widgets, endpoints: places.endpoints)
    builtIndex = index
    return index
  }
}

/// What has not been read yet is asked for, and there is no reader: the whole is to be done again with one.
struct NotKept: Error {}

/// Reads what decisions are made of, within one consistent read.
///
/// It must not outlive the read. Only what a question touches is read, so that its cost doesn't grow
/// with the users, teams or grants of others.
package final class AccessSource {
  private let presentReader: (any SecurityReader)?
  private let cache: AccessCache
  package var names: NameBook { cache.names }
  package var reader: any SecurityReader {
    get throws {
      guard let presentReader else { throw NotKept() }
      return presentReader
    }
  }

  package init(_ reader: any SecurityReader) {
    presentReader = reader
    cache = AccessCache()
  }

  /// With what was read before of the same state. Without a reader there is nothing else.
  init(_ reader: (any SecurityReader)?, _ cache: AccessCache) {
    presentReader = reader
    self.cache = cache
  }

  /// Forgets the names of accounts and tokens, of which a store may have very many.
  func forgetPeople() {
    cache.names.accounts.removeAll(keepingCapacity: true)
    cache.names.tokens.removeAll(keepingCapacity: true)
  }

  // MARK: The catalogue

  /// Nil where there is no such living connector.
  package func connector(_ id: ConnectorID) throws -> ConnectorCatalogue? {
    if let loaded = cache.connectors[id] { return loaded }
    guard let connector = try reader.connector(id) else { return nil }
    let loaded = try reader.catalogue(of: connector)
    cache.connectors[id] = loaded
    cache.names.enter(loaded)
    return loaded
  }

  package func connector(_ reference: Reference<Connector>) throws -> ConnectorCatalogue? {
    switch reference {
    case .id(let id): return try connector(id)
    case .named(let name):
      let key = NameKey(name)
      if let known = cache.connectorsByName[key] { return try connector(known) }
      guard let found = try reader.connector(named: key) else { return nil }
      cache.connectorsByName[key] = found.id
      return try connector(found.id)
    case .noName: return nil
    }
  }

  /// The widgets and endpoints.
  package func loadedPlaces() throws -> LoadedPlaces {
    if let places = cache.places { return places }
    let loaded = LoadedPlaces(widgets: try reader.widgets(), endpoints: try reader.endpoints())
    cache.places = loaded
    cache.names.enter(widgets: loaded.widgets, endpoints: loaded.endpoints)
    return loaded
  }

  /// What has the address of a request.
  package func find(
    _ address: RequestedAddress, method: HTTPMethod
  ) throws -> AddressIndex<AddressedThing>.Found {
    cache.index(try loadedPlaces()).find(address, method: method)
  }

  // MARK: Subjects

  /// By which keys Token IDs are looked up.
  func lookupKeyUse() throws -> TokenKeyUse {
    if let use = cache.lookupKeyUse { return use }
    let use = try reader.presentKeyUse(.lookup)
    cache.lookupKeyUse = use
    return use
  }

  /// The keys of gates that applications believe.
  func trustedGateKeys(_ verifier: AuditVerifier?) throws -> TrustedGateKeys {
    if let keys = cache.trustedGateKeys { return keys }
    let keys = try TrustedGateKeys(try reader, verifier)
    cache.trustedGateKeys = keys
    return keys
  }

  /// The token of a Token ID, and what its user has.
  func holder(of hashes: TokenIDHashes, on connector: ConnectorID?) throws -> KnownHolder? {
    guard let first = hashes.all.first else { return nil }
    // Whichever of them it is known by: they are of the same Token ID.
    return try holder(as: .looked(first), on: connector) { reader in
      try hashes.all.firstNonNil(reader.token(lookup:))
    }
  }

  /// The same of one that was found before.
  func holder(of id: PresentedTokenID, on connector: ConnectorID?) throws -> KnownHolder? {
    try holder(as: .presented(id), on: connector) { try $0.token(presented: id) }
  }

  private func holder(
    as key: HolderKey, on connector: ConnectorID?, _ find: (any SecurityReader) throws -> FoundToken?
  ) throws -> KnownHolder? {
    if let people = cache.people, let known = people.cache.holder(key, on: connector, in: people.state) {
      cache.names.accounts[known.found.token.account] = known.account
      cache.names.teams.merge(known.teams) { $1 }
      cache.names.roles.merge(known.roles) { $1 }
      enter(known.found.token)
      return known
    }
    guard let found = try find(reader), let account = try reader.account(found.token.account) else {
      return nil
    }
    let access = try access(of: account, on: connector)
    let holder = KnownHolder(
      found: found, account: (account.kind, account.name), access: access,
      teams: cache.names.teams.filter { access.teams.contains($0.key) },
      roles: cache.names.roles.filter { role in access.roles.contains { $0.role == .custom(role.key) } })
    enter(found.token)
    if let people = cache.people { people.cache.keep(holder, as: key, on: connector, in: people.state) }
    return holder
  }

  /// What a subject has itself and by its teams; of grants only those on that connector. Nil where
  /// there is no such living subject.
  package func access(of subject: SubjectID, on connector: ConnectorID?) throws -> SubjectAccess? {
    switch subject {
    case .team(let id):
      guard let team = try reader.team(id) else { return nil }
      cache.names.teams[id] = team.name
      return SubjectAccess(
        subject: subject, kind: nil, roles: try roles(of: id),
        grants: try connector.flatMap { try grant(of: id, on: $0) }.map { [$0] } ?? [])
    case .account(let id):
      return try reader.account(id).map { try access(of: $0, on: connector) }
    }
  }

  /// Of an account that was read in the same state.
  package func access(of account: Account, on connector: ConnectorID?) throws -> SubjectAccess {
    let holdings = try reader.holdings(of: account, on: connector)
    let subject = SubjectID.account(account.id)
    cache.names.accounts[account.id] = (account.kind, account.name)
    var roles = try holdings.roles.map { try held($0, by: subject) }.sorted()
    var grants = holdings.grant.map { [$0] } ?? []
    for team in holdings.teams {
      if cache.names.teams[team.id] == nil { cache.names.teams[team.id] = team.name }
      roles += try self.roles(of: team.id)
      if let connector, let grant = try grant(of: team.id, on: connector) { grants.append(grant) }
    }
    return SubjectAccess(
      subject: subject, kind: account.kind, isEnabled: account.isEnabled, teams: holdings.teams.map(\.id),
      roles: roles, grants: grants)
  }

  private func roles(of team: TeamID) throws -> [HeldRole] {
    if let known = cache.teamRoles[team] { return known }
    let roles = try reader.roles(of: .team(team)).map { try held($0, by: .team(team)) }.sorted()
    cache.teamRoles[team] = roles
    return roles
  }

  private func grant(of team: TeamID, on connector: ConnectorID) throws -> Grant? {
    let part = AccessCache.TeamPart(team: team, connector: connector)
    if let known = cache.teamGrants[part] { return known }
    let grant = try reader.grant(of: .team(team), on: connector)
    cache.teamGrants[part] = .some(grant)
    return grant
  }

  private func held(_ role: SystemRole, by holder: SubjectID) throws -> HeldRole {
    switch role {
    case .builtIn(let builtIn): return HeldRole(role: role, holder: holder, permissions: builtIn.permissions)
    case .custom(let id):
      let custom = try cache.customRoles[id] ?? reader.customRole(id)
      cache.customRoles[id] = custom
      cache.names.roles[id] = custom?.name
      // A role that is gone permits nothing.
      return HeldRole(role: role, holder: holder, permissions: custom?.permissions ?? [])
    }
  }

  func enter(_ token: Token) { cache.names.tokens[token.id] = token.name }
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
