package import Access
internal import Store

/// A connector's catalogue, findable by name.
package struct LoadedConnector: Sendable {
  package let catalogue: ConnectorCatalogue
  private let companies: [NameKey: CompanyID]
  private let lists: [NameKey: ListID]

  init(_ catalogue: ConnectorCatalogue) {
    self.catalogue = catalogue
    companies = Dictionary(
      catalogue.companies.map { (NameKey($0.name), $0.id) }, uniquingKeysWith: { first, _ in first })
    lists = Dictionary(
      catalogue.lists.map { (NameKey($0.name), $0.id) }, uniquingKeysWith: { first, _ in first })
  }

  package var id: ConnectorID { catalogue.connector.id }

  func company(_ reference: Reference<Company>) -> Sought<CompanyID> {
    let id: CompanyID? =
      switch reference {
      case .id(let id): catalogue.companies.contains { $0.id == id } ? id : nil
      case .named(let name): companies[NameKey(name)]
      case .noName: nil
      }
    return id.map(Sought.found) ?? .unknown
  }

  func list(_ reference: Reference<CatalogueList>) -> Sought<ListID> {
    let id: ListID? =
      switch reference {
      case .id(let id): catalogue.lists.contains { $0.id == id } ? id : nil
      case .named(let name): lists[NameKey(name)]
      case .noName: nil
      }
    return id.map(Sought.found) ?? .unknown
  }

  func item(_ reference: CheckRequest.ItemReference, of lists: [ListID]) -> RequestedItem {
    let key: NameKey? = if case .named(let name) = reference.item { NameKey(name) } else { nil }
    let found = lists.flatMap { list in
      (catalogue.items[list] ?? []).filter { item in
        guard item.kind == reference.kind else { return false }
        if case .id(let id) = reference.item { return item.id == id }
        return key.map { NameKey(item.name) == $0 } ?? false
      }
    }
    return RequestedItem(kind: reference.kind, found: found.map { ListItem(list: $0.list, item: $0.id) })
  }
}

/// The widgets and endpoints, findable by name.
package struct LoadedPlaces: Sendable {
  package let widgets: [Widget]
  package let endpoints: [Endpoint]
  private let widgetsByName: [NameKey: Widget]
  private let endpointsByName: [NameKey: Endpoint]
  private let widgetsByID: [WidgetID: Widget]
  private let endpointsByID: [EndpointID: Endpoint]

  init(widgets: [Widget], endpoints: [Endpoint]) {
    self.widgets = widgets
    self.endpoints = endpoints
    widgetsByID = Dictionary(widgets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    endpointsByID = Dictionary(endpoints.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    widgetsByName = Dictionary(
      widgets.map { (NameKey($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    endpointsByName = Dictionary(
      endpoints.map { (NameKey($0.name), $0) }, uniquingKeysWith: { first, _ in first })
  }

  func widget(_ reference: Reference<Widget>) -> Widget? {
    switch reference {
    case .id(let id): widgetsByID[id]
    case .named(let name): widgetsByName[NameKey(name)]
    case .noName: nil
    }
  }

  func endpoint(_ reference: Reference<Endpoint>) -> Endpoint? {
    switch reference {
    case .id(let id): endpointsByID[id]
    case .named(let name): endpointsByName[NameKey(name)]
    case .noName: nil
    }
  }
}
