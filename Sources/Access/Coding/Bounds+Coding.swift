/// Bounds that are absent have no key.
extension Bounds: Codable {
  private enum Key: CodingKey { case from, until }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try self.init(
      from: try container.decodeIfPresent(Timestamp.self, forKey: .from),
      until: try container.decodeIfPresent(Timestamp.self, forKey: .until))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(from, forKey: .from)
    try container.encodeIfPresent(until, forKey: .until)
  }
}

/// What has no bounds stands alone, as it did in documents of before there were bounds.
extension Bounded: Codable where Value: Codable {
  private enum Key: CodingKey { case value }

  package init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: Key.self), container.contains(.value) else {
      self.init(try Value(from: decoder))
      return
    }
    self.init(try container.decode(Value.self, forKey: .value), try Bounds(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws {
    guard !bounds.isAlways else { return try value.encode(to: encoder) }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(value, forKey: .value)
    try bounds.encode(to: encoder)
  }
}

/// Sorted by their texts, so that one value has one document.
extension BoundedSet: Codable where Element: CodedAsText {
  package init(from decoder: any Decoder) throws {
    self.init(bounded: try decoder.singleValueContainer().decode([Bounded<Element>].self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bounded.sorted { $0.value.codedText < $1.value.codedText })
  }
}

/// Bounds have a key only where there are some, as before there were bounds.
extension GrantFact: Codable {
  private enum CodingKeys: CodingKey {
    case key, roles, companies, lists, items, allCompanies, allLists, allItems, bounds
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      key: try container.decode(Key.self, forKey: .key),
      roles: try container.decode(Set<ConnectorRole>.self, forKey: .roles),
      companies: try container.decode(Set<CompanyID>.self, forKey: .companies),
      lists: try container.decode(Set<ListID>.self, forKey: .lists),
      items: try container.decode(Set<ItemID>.self, forKey: .items),
      allCompanies: try container.decode(Bool.self, forKey: .allCompanies),
      allLists: try container.decode(Bool.self, forKey: .allLists),
      allItems: try container.decode(Set<ItemKind>.self, forKey: .allItems),
      bounds: try container.decodeIfPresent(Bounds.self, forKey: .bounds) ?? .always)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key, forKey: .key)
    try container.encode(roles, forKey: .roles)
    try container.encode(companies, forKey: .companies)
    try container.encode(lists, forKey: .lists)
    try container.encode(items, forKey: .items)
    try container.encode(allCompanies, forKey: .allCompanies)
    try container.encode(allLists, forKey: .allLists)
    try container.encode(allItems, forKey: .allItems)
    if !bounds.isAlways { try container.encode(bounds, forKey: .bounds) }
  }
}
