extension LawWho: Codable where Naming == AsWritten {
  private enum Key: String, CodingKey { case apiUsers, users }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try self.init(
      apiUsers: try container.decodeIfPresent(LawSelection<AsWritten>.self, forKey: .apiUsers),
      users: try container.decodeIfPresent(LawSelection<AsWritten>.self, forKey: .users))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(apiUsers, forKey: .apiUsers)
    try container.encodeIfPresent(users, forKey: .users)
  }
}

/// The coded form is empty where all are meant.
extension LawSelection: Codable where Naming == AsWritten {
  private enum Key: String, CodingKey { case names, labels, teams }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let names = try container.decodeIfPresent(Set<Name>.self, forKey: .names) {
      self = .named(names)
    } else if let labels = try container.decodeIfPresent(Labels.self, forKey: .labels) {
      self = .labelled(labels)
    } else if let teams = try container.decodeIfPresent(Set<Name>.self, forKey: .teams) {
      self = .members(teams)
    } else {
      self = .all
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .all: break
    case .named(let names): try container.encode(names.sortedByText(), forKey: .names)
    case .labelled(let labels): try container.encode(labels, forKey: .labels)
    case .members(let teams): try container.encode(teams.sortedByText(), forKey: .teams)
    }
  }
}

/// Parts that are absent are all of them; items that are absent are none.
extension LawWhat: Codable where Naming == AsWritten {
  private enum Key: String, CodingKey { case connector, companies, lists, items }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    try self.init(
      connector: try container.decode(Name.self, forKey: .connector),
      companies: try container.decodeIfPresent(Set<Name>.self, forKey: .companies).map(
        Coverage.only) ?? .all,
      lists: try container.decodeIfPresent(Set<Name>.self, forKey: .lists).map(Coverage.only)
        ?? .all,
      items: try container.decodeIfPresent(
        [ItemKind: Coverage<LawItem<AsWritten>>].self, forKey: .items) ?? [:])
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(connector, forKey: .connector)
    try container.encodeIfPresent(companies.only?.sortedByText(), forKey: .companies)
    try container.encodeIfPresent(lists.only?.sortedByText(), forKey: .lists)
    if !items.isEmpty { try container.encode(items, forKey: .items) }
  }
}

/// The coded form is the names of the list and of the item.
extension LawItem: Codable, Comparable where Naming == AsWritten {
  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    self.init(list: try container.decode(Name.self), item: try container.decode(Name.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(list)
    try container.encode(item)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.list.text, left.item.text) < (right.list.text, right.item.text)
  }
}
