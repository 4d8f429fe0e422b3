import Access
import Administration
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
  private(set) var titles: NameBook

  init(_ file: SecurityFile, _ present: PresentState) {
    titles = NameBook(present)
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
        for named in names {
          let item = Item(
            id: known?.items[kind]?[named.key]?.id ?? .random(), list: id, kind: kind, name: named.name)
          place.items[id]?[kind, default: [:]][named.key] = item.id
          titles.items[item.id] = item
        }
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

extension NameBook {
  /// Of a plan. What has no name in it has left the catalogue.
  init(_ present: PresentState) {
    self.init(unknown: "?")
    for state in present.connectors.values {
      connectors[state.connector.id] = state.connector.name
      for company in state.companies.values { companies[company.id] = company.name }
      for list in state.lists.values {
        lists[list.list.id] = list.list.name
        for item in list.items.values.flatMap(\.values) { items[item.id] = item }
      }
    }
    for widget in present.livingWidgets.values { widgets[widget.id] = widget.name }
    for endpoint in present.livingEndpoints.values { endpoints[endpoint.id] = endpoint.name }
    for role in present.roles.values { roles[role.id] = role.name }
    for team in present.teams.values { teams[team.id] = team.name }
  }
}
