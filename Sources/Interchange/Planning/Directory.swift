import Access
import Store

/// What every name will mean once a file is applied: in sections that the file has, what it lists,
/// in others what the store has. What is not in the store yet has an id for the time being.
struct Directory {
  struct ConnectorPlace {
    let id: ConnectorID
    var companies: [NameKey: CompanyID] = [:]
    var lists: [NameKey: ListID] = [:]
    var items: [ListID: [ItemKind: [NameKey: ItemID]]] = [:]
  }

  private(set) var connectors: [NameKey: ConnectorPlace] = [:]
  private(set) var widgets: [NameKey: WidgetID] = [:]
  private(set) var endpoints: [NameKey: EndpointID] = [:]
  private(set) var roles: [NameKey: RoleID] = [:]
  private(set) var teams: [NameKey: TeamID] = [:]
  /// What to call them, those that will go included.
  private(set) var titles: Titles

  init(_ file: SecurityFile, _ present: PresentState) {
    titles = Titles(present)
    if let entries = file.connectors {
      for entry in entries { add(entry, present.connectors[entry.named.key]) }
    } else {
      for (key, state) in present.connectors { connectors[key] = ConnectorPlace(state) }
    }
    // A name that a dangling one has keeps its id.
    widgets = Self.ids(file.widgets?.map(\.named), present.livingWidgets.mapValues(\.id), &titles.widgets)
    endpoints = Self.ids(
      file.endpoints?.map(\.named), present.livingEndpoints.mapValues(\.id), &titles.endpoints)
    roles = Self.ids(file.roles?.map(\.named), present.roles.mapValues(\.id), &titles.roles)
    teams = Self.ids(file.teams?.map(\.named), present.teams.mapValues(\.id), &titles.teams)
  }

  private mutating func add(_ entry: ConnectorEntry, _ present: PresentState.ConnectorState?) {
    var place = ConnectorPlace(id: present?.connector.id ?? .random())
    titles.connectors[place.id] = entry.named.name
    place.companies = Self.ids(
      entry.companies, present?.companies.mapValues(\.id) ?? [:], &titles.companies)
    for list in entry.lists {
      let known = present?.lists[list.named.key]
      let id = known?.list.id ?? .random()
      titles.lists[id] = list.named.name
      place.lists[list.named.key] = id
      place.items[id] = [:]
      for (kind, names) in list.items {
        let ids = known?.items[kind]?.mapValues(\.id) ?? [:]
        place.items[id]?[kind] = Self.ids(names, ids, &titles.items)
      }
    }
    connectors[entry.named.key] = place
  }

  /// The ids of what a file lists, or where it lists nothing of the store.
  private static func ids<Kind>(
    _ names: [Named]?, _ present: [NameKey: Identifier<Kind>], _ titles: inout [Identifier<Kind>: Name]
  ) -> [NameKey: Identifier<Kind>] {
    guard let names else { return present }
    var result: [NameKey: Identifier<Kind>] = [:]
    for named in names {
      let id = present[named.key] ?? .random()
      result[named.key] = id
      titles[id] = named.name
    }
    return result
  }
}

extension Directory.ConnectorPlace {
  fileprivate init(_ state: PresentState.ConnectorState) {
    id = state.connector.id
    companies = state.companies.mapValues(\.id)
    lists = state.lists.mapValues(\.list.id)
    for list in state.lists.values {
      items[list.list.id] = list.items.mapValues { $0.mapValues(\.id) }
    }
  }
}

/// The names of things by their ids, for words.
struct Titles {
  var connectors: [ConnectorID: Name] = [:]
  var companies: [CompanyID: Name] = [:]
  var lists: [ListID: Name] = [:]
  var items: [ItemID: Name] = [:]
  var widgets: [WidgetID: Name] = [:]
  var endpoints: [EndpointID: Name] = [:]
  var roles: [RoleID: Name] = [:]
  var teams: [TeamID: Name] = [:]

  init() {}

  init(_ present: PresentState) { add(present) }

  private mutating func add(_ present: PresentState) {
    for state in present.connectors.values {
      connectors[state.connector.id] = state.connector.name
      for company in state.companies.values { companies[company.id] = company.name }
      for list in state.lists.values {
        lists[list.list.id] = list.list.name
        for item in list.items.values.flatMap(\.values) { items[item.id] = item.name }
      }
    }
    for widget in present.livingWidgets.values { widgets[widget.id] = widget.name }
    for endpoint in present.livingEndpoints.values { endpoints[endpoint.id] = endpoint.name }
    for role in present.roles.values { roles[role.id] = role.name }
    for team in present.teams.values { teams[team.id] = team.name }
  }

  /// The names of some things, sorted; what has none has left the catalogue.
  func of<Kind>(_ ids: Set<Identifier<Kind>>, _ names: [Identifier<Kind>: Name]) -> [String] {
    ids.map { names[$0]?.text ?? "?" }.sorted()
  }

  func of(_ role: SystemRole) -> String {
    switch role {
    case .builtIn(let builtIn): builtIn.rawValue
    case .custom(let id): roles[id]?.text ?? "?"
    }
  }

  /// As in `WidgetReader until 2027-02-01T00:00:00Z`, sorted.
  func of(_ roles: BoundedSet<SystemRole>) -> [String] { of(roles) { of($0) } }

  func of(_ teams: BoundedSet<TeamID>) -> [String] { of(teams) { self.teams[$0]?.text ?? "?" } }

  private func of<Element>(_ held: BoundedSet<Element>, _ title: (Element) -> String) -> [String] {
    held.bounded.map { ([title($0.value)] + $0.bounds.words).joined(separator: " ") }.sorted()
  }

  /// As in `Sales Orders: Release order`.
  func of(_ items: Set<ListItem>) -> [String] {
    items.map { "\(lists[$0.list]?.text ?? "?"): \(self.items[$0.item]?.text ?? "?")" }.sorted()
  }
}
