internal import Access
internal import Store

// Catalogue entries as they stand in an undo document, and back.

extension SavedEntry {
  private init(_ kind: DeletedKind, _ id: SavedID, _ name: Name) {
    self.init(kind: kind.rawValue, id: id, name: name.text)
  }

  /// Nil for what is no kind of catalogue entry.
  init?(_ entry: any CatalogueEntry) {
    switch entry {
    case let connector as Connector: self.init(connector)
    case let company as Company: self.init(company)
    case let list as CatalogueList: self.init(list)
    case let item as Item: self.init(item)
    case let widget as Widget: self.init(widget)
    case let endpoint as Endpoint: self.init(endpoint)
    default: return nil
    }
  }

  /// The same under the id that it got.
  func with(id: SavedID) -> SavedEntry {
    var entry = self
    entry.id = id
    return entry
  }

  private init(_ connector: Connector) { self.init(.connector, connector.id.description, connector.name) }

  private init(_ company: Company) {
    self.init(.company, company.id.description, company.name)
    connector = company.connector.description
  }

  private init(_ list: CatalogueList) {
    self.init(.list, list.id.description, list.name)
    connector = list.connector.description
    group = list.group?.text
  }

  private init(_ item: Item) {
    self.init(.item, item.id.description, item.name)
    list = item.list.description
    itemKind = item.kind.rawValue
  }

  private init(_ widget: Widget) {
    self.init(.widget, widget.id.description, widget.name)
    connector = widget.connector.description
    lists = saved(widget.lists)
    url = widget.address.text
    (isEnabled, isOpen) = (widget.isEnabled, widget.isOpen)
    parameters = Dictionary(uniqueKeysWithValues: widget.parameters.map { ($0.rawValue, $1) })
  }

  private init(_ endpoint: Endpoint) {
    self.init(.endpoint, endpoint.id.description, endpoint.name)
    connector = endpoint.connector.description
    list = endpoint.list.description
    url = endpoint.address.text
    match = endpoint.match == .prefix ? nil : endpoint.match.rawValue
    methods = endpoint.methods.map(\.rawValue).sorted()
    isEnabled = endpoint.isEnabled
  }

  var deletedKind: DeletedKind { get throws { try kind.value() } }

  /// What ``CatalogueEntry`` it was, as values.
  var thing: DeletedThing {
    get throws {
      guard let thing = DeletedThing(try deletedKind, id: id) else { throw UnreadableUndo() }
      return thing
    }
  }

  /// The entry itself.
  var entry: any CatalogueEntry {
    get throws {
      let name = try name.savedName()
      switch try deletedKind {
      case .connector: return Connector(id: try id.identifier(), name: name)
      case .company:
        return Company(id: try id.identifier(), connector: try must(connector).identifier(), name: name)
      case .list:
        return CatalogueList(
          id: try id.identifier(), connector: try must(connector).identifier(), name: name,
          group: try group?.savedName())
      case .item:
        return Item(
          id: try id.identifier(), list: try must(list).identifier(), kind: try must(itemKind).value(),
          name: name)
      case .widget: return try widget(name)
      case .endpoint: return try endpoint(name)
      default: throw UnreadableUndo()
      }
    }
  }

  private func widget(_ name: Name) throws -> Widget {
    var narrowing: [WidgetParameter: String] = [:]
    for (parameter, query) in parameters ?? [:] { narrowing[try parameter.value()] = query }
    return Widget(
      id: try id.identifier(), name: name, address: try address(),
      connector: try must(connector).identifier(), lists: try must(lists).identifiers(),
      isEnabled: try must(isEnabled), isOpen: try must(isOpen), parameters: narrowing)
  }

  private func endpoint(_ name: Name) throws -> Endpoint {
    Endpoint(
      id: try id.identifier(), name: name, address: try endpointAddress(),
      match: try match?.value() ?? .prefix, methods: Set(try must(methods).map { try $0.value() }),
      connector: try must(connector).identifier(), list: try must(list).identifier(),
      isEnabled: try must(isEnabled))
  }

  private func endpointAddress() throws -> AddressTemplate {
    guard let address = try? AddressTemplate(must(url)) else { throw UnreadableUndo() }
    return address
  }

  private func address() throws -> Address {
    guard let address = try? Address(must(url)) else { throw UnreadableUndo() }
    return address
  }

  private func must<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw UnreadableUndo() }
    return value
  }
}
