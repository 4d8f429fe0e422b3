import Access
import Administration
import Store

/// A thing of the catalogue in a list.
struct CatalogueRow: Identifiable, Sendable {
  enum Thing: Hashable, Sendable {
    case connector(ConnectorID)
    case widget(WidgetID)
    case endpoint(EndpointID)
    case list(ListID)
    case company(CompanyID)

    /// Whether a person may ask who sees its lists.
    var hasViewers: Bool {
      switch self {
      case .list, .widget, .endpoint: true
      case .connector, .company: false
      }
    }
  }

  let id: Thing
  let kind: String
  let name: String
  let detail: String
}

/// The contents of a catalogue screen.
enum CatalogueContents: Sendable {
  /// Connectors, widgets and endpoints.
  case whole
  /// The companies and lists of one connector of that name.
  case connector(ConnectorID, String)

  var title: String { if case .connector(_, let name) = self { name } else { "Catalogue" } }
  var pageName: String { if case .whole = self { "catalogue" } else { "connector" } }
  var place: Place? { if case .whole = self { Places.catalogue } else { nil } }

  /// - Parameter conditions: those on connectors, widgets and endpoints.
  func rows(_ reader: any SecurityReader, where conditions: Conditions = .none) throws -> [CatalogueRow] {
    switch self {
    case .whole:
      try connectors(reader, conditions) + widgets(reader, conditions) + endpoints(reader, conditions)
    case .connector(let id, _): try companies(of: id, reader) + lists(of: id, reader)
    }
  }

  private func connectors(_ reader: any SecurityReader, _ conditions: Conditions) throws -> [CatalogueRow] {
    try reader.connectors().filter { conditions.hold(for: $0) }.map { connector in
      let counts = try reader.catalogueCounts(of: connector.id)
      return CatalogueRow(
        id: .connector(connector.id), kind: "connector", name: connector.name.text,
        detail: "\(counts.companies) companies, \(counts.lists) lists, \(counts.items) items")
    }
  }

  private func widgets(_ reader: any SecurityReader, _ conditions: Conditions) throws -> [CatalogueRow] {
    try reader.widgets().filter { conditions.hold(for: $0) }.map { widget in
      let marks = (widget.isEnabled ? "" : "disabled  ") + (widget.isOpen ? "open  " : "")
      return CatalogueRow(
        id: .widget(widget.id), kind: "widget", name: widget.name.text, detail: marks + widget.address.text)
    }
  }

  private func endpoints(_ reader: any SecurityReader, _ conditions: Conditions) throws -> [CatalogueRow] {
    try reader.endpoints().filter { conditions.hold(for: $0) }.map { endpoint in
      let methods = endpoint.methods.sorted().map(\.rawValue).joined(separator: " ")
      let mark = (endpoint.isEnabled ? "" : "disabled  ") + (endpoint.match == .exact ? "exact  " : "")
      return CatalogueRow(
        id: .endpoint(endpoint.id), kind: "endpoint", name: endpoint.name.text,
        detail: "\(mark)\(methods) \(endpoint.address.text)")
    }
  }

  private func companies(of id: ConnectorID, _ reader: any SecurityReader) throws -> [CatalogueRow] {
    try reader.companies(of: id).map {
      CatalogueRow(id: .company($0.id), kind: "company", name: $0.name.text, detail: "")
    }
  }

  private func lists(of id: ConnectorID, _ reader: any SecurityReader) throws -> [CatalogueRow] {
    let items = Dictionary(grouping: try reader.items(of: id), by: \.list)
    return try reader.lists(of: id).map { list in
      let counts = ItemKind.allCases.compactMap { kind -> String? in
        let count = items[list.id]?.filter { $0.kind == kind }.count ?? 0
        return count == 0 ? nil : "\(count) \(count == 1 ? kind.singular : kind.title.lowercased())"
      }
      let group = list.group.map { $0.text + ": " } ?? ""
      return CatalogueRow(
        id: .list(list.id), kind: "list", name: list.name.text,
        detail: group + counts.joined(separator: ", "))
    }
  }

  /// The things that belong to a thing, each in one line.
  func details(of thing: CatalogueRow.Thing, _ reader: any SecurityReader) throws -> [String] {
    switch (thing, self) {
    case (.list(let id), .connector(let connector, _)):
      return try reader.items(of: connector).filter { $0.list == id }.map {
        "\($0.kind.singular) \($0.name.text)"
      }
    case (.widget(let id), _):
      guard let widget = try reader.widget(id) else { return [] }
      let lists = try reader.lists(of: widget.connector).filter { widget.lists.contains($0.id) }
      let connector = try reader.connector(widget.connector)?.name.text ?? ""
      return ["connector \(connector)"] + lists.map { "list \($0.name.text)" }
        + widget.parameters.sorted { $0.key.rawValue < $1.key.rawValue }.map {
          "parameter \($1) narrows the \($0.rawValue)"
        }
    case (.endpoint(let id), _):
      guard let endpoint = try reader.endpoint(id) else { return [] }
      let list = try reader.lists(of: endpoint.connector).first { $0.id == endpoint.list }
      return [
        "connector \(try reader.connector(endpoint.connector)?.name.text ?? "")",
        "list \(list?.name.text ?? "")", endpoint.match.words,
      ] + endpoint.address.parameters.map { "parameter \($0) stands for a part of the path" }
    default: return []
    }
  }

  /// The lists of a thing, about which a person can ask who may see them.
  func lists(of thing: CatalogueRow.Thing, _ reader: any SecurityReader) throws -> [ViewedPlace] {
    switch (thing, self) {
    case (.list(let id), .connector(let connector, _)):
      try places(on: connector, reader) { $0 == id }
    case (.widget(let id), _):
      try reader.widget(id).map { widget in
        try places(on: widget.connector, reader, at: .widget(.id(id)), widget.lists.contains)
      } ?? []
    case (.endpoint(let id), _):
      try reader.endpoint(id).map { endpoint in
        let method = endpoint.methods.sorted().first ?? .get
        return try places(on: endpoint.connector, reader, at: .endpoint(.id(id), method)) {
          $0 == endpoint.list
        }
      } ?? []
    default: []
    }
  }

  private func places(
    on connector: ConnectorID, _ reader: any SecurityReader, at surface: CheckRequest.Surface? = nil,
    _ isMeant: (ListID) -> Bool
  ) throws -> [ViewedPlace] {
    try reader.lists(of: connector).filter { isMeant($0.id) }.map {
      ViewedPlace(connector: connector, list: $0.id, name: $0.name, surface: surface ?? .api(.id(connector)))
    }
  }
}

extension AddressMatch {
  fileprivate var words: String {
    switch self {
    case .prefix: "match prefix: the path and all below"
    case .exact: "match exact: the path and no other"
    }
  }
}
