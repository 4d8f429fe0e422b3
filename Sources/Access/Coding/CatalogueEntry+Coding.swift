/// The coded form is the kind, with the fields of the entry beside it.
extension CatalogueEntry: Codable {
  private enum Key: CodingKey { case kind }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(DeletedKind.self, forKey: .kind) {
    case .connector: self = .connector(try Connector(from: decoder))
    case .company: self = .company(try Company(from: decoder))
    case .list: self = .list(try CatalogueList(from: decoder))
    case .item: self = .item(try Item(from: decoder))
    case .widget: self = .widget(try Widget(from: decoder))
    case .endpoint: self = .endpoint(try Endpoint(from: decoder))
    case .user, .apiUser, .team, .role:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "no kind of catalogue entry")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try member.encode(to: encoder)
  }
}

extension Widget: Codable {
  private enum Key: CodingKey { case id, name, url, connector, lists, isEnabled, isOpen, parameters }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      id: try container.decode(WidgetID.self, forKey: .id),
      name: try container.decode(Name.self, forKey: .name),
      address: try container.decode(Address.self, forKey: .url),
      connector: try container.decode(ConnectorID.self, forKey: .connector),
      lists: try container.decode(Set<ListID>.self, forKey: .lists),
      isEnabled: try container.decode(Bool.self, forKey: .isEnabled),
      isOpen: try container.decode(Bool.self, forKey: .isOpen),
      parameters: try container.decodeIfPresent([WidgetParameter: String].self, forKey: .parameters) ?? [:])
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encode(address, forKey: .url)
    try container.encode(connector, forKey: .connector)
    try container.encode(lists.sorted(), forKey: .lists)
    try container.encode(isEnabled, forKey: .isEnabled)
    try container.encode(isOpen, forKey: .isOpen)
    try container.encode(parameters, forKey: .parameters)
  }
}

/// An endpoint without `match` has an address that is a prefix, because older documents know no other kind.
extension Endpoint: Codable {
  private enum Key: CodingKey { case id, name, url, match, methods, connector, list, isEnabled }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      id: try container.decode(EndpointID.self, forKey: .id),
      name: try container.decode(Name.self, forKey: .name),
      address: try container.decode(AddressTemplate.self, forKey: .url),
      match: try container.decodeIfPresent(AddressMatch.self, forKey: .match) ?? .prefix,
      methods: try container.decode(Set<HTTPMethod>.self, forKey: .methods),
      connector: try container.decode(ConnectorID.self, forKey: .connector),
      list: try container.decode(ListID.self, forKey: .list),
      isEnabled: try container.decode(Bool.self, forKey: .isEnabled))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encode(address, forKey: .url)
    if match != .prefix { try container.encode(match, forKey: .match) }
    try container.encode(methods.sorted(), forKey: .methods)
    try container.encode(connector, forKey: .connector)
    try container.encode(list, forKey: .list)
    try container.encode(isEnabled, forKey: .isEnabled)
  }
}
