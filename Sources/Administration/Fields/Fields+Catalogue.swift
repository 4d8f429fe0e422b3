package import Access

extension Connector: Described {
  package static let fields: [Field<Connector>] = [.name(\.name)]
}

extension Company: Described {
  package static let fields: [Field<Company>] = [.name(\.name)]
}

extension CatalogueList: Described {
  package static let fields: [Field<CatalogueList>] = [
    .name(\.name),
    Field("group", "Group", \.group, .optional) { group, _ in group.map { [$0.text] } ?? [] },
  ]
}

extension Item: Described {
  package static let fields: [Field<Item>] = [
    .name(\.name), Field(constant: \.kind, "kind", "Kind") { $0.rawValue },
  ]
}

extension Widget: Described {
  package static let fields: [Field<Widget>] = [
    .name(\.name),
    Field("url", "Address", \.address) { address, _ in [address.text] },
    Field("connector", "Connector", \.connector) { connector, names in [names.name(connector, \.connectors)]
    },
    Field("lists", "Lists", \.lists, .names) { $1.names($0, \.lists) },
    .flag("enabled", "Enabled", \.isEnabled, usual: true),
    .flag("open", "Open", \.isOpen, usual: false),
    Field("parameters", "Parameters", \.parameters, .names) { parameters, _ in
      parameters.map { "\($0.rawValue)=\($1)" }.sorted()
    },
  ]
}

extension Endpoint: Described {
  package static let fields: [Field<Endpoint>] = [
    .name(\.name),
    Field("url", "Address", \.address) { address, _ in [address.text] },
    Field("match", "Match", \.match) { match, _ in [match.rawValue] }.usually(AddressMatch.prefix.rawValue),
    Field("methods", "Methods", \.methods, .names) { methods, _ in methods.sorted().map(\.rawValue) },
    Field("connector", "Connector", \.connector) { connector, names in [names.name(connector, \.connectors)]
    },
    Field("list", "List", \.list) { list, names in [names.name(list, \.lists)] },
    .flag("enabled", "Enabled", \.isEnabled, usual: true),
  ]
}

extension CatalogueEntry {
  /// The details of an audit row about changing the entry from `before`, or about adding it where `before` is
  /// nil. The details name other entries by their ids where these have no names in the book.
  func details(from before: CatalogueEntry?, _ names: NameBook = NameBook()) -> AuditDetails {
    switch self {
    case .connector(let connector): AuditDetails(before?.member as? Connector, connector, names)
    case .company(let company): AuditDetails(before?.member as? Company, company, names)
    case .list(let list): AuditDetails(before?.member as? CatalogueList, list, names)
    case .item(let item): AuditDetails(before?.member as? Item, item, names)
    case .widget(let widget): AuditDetails(before?.member as? Widget, widget, names)
    case .endpoint(let endpoint): AuditDetails(before?.member as? Endpoint, endpoint, names)
    }
  }
}
