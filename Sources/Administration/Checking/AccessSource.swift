package import Access
internal import Sealing
package import Store

/// What was read about the catalogue, roles and teams, which many questions need. It is valid for one state
/// of the store, and for those that follow while only accounts and tokens change.
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
  fileprivate var allTeamGrants: [TeamID: [Grant]] = [:]
  fileprivate var names = NameBook()
  fileprivate var lookupKeyUse: TokenKeyUse?
  fileprivate var trustedGateKeys: TrustedGateKeys?
  /// The cache for what was read about people, with the state of the store; nil where nothing is kept.
  fileprivate private(set) var people: (cache: PeopleCache, state: KeptState)?
  private var builtIndex: AddressIndex<AddressedThing>?
  private var widgetLists: [WidgetID: [ListID]] = [:]

  init(keepingPeople people: (cache: PeopleCache, state: KeptState)? = nil) { self.people = people }

  /// Goes on to a state in which only accounts changed, of which nothing is kept here.
  func enter(_ state: KeptState) { people?.state = state }

  /// The index by which the address of a request is found.
  func index(_ places: LoadedPlaces) -> AddressIndex<AddressedThing> {
    if let builtIndex { return builtIndex }
    let index = AddressIndex(widgets: places.widgets, endpoints: places.endpoints)
    builtIndex = index
    return index
  }

  /// The lists of a widget, in the order of its connector.
  func lists(of widget: Widget, in connector: ConnectorCatalogue) -> [ListID] {
    if let known = widgetLists[widget.id] { return known }
    let lists = connector.lists.map(\.id).filter(widget.lists.contains)
    widgetLists[widget.id] = lists
    return lists
  }
}

/// The question needs something that is not kept, and there is no reader. The whole question must be asked
/// again with a reader.
struct NotKept: Error {}

/// Reads what decisions are made from, within one consistent read.
///
/// A source must not outlive its read. It reads only what a question needs, so that its cost doesn't grow
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

  /// Makes a source with what was read before of the same state. Without a reader, the source has nothing
  /// else.
  init(_ reader: (any SecurityReader)?, _ cache: AccessCache) {
    presentReader = reader
    self.cache = cache
  }

  /// Forgets the names of accounts and tokens, because a store may have very many.
  func forgetPeople() {
    cache.names.accounts.removeAll(keepingCapacity: true)
    cache.names.tokens.removeAll(keepingCapacity: true)
  }

  // MARK: The catalogue

  /// The connector; nil where there is no such living connector.
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

  /// Finds the widget or endpoint whose address a request has.
  package func find(
    _ address: RequestedAddress, method: HTTPMethod
  ) throws -> AddressIndex<AddressedThing>.Found {
    cache.index(try loadedPlaces()).find(address, method: method)
  }

  /// The lists of a widget that was loaded, in the order of its connector.
  func lists(of widget: Widget, in connector: ConnectorCatalogue) -> [ListID] {
    cache.lists(of: widget, in: connector)
  }

  // MARK: Subjects

  /// The keys under which Token IDs are looked up.
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
    // It does not matter which hash is known: all are of the same Token ID.
    return try holder(as: .looked(first), on: connector) { reader in
      try hashes.all.firstNonNil(reader.token(lookup:))
    }
  }

  /// The holder of a Token ID that was found before.
  func holder(of id: PresentedTokenID, on connector: ConnectorID?) throws -> KnownHolder? {
    try holder(as: .presented(id), on: connector) { try $0.token(presented: id) }
  }

  private func holder(
    as key: HolderKey, on connector: ConnectorID?, _ find: (any SecurityReader) throws -> FoundToken?
  ) throws -> KnownHolder? {
    if let people = cache.people, let known = people.cache.holder(key, on: connector, in: people.state) {
      cache.names.accounts[known.found.token.account] = known.account
      for team in known.teams { cache.names.teams[team.id] = team.name }
      for role in known.roles { cache.names.roles[role.id] = role.name }
      enter(known.found.token)
      return known
    }
    guard let found = try find(reader), let account = try reader.account(found.token.account) else {
      return nil
    }
    let access = try access(of: account, on: connector)
    let holder = KnownHolder(
      found: found, account: (account.kind, account.name), access: access,
      teams: access.teams.compactMap { team in cache.names.teams[team.value].map { (team.value, $0) } },
      roles: access.roles.compactMap { held in
        guard case .custom(let id) = held.role else { return nil }
        return cache.names.roles[id].map { (id, $0) }
      })
    enter(found.token)
    if let people = cache.people { people.cache.keep(holder, as: key, on: connector, in: people.state) }
    return holder
  }

  /// What a subject has itself and by its teams, with the grants on this connector only; nil where there is
  /// no such living subject.
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

  /// What an account has that was read in the same state.
  package func access(of account: Account, on connector: ConnectorID?) throws -> SubjectAccess {
    let holdings = try reader.holdings(of: account, on: connector)
    let subject = SubjectID.account(account.id)
    cache.names.accounts[account.id] = (account.kind, account.name)
    var roles = try held(holdings.roles, by: subject)
    var grants = holdings.grant.map { [$0] } ?? []
    for team in holdings.teams {
      if cache.names.teams[team.id] == nil { cache.names.teams[team.id] = team.name }
      roles += try self.roles(of: team.id)
      if let connector, let grant = try grant(of: team.id, on: connector) { grants.append(grant) }
    }
    return SubjectAccess(
      subject: subject, kind: account.kind, isEnabled: account.isEnabled,
      teams: holdings.teams.map { Bounded($0.id, $0.bounds) },
      roles: roles, grants: grants)
  }

  private func roles(of team: TeamID) throws -> [HeldRole] {
    if let known = cache.teamRoles[team] { return known }
    let roles = try held(try reader.roles(of: .team(team)), by: .team(team))
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

  /// The grants that a subject has itself, on all connectors. Those of teams are kept, as many accounts have them.
  func lawGrants(of subject: SubjectID) throws -> [Grant] {
    guard case .team(let team) = subject else { return try reader.grants(of: subject) }
    if let known = cache.allTeamGrants[team] { return known }
    let grants = try reader.grants(of: subject)
    cache.allTeamGrants[team] = grants
    return grants
  }

  private func held(_ roles: BoundedSet<SystemRole>, by holder: SubjectID) throws -> [HeldRole] {
    try roles.bounded.map { role in
      HeldRole(
        role: role.value, holder: holder, permissions: try permissions(of: role.value), bounds: role.bounds)
    }.sorted()
  }

  private func permissions(of role: SystemRole) throws -> Set<Permission> {
    switch role {
    case .builtIn(let builtIn): return builtIn.permissions
    case .custom(let id):
      let custom = try cache.customRoles[id] ?? reader.customRole(id)
      cache.customRoles[id] = custom
      cache.names.roles[id] = custom?.name
      // A role that is gone permits nothing.
      return custom?.permissions ?? []
    }
  }

  func enter(_ account: Account) { cache.names.accounts[account.id] = (account.kind, account.name) }
  func enter(_ token: Token) { cache.names.tokens[token.id] = token.name }
}

extension [HeldRole] {
  /// The roles with the built-in ones first, so that of several roles that open a surface always the same one
  /// is named.
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
