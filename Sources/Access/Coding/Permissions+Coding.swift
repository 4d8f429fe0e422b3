/// The coded form is empty where all is covered; otherwise it holds the sorted set under `only`.
extension Coverage: Codable where Element: Codable & Comparable {
  private enum Key: CodingKey { case only }

  package init(from decoder: any Decoder) throws {
    let only = try decoder.container(keyedBy: Key.self).decodeIfPresent(Set<Element>.self, forKey: .only)
    self = only.map(Self.only) ?? .all
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(only?.sorted(), forKey: .only)
  }
}

/// The coded form is the ids of the list and of the item.
extension ListItem: Codable, Comparable {
  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    self.init(list: try container.decode(ListID.self), item: try container.decode(ItemID.self))
    guard container.isAtEnd else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "more than a list and an item")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(list)
    try container.encode(item)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.list, left.item) < (right.list, right.item)
  }
}

/// Companies and lists that are absent are all of them; a kind of items that is absent is none of them; bounds that
/// are absent are none.
extension Permissions: Codable {
  private enum Key: CodingKey { case roles, companies, lists, items, bounds }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      roles: try container.decode(Set<ConnectorRole>.self, forKey: .roles),
      companies: try container.decodeIfPresent(Set<CompanyID>.self, forKey: .companies).map(Coverage.only)
        ?? .all,
      lists: try container.decodeIfPresent(Set<ListID>.self, forKey: .lists).map(Coverage.only) ?? .all,
      items: try container.decode([ItemKind: Coverage<ListItem>].self, forKey: .items),
      bounds: try container.decodeIfPresent(Bounds.self, forKey: .bounds) ?? .always)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(roles.sortedByText(), forKey: .roles)
    try container.encodeIfPresent(companies.only?.sorted(), forKey: .companies)
    try container.encodeIfPresent(lists.only?.sorted(), forKey: .lists)
    try container.encode(items, forKey: .items)
    if !bounds.isAlways { try container.encode(bounds, forKey: .bounds) }
  }
}
