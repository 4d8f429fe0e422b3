import Access
import Store

/// The connectors, widgets, endpoints, roles, teams and laws of a store, by name. Accounts are too many to be kept
/// in memory, and are read when they are needed.
struct PresentState {
  private(set) var connectors: [NameKey: ConnectorCatalogue] = [:]
  /// The widgets and endpoints, with those whose connector or list left the catalogue.
  private(set) var widgets: [NameKey: Widget] = [:]
  private(set) var endpoints: [NameKey: Endpoint] = [:]
  private(set) var roles: [NameKey: CustomRole] = [:]
  private(set) var teams: [NameKey: Team] = [:]
  private(set) var laws: [NameKey: Law<AsWritten>] = [:]
  /// The users who own something, or whom the file names as owners.
  private(set) var owners: [NameKey: Account] = [:]
  /// Users who may have been meant by names of owners that no user has.
  private(set) var nearOwners: Set<String> = []
  /// The widgets and endpoints whose connector or list left the catalogue. A file can't name them, so they
  /// are not exported, and not removed because a file lacks them.
  private(set) var danglingWidgets: Set<NameKey> = []
  private(set) var danglingEndpoints: Set<NameKey> = []

  var livingWidgets: [NameKey: Widget] { widgets.filter { !danglingWidgets.contains($0.key) } }
  var livingEndpoints: [NameKey: Endpoint] { endpoints.filter { !danglingEndpoints.contains($0.key) } }

  /// Makes an empty state.
  init() {}

  /// - Parameter file: the file whose owners are looked for, where it may name some.
  init(_ reader: any SecurityReader, for file: SecurityFile? = nil) throws {
    for connector in try reader.connectors() {
      connectors[NameKey(connector.name)] = try reader.catalogue(of: connector)
    }
    try readSurfaces(reader)
    for role in try reader.customRoles() { roles[NameKey(role.name)] = role }
    try reader.forEachTeam { teams[NameKey($0.name)] = $0 }
    for law in try reader.laws() { laws[NameKey(law.name)] = law }
    for id in try reader.owningUsers() {
      if let user = try reader.account(id) { owners[NameKey(user.name)] = user }
    }
    for (key, name) in file?.ownersNamed ?? [:] where owners[key] == nil {
      owners[key] = try reader.account(.user, named: key)
      if owners[key] == nil { nearOwners.formUnion(try Self.users(near: name, reader)) }
    }
  }

  private static func users(near name: Name, _ reader: any SecurityReader) throws -> [String] {
    try Nearest.names(to: name.text) { part in
      let query = AccountQuery(kind: .user, matching: SearchText(part))
      return try reader.accounts(query, .first, limit: 20, now: .distantPast).rows.map(\.account.name.text)
    }
  }

  private mutating func readSurfaces(_ reader: any SecurityReader) throws {
    var lists: [ConnectorID: Set<ListID>] = [:]
    for connector in connectors.values { lists[connector.id] = Set(connector.lists.map(\.id)) }
    for var widget in try reader.widgets() {
      let key = NameKey(widget.name)
      widget.lists.formIntersection(lists[widget.connector] ?? [])
      widgets[key] = widget
      if lists[widget.connector] == nil { danglingWidgets.insert(key) }
    }
    for endpoint in try reader.endpoints() {
      let key = NameKey(endpoint.name)
      endpoints[key] = endpoint
      if lists[endpoint.connector]?.contains(endpoint.list) != true { danglingEndpoints.insert(key) }
    }
  }
}
