/// The connector roles that every connector has.
package enum ConnectorRole: String, Codable, Hashable, Sendable, CaseIterable {
  case administrator = "Administrator"
  case user = "User"
  case reader = "Reader"
  case customListContributor = "CustomListContributor"
  case customListAdministrator = "CustomListAdministrator"

  /// What the role lets a subject do, in a few words.
  package var meaning: String {
    switch self {
    case .administrator: "every company, list, action, detail and list action of the connector"
    case .user: "see data, within what is granted"
    case .reader: "see the connector's description, no data"
    case .customListContributor: "own custom lists; no data by itself"
    case .customListAdministrator: "all custom lists; no data by itself"
    }
  }
}

/// How much of one kind of thing a grant covers: all of them, including those added to the catalogue later,
/// or a set, which may be empty.
package enum Coverage<Element: Hashable & Sendable>: Hashable, Sendable {
  case all
  case only(Set<Element>)

  package static var none: Coverage { .only([]) }

  package func covers(_ element: Element) -> Bool {
    switch self {
    case .all: true
    case .only(let set): set.has(element)
    }
  }

  /// The covered set; nil where all are covered.
  package var only: Set<Element>? {
    if case .only(let set) = self { set } else { nil }
  }

  package var isNone: Bool { only?.isEmpty ?? false }

  /// The same with other values for what is covered.
  package func map<Value>(_ value: (Element) throws -> Value) rethrows -> Coverage<Value> {
    switch self {
    case .all: .all
    case .only(let set): .only(Set(try set.map(value)))
    }
  }
}

extension Set {
  /// Does the same as `contains`. Few elements are compared one by one, which is faster than a hash.
  func has(_ element: Element) -> Bool { count <= 4 ? contains { $0 == element } : contains(element) }
}

/// An item together with the list that has it.
package struct ListItem: Hashable, Sendable {
  package let list: ListID
  package let item: ItemID

  package init(list: ListID, item: ItemID) {
    self.list = list
    self.item = item
  }
}

/// What a grant gives on its connector and when, by the pages on which a person edits it.
///
/// What gives nothing has no bounds. Items are only ever of lists that it covers: taking a list out takes its items along.
package struct Permissions: Hashable, Sendable {
  package var roles: Set<ConnectorRole>
  package var companies: Coverage<CompanyID>
  package var lists: Coverage<ListID> {
    didSet { dropUncoveredItems() }
  }
  package private(set) var items: [ItemKind: Coverage<ListItem>]
  /// When the grant as a whole is in force.
  package var bounds: Bounds

  package static let none = Permissions()

  package init(
    roles: Set<ConnectorRole> = [], companies: Coverage<CompanyID> = .none,
    lists: Coverage<ListID> = .none, items: [ItemKind: Coverage<ListItem>] = [:],
    bounds: Bounds = .always
  ) {
    self.roles = roles
    self.companies = companies
    self.lists = lists
    self.items = items
    self.bounds = bounds
    dropUncoveredItems()
  }

  package subscript(kind: ItemKind) -> Coverage<ListItem> {
    get { items[kind] ?? .none }
    set {
      items[kind] = newValue
      dropUncoveredItems()
    }
  }

  /// Whether nothing at all is given, not even a role; whatever the bounds say.
  package var isEmpty: Bool {
    roles.isEmpty && companies.isNone && lists.isNone && items.values.allSatisfy(\.isNone)
  }

  /// The items that would be lost if only these lists stayed covered.
  package func itemsLost(keeping lists: Coverage<ListID>) -> [ItemKind: Set<ListItem>] {
    var lost: [ItemKind: Set<ListItem>] = [:]
    for (kind, coverage) in items {
      let gone = (coverage.only ?? []).filter { !lists.covers($0.list) }
      if !gone.isEmpty { lost[kind] = gone }
    }
    return lost
  }

  /// Removes items of lists that are not covered, so that equal permissions have equal values.
  private mutating func dropUncoveredItems() {
    for kind in ItemKind.allCases {
      guard case .only(let set)? = items[kind] else { continue }
      let kept = set.filter { lists.covers($0.list) }
      items[kind] = kept.isEmpty ? nil : .only(kept)
    }
  }
}

/// What one subject was given on one connector.
package struct Grant: Hashable, Sendable {
  package let id: GrantID
  package let subject: SubjectID
  package let connector: ConnectorID
  package var permissions: Permissions

  package init(id: GrantID, subject: SubjectID, connector: ConnectorID, permissions: Permissions) {
    self.id = id
    self.subject = subject
    self.connector = connector
    self.permissions = permissions
  }
}
