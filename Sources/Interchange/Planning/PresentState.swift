import Access
import Store

/// The connectors, widgets, endpoints, roles and teams of a store, by name. Accounts are too many to be kept
/// in memory, and are read when they are needed.
struct PresentState {
  private(set) var connectors: [NameKey: ConnectorCatalogue] = [:]
  /// The widgets and endpoints, with those whose connector or list left the catalogue.
  private(set) var widgets: [NameKey: Widget] = [:]
  private(set) var endpoints: [NameKey: Endpoint] = [:]
  private(set) var roles: [NameKey: CustomRole] = [:]
  private(set) var teams: [NameKey: Team] = [:]
  /// The widgets and endpoints whose connector or list left the catalogue. A file can't name them, so they
  /// are not exported, and not removed because a file lacks them.
  private(set) var danglingWidgets: Set<NameKey> = []
  private(set) var danglingEndpoints: Set<NameKey> = []

  var livingWidgets: [NameKey: Widget] { widgets.filter { !danglingWidgets.contains($0.key) } }
  var livingEndpoints: [NameKey: Endpoint] { endpoints.filter { !danglingEndpoints.contains($0.key) } }

  /// Makes an empty state.
  init() {}

  init(_ reader: any SecurityReader) throws {
    for connector in try reader.connectors() {
      connectors[NameKey(connector.name)] = try reader.catalogue(of: connector)
    }
    try readSurfaces(reader)
    for role in try reader.customRoles() { roles[NameKey(role.name)] = role }
    try reader.forEachTeam { teams[NameKey($0.name)] = $0 }
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
