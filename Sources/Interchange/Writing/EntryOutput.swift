import Access
import Administration
import Store

/// Makes the output for each kind of entry, key by key.
struct EntryOutput {
  let titles: NameBook

  func connector(_ catalogue: ConnectorCatalogue) -> DocumentValue {
    .entry { (key: ConnectorKey) in
      switch key {
      case .name: .text(catalogue.connector.name.text)
      case .companies: .names(inOrder(catalogue.companies.map(\.name)))
      case .lists:
        .entries(
          catalogue.lists.byKey.sorted { $0.key < $1.key }.map { list($0.value, of: catalogue) })
      }
    }
  }

  private func list(_ list: CatalogueList, of catalogue: ConnectorCatalogue) -> DocumentValue {
    func names(_ kind: ItemKind) -> DocumentValue? {
      .names(inOrder(catalogue.items(kind, of: list.id).map(\.name)))
    }
    return .entry { (key: ListKey) in
      switch key {
      case .name: .text(list.name.text)
      case .group: list.group.map { .text($0.text) }
      case .actions: names(.action)
      case .details: names(.detail)
      case .listActions: names(.listAction)
      }
    }
  }

  func widget(_ widget: Widget) -> DocumentValue {
    .entry { (key: WidgetKey) in
      switch key {
      case .name: .text(widget.name.text)
      case .url: .text(widget.address.text)
      case .connector: titles.connectors[widget.connector].map { .text($0.text) }
      case .lists: .names(names(widget.lists, titles.lists))
      case .enabled: .flag(widget.isEnabled, default: true)
      case .open: .flag(widget.isOpen, default: false)
      case .parameters: parameters(widget.parameters)
      }
    }
  }

  private func parameters(_ parameters: [WidgetParameter: String]) -> DocumentValue? {
    parameters.isEmpty ? nil : .entry { (key: WidgetParameter) in parameters[key].map(DocumentValue.text) }
  }

  func endpoint(_ endpoint: Endpoint) -> DocumentValue {
    .entry { (key: EndpointKey) in
      switch key {
      case .name: .text(endpoint.name.text)
      case .url: .text(endpoint.address.text)
      case .methods: endpoint.methods == [.get] ? nil : .names(endpoint.methods.sorted().map(\.rawValue))
      case .connector: titles.connectors[endpoint.connector].map { .text($0.text) }
      case .list: titles.lists[endpoint.list].map { .text($0.text) }
      case .enabled: .flag(endpoint.isEnabled, default: true)
      case .match: endpoint.match == .prefix ? nil : .text(endpoint.match.rawValue)
      }
    }
  }

  func role(_ role: CustomRole) -> DocumentValue {
    .entry { (key: RoleKey) in
      switch key {
      case .name: .text(role.name.text)
      case .description: description(role.summary)
      case .permissions: .names(role.permissions.sorted().map(\.rawValue))
      }
    }
  }

  func description(_ summary: Summary) -> DocumentValue? { summary.text.isEmpty ? nil : .text(summary.text) }

  /// The names of some things in the order of their keys. A thing that has left the catalogue has no name
  /// here.
  func names<Kind>(_ ids: Set<Identifier<Kind>>, _ names: [Identifier<Kind>: Name]) -> [String] {
    inOrder(ids.compactMap { names[$0] })
  }

  /// A law may have names that differ only in the case of letters, so that the text decides at last.
  func inOrder(_ names: [Name]) -> [String] {
    names.map { (key: NameKey($0), name: $0) }
      .sorted { ($0.key, $0.name.text) < ($1.key, $1.name.text) }.map(\.name.text)
  }
}
