package import Access
internal import Store

/// The widgets and endpoints, findable by name.
package struct LoadedPlaces: Sendable {
  package let widgets: [Widget]
  package let endpoints: [Endpoint]
  private let widgetIndex: NameIndex<Widget>
  private let endpointIndex: NameIndex<Endpoint>

  init(widgets: [Widget], endpoints: [Endpoint]) {
    self.widgets = widgets
    self.endpoints = endpoints
    widgetIndex = NameIndex(widgets)
    endpointIndex = NameIndex(endpoints)
  }

  func widget(_ reference: Reference<Widget>) -> Widget? { widgetIndex[reference] }
  func endpoint(_ reference: Reference<Endpoint>) -> Endpoint? { endpointIndex[reference] }
}

extension NameIndex {
  subscript(reference: Reference<Member>) -> Member? {
    switch reference {
    case .id(let id): self[id]
    case .named(let name): self[NameKey(name)]
    case .noName: nil
    }
  }

  func sought(_ reference: Reference<Member>) -> Sought<Identifier<Member>> {
    self[reference].map { .found($0.id) } ?? .unknown
  }
}

extension ConnectorCatalogue {
  func item(_ reference: CheckRequest.ItemReference, of lists: [ListID]) -> RequestedItem {
    let key: NameKey? = if case .named(let name) = reference.item { NameKey(name) } else { nil }
    let found = lists.flatMap { list in
      items(reference.kind, of: list).filter { item in
        if case .id(let id) = reference.item { return item.id == id }
        return key.map { NameKey(item.name) == $0 } ?? false
      }
    }
    return RequestedItem(kind: reference.kind, found: found.map { ListItem(list: $0.list, item: $0.id) })
  }
}
