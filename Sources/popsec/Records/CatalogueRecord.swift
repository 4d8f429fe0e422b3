import Access
import Administration
import Store

/// A connector as a list shows it.
struct ConnectorListRecord: Record {
  let connector: Connector
  let counts: CatalogueCounts

  static let columns: [Column<Self>] = [
    .data("id") { $0.connector.id.description },
    Column("name", "Connector") { $0.connector.name.text },
    Column("companies", "Companies") { $0.counts.companies },
    Column("lists", "Lists") { $0.counts.lists },
    Column("items", "Items") { $0.counts.items },
  ]
}

struct WidgetRecord: Record {
  let widget: Widget
  let names: NameBook

  private var lists: [String] { widget.lists.compactMap { names.lists[$0]?.text }.sorted() }

  static let columns: [Column<Self>] = [
    .data("id") { $0.widget.id.description },
    Column("name", "Widget") { $0.widget.name.text },
    Column("connector", "Connector") { $0.names.name($0.widget.connector, \.connectors) },
    Column("enabled", "State", { $0.widget.isEnabled }) {
      $0.widget.isEnabled && $0.widget.isOpen ? "open" : stateText(isEnabled: $0.widget.isEnabled)
    },
    .data("open") { $0.widget.isOpen },
    Column("lists", "Lists", { $0.lists }) { String($0.lists.count) },
    Column("url", "Address") { $0.widget.address.text },
    .data("parameters") { record in
      Dictionary(uniqueKeysWithValues: record.widget.parameters.map { ($0.rawValue, $1) })
    },
  ]
}

struct EndpointRecord: Record {
  let endpoint: Endpoint
  let names: NameBook

  private var methods: [String] { endpoint.methods.sorted().map(\.rawValue) }

  static let columns: [Column<Self>] = [
    .data("id") { $0.endpoint.id.description },
    Column("name", "Endpoint") { $0.endpoint.name.text },
    Column("connector", "Connector") { $0.names.name($0.endpoint.connector, \.connectors) },
    Column("enabled", "State", { $0.endpoint.isEnabled }) { stateText(isEnabled: $0.endpoint.isEnabled) },
    Column("list", "List") { $0.names.name($0.endpoint.list, \.lists) },
    Column("methods", "Methods", { $0.methods }) { $0.methods.joined(separator: " ") },
    Column("match", "Match") { Word($0.endpoint.match) },
    Column("url", "Address") { $0.endpoint.address.text },
    // The names of the address's parameters, from left to right.
    .data("parameters") { $0.endpoint.address.parameters },
  ]
}

/// A short form of the catalogue: all of it, or what conditions hold for.
struct CatalogueRecord: PrintedObject {
  let connectors: [ConnectorListRecord]
  let widgets: [WidgetRecord]
  let endpoints: [EndpointRecord]

  static let columns: [Column<Self>] = [
    .data("connectors") { $0.connectors },
    .data("widgets") { $0.widgets },
    .data("endpoints") { $0.endpoints },
  ]

  init(_ reader: any SecurityReader, where conditions: Conditions) throws {
    let all = try reader.connectors()
    var names = NameBook(unknown: "")
    for connector in all { names.enter(connector, lists: try reader.lists(of: connector.id)) }
    connectors = try all.filter { conditions.hold(for: $0) }.map {
      ConnectorListRecord(connector: $0, counts: try reader.catalogueCounts(of: $0.id))
    }
    let book = names
    widgets = try reader.widgets().filter { conditions.hold(for: $0) }.map {
      WidgetRecord(widget: $0, names: book)
    }
    endpoints = try reader.endpoints().filter { conditions.hold(for: $0) }.map {
      EndpointRecord(endpoint: $0, names: book)
    }
  }
}

/// A connector with everything that it has.
struct ConnectorRecord: Record {
  let catalogue: ConnectorCatalogue

  var lists: [ListRecord] { catalogue.lists.map { ListRecord(list: $0, catalogue: catalogue) } }

  struct ListRecord: Record {
    let list: CatalogueList
    let catalogue: ConnectorCatalogue

    private func names(_ kind: ItemKind) -> [String] { catalogue.items(kind, of: list.id).map(\.name.text) }

    static let columns: [Column<Self>] = [
      Column("group", "Group") { $0.list.group?.text },
      Column("name", "List") { $0.list.name.text },
      Column("actions", "Actions") { $0.names(.action) },
      Column("details", "Details") { $0.names(.detail) },
      Column("listActions", "List actions") { $0.names(.listAction) },
    ]
  }

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.catalogue.connector.name.text },
    Column("id", "ID") { $0.catalogue.id.description },
    Column("companies", "Companies") { $0.catalogue.companies.map(\.name.text) },
    .data("lists") { $0.lists },
  ]
}
