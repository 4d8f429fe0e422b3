import Access
import Administration
import Store

/// What is written of each kind of entry, key by key.
struct EntryOutput {
  let titles: NameBook

  func connector(_ state: PresentState.ConnectorState) -> Output {
    .entry { (key: ConnectorKey) in
      switch key {
      case .name: .text(state.connector.name.text)
      case .companies: .names(byKey(state.companies).map(\.name.text))
      case .lists: .entries(byKey(state.lists).map(list))
      }
    }
  }

  private func list(_ state: PresentState.ListState) -> Output {
    .entry { (key: ListKey) in
      switch key {
      case .name: .text(state.list.name.text)
      case .group: state.list.group.map { .text($0.text) }
      case .actions: items(state, .action)
      case .details: items(state, .detail)
      case .listActions: items(state, .listAction)
      }
    }
  }

  private func items(_ state: PresentState.ListState, _ kind: ItemKind) -> Output? {
    .names(byKey(state.items[kind] ?? [:]).map(\.name.text))
  }

  func widget(_ widget: Widget) -> Output {
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

  private func parameters(_ parameters: [WidgetParameter: String]) -> Output? {
    parameters.isEmpty ? nil : .entry { (key: WidgetParameter) in parameters[key].map(Output.text) }
  }

  func endpoint(_ endpoint: Endpoint) -> Output {
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

  func role(_ role: CustomRole) -> Output {
    .entry { (key: RoleKey) in
      switch key {
      case .name: .text(role.name.text)
      case .description: description(role.summary)
      case .permissions: .names(role.permissions.sorted().map(\.rawValue))
      }
    }
  }

  func description(_ summary: Summary) -> Output? { summary.text.isEmpty ? nil : .text(summary.text) }

  /// The names of some things in the order of their keys; what has left the catalogue has none.
  func names<Kind>(_ ids: Set<Identifier<Kind>>, _ names: [Identifier<Kind>: Name]) -> [String] {
    inOrder(ids.compactMap { names[$0] })
  }

  func inOrder(_ names: [Name]) -> [String] {
    names.map { (key: NameKey($0), name: $0) }.sorted { $0.key < $1.key }.map(\.name.text)
  }

  private func byKey<Value>(_ values: [NameKey: Value]) -> [Value] {
    values.sorted { $0.key < $1.key }.map(\.value)
  }
}
