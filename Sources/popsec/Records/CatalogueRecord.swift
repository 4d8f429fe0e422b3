import Access
import Store

/// A connector in a list, as JSON.
struct ConnectorListRecord: Encodable {
  let id: String
  let name: String
  let companies: Int
  let lists: Int
  let items: Int

  init(_ connector: Connector, _ counts: CatalogueCounts) {
    id = connector.id.description
    name = connector.name.text
    (companies, lists, items) = (counts.companies, counts.lists, counts.items)
  }
}

struct WidgetRecord: Encodable {
  let id: String
  let name: String
  let url: String
  let connector: String
  let lists: [String]
  let enabled: Bool
  let open: Bool
  let parameters: [String: String]

  init(_ widget: Widget, _ names: CatalogueNames) {
    id = widget.id.description
    name = widget.name.text
    url = widget.address.text
    connector = names.connectors[widget.connector] ?? ""
    lists = widget.lists.compactMap { names.lists[$0] }.sorted()
    enabled = widget.isEnabled
    open = widget.isOpen
    parameters = Dictionary(uniqueKeysWithValues: widget.parameters.map { ($0.rawValue, $1) })
  }
}

struct EndpointRecord: Encodable {
  let id: String
  let name: String
  let url: String
  let match: String
  /// The names of the path's parameters, from the left.
  let parameters: [String]
  let methods: [String]
  let connector: String
  let list: String
  let enabled: Bool

  init(_ endpoint: Endpoint, _ names: CatalogueNames) {
    id = endpoint.id.description
    name = endpoint.name.text
    url = endpoint.address.text
    match = endpoint.match.rawValue
    parameters = endpoint.address.parameters
    methods = endpoint.methods.sorted().map(\.rawValue)
    connector = names.connectors[endpoint.connector] ?? ""
    list = names.lists[endpoint.list] ?? ""
    enabled = endpoint.isEnabled
  }
}

/// The whole catalogue in short.
struct CatalogueRecord: Encodable {
  let connectors: [ConnectorListRecord]
  let widgets: [WidgetRecord]
  let endpoints: [EndpointRecord]

  init(_ reader: any SecurityReader) throws {
    let all = try reader.connectors()
    let names = try CatalogueNames(all, reader)
    connectors = try all.map { ConnectorListRecord($0, try reader.catalogueCounts(of: $0.id)) }
    widgets = try reader.widgets().map { WidgetRecord($0, names) }
    endpoints = try reader.endpoints().map { EndpointRecord($0, names) }
  }
}

/// One connector with all that it has.
struct ConnectorRecord: Encodable {
  let id: String
  let name: String
  let companies: [String]
  let lists: [ListRecord]

  struct ListRecord: Encodable {
    let name: String
    let group: Nullable<String>
    let actions: [String]
    let details: [String]
    let listActions: [String]
  }

  init(_ connector: Connector, _ reader: any SecurityReader) throws {
    id = connector.id.description
    name = connector.name.text
    companies = try reader.companies(of: connector.id).map(\.name.text)
    let items = Dictionary(grouping: try reader.items(of: connector.id), by: \.list)
    lists = try reader.lists(of: connector.id).map { list in
      func names(_ kind: ItemKind) -> [String] {
        (items[list.id] ?? []).filter { $0.kind == kind }.map(\.name.text)
      }
      return ListRecord(
        name: list.name.text, group: Nullable(list.group?.text), actions: names(.action),
        details: names(.detail), listActions: names(.listAction))
    }
  }
}

/// The names that widgets and endpoints refer to.
struct CatalogueNames {
  let connectors: [ConnectorID: String]
  let lists: [ListID: String]

  init(_ connectors: [Connector], _ reader: any SecurityReader) throws {
    self.connectors = Dictionary(
      connectors.map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
    lists = Dictionary(
      try connectors.flatMap { try reader.lists(of: $0.id) }.map {
        ($0.id, $0.name.text)
      }, uniquingKeysWith: { first, _ in first })
  }
}
