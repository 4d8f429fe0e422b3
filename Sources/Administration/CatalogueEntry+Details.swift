internal import Access

extension CatalogueEntry {
  /// The details of an audit row about a change to the entry, or about adding it.
  func details(from before: CatalogueEntry?) -> AuditDetails {
    var details = AuditDetails("name", before: before?.name.text, after: name.text)
    switch self {
    case .connector, .company: break
    case .list(let list): details.add("group", before: before?.asList?.group?.text, after: list.group?.text)
    case .item(let item):
      details.add("kind", before: before?.asItem?.kind.rawValue, after: item.kind.rawValue)
    case .widget(let widget): details.add(widget, from: before?.asWidget)
    case .endpoint(let endpoint): details.add(endpoint, from: before?.asEndpoint)
    }
    return details
  }

  private var asList: CatalogueList? { if case .list(let list) = self { list } else { nil } }
  private var asItem: Item? { if case .item(let item) = self { item } else { nil } }
  private var asWidget: Widget? { if case .widget(let widget) = self { widget } else { nil } }
  private var asEndpoint: Endpoint? { if case .endpoint(let endpoint) = self { endpoint } else { nil } }
}

extension AuditDetails {
  fileprivate mutating func add(_ widget: Widget, from before: Widget?) {
    add("url", before: before?.address.text, after: widget.address.text)
    add("connector", before: before?.connector.description, after: widget.connector.description)
    add("lists", before: (before?.lists ?? []).map(\.description), after: widget.lists.map(\.description))
    add("enabled", before: before.map { String($0.isEnabled) }, after: String(widget.isEnabled))
    add("open", before: before.map { String($0.isOpen) }, after: String(widget.isOpen))
    add("parameters", before: before?.parameterWords ?? [], after: widget.parameterWords)
  }

  fileprivate mutating func add(_ endpoint: Endpoint, from before: Endpoint?) {
    add("url", before: before?.address.text, after: endpoint.address.text)
    add("match", before: before?.match.rawValue, after: endpoint.match.rawValue)
    add("methods", before: (before?.methods ?? []).map(\.rawValue), after: endpoint.methods.map(\.rawValue))
    add("connector", before: before?.connector.description, after: endpoint.connector.description)
    add("list", before: before?.list.description, after: endpoint.list.description)
    add("enabled", before: before.map { String($0.isEnabled) }, after: String(endpoint.isEnabled))
  }
}

extension Widget {
  fileprivate var parameterWords: [String] { parameters.map { "\($0.rawValue)=\($1)" } }
}
