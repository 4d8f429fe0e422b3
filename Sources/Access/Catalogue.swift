/// A data source, such as `Business Central` or `Salesforce`.
package struct Connector: Codable, Hashable, Sendable {
  package let id: ConnectorID
  package var name: Name

  package init(id: ConnectorID, name: Name) {
    self.id = id
    self.name = name
  }
}

/// A tenant inside a connector.
package struct Company: Codable, Hashable, Sendable {
  package let id: CompanyID
  package let connector: ConnectorID
  package var name: Name

  package init(id: CompanyID, connector: ConnectorID, name: Name) {
    self.id = id
    self.connector = connector
    self.name = name
  }
}

/// A data set of a connector, in a named group of lists.
package struct CatalogueList: Codable, Hashable, Sendable {
  package let id: ListID
  package let connector: ConnectorID
  package var name: Name
  /// The name of the group; nil where the catalogue names none.
  package var group: Name?

  package init(id: ListID, connector: ConnectorID, name: Name, group: Name?) {
    self.id = id
    self.connector = connector
    self.name = name
    self.group = group
  }
}

/// The kind of an item of a list.
package enum ItemKind: String, Codable, CodingKeyRepresentable, Hashable, Sendable, CaseIterable {
  /// An action: something that a list's row lets one do.
  case action
  /// A detail: a child data set of a list's row.
  case detail
  /// A list action: something done to a list as a whole.
  case listAction

  /// The kind's plural as it is shown on screen: "Actions", "Details", "List actions".
  package var title: String {
    switch self {
    case .action: "Actions"
    case .detail: "Details"
    case .listAction: "List actions"
    }
  }
}

/// An action, a detail or a list action of one list.
package struct Item: Codable, Hashable, Sendable {
  package let id: ItemID
  package let list: ListID
  package let kind: ItemKind
  package var name: Name

  private enum CodingKeys: String, CodingKey {
    case id, list, name
    case kind = "itemKind"
  }

  package init(id: ItemID, list: ListID, kind: ItemKind, name: Name) {
    self.id = id
    self.list = list
    self.kind = kind
    self.name = name
  }
}

/// An embeddable view with an address, over one or more lists of one connector.
package struct Widget: Hashable, Sendable {
  package let id: WidgetID
  package var name: Name
  package var address: Address
  package var connector: ConnectorID
  package var lists: Set<ListID>
  package var isEnabled: Bool
  /// Whether the widget is shown without a token.
  package var isOpen: Bool
  /// The parts of a request that the widget's address can name, each with its query parameter.
  package var parameters: [WidgetParameter: String]

  package init(
    id: WidgetID, name: Name, address: Address, connector: ConnectorID, lists: Set<ListID>,
    isEnabled: Bool = true, isOpen: Bool = false, parameters: [WidgetParameter: String] = [:]
  ) {
    self.id = id
    self.name = name
    self.address = address
    self.connector = connector
    self.lists = lists
    self.isEnabled = isEnabled
    self.isOpen = isOpen
    self.parameters = parameters
  }
}

/// A part of a request that a query parameter of a widget's address can name.
package enum WidgetParameter: String, Codable, CodingKeyRepresentable, Hashable, Sendable, CaseIterable {
  case company, list, action, detail, listAction

  /// The reason why a text can't be the query parameter that names a part of a request; nil where it can.
  package static func problem(ofQueryParameter text: String) -> QueryParameterProblem? {
    if text == "token" { return .tokenID }
    let isFit =
      (1...100).contains(text.utf8.count)
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"&=#%+?".utf8.contains($0) }
    return isFit ? nil : .malformed
  }
}

/// The reason why a text can't be a widget's query parameter.
package enum QueryParameterProblem: Hashable, Sendable {
  /// The parameter `token` has the Token ID.
  case tokenID
  case malformed

  /// What such a parameter looks like.
  package static let form = "it has 1 to 100 visible ASCII characters without & = # % + ?"
}

/// A named address over one list of one connector.
package struct Endpoint: Hashable, Sendable {
  package let id: EndpointID
  package var name: Name
  package var address: AddressTemplate
  package var match: AddressMatch
  package var methods: Set<HTTPMethod>
  package var connector: ConnectorID
  package var list: ListID
  package var isEnabled: Bool

  package init(
    id: EndpointID, name: Name, address: AddressTemplate, match: AddressMatch = .prefix,
    methods: Set<HTTPMethod> = [.get], connector: ConnectorID, list: ListID, isEnabled: Bool = true
  ) {
    self.id = id
    self.name = name
    self.address = address
    self.match = match
    self.methods = methods
    self.connector = connector
    self.list = list
    self.isEnabled = isEnabled
  }
}

/// An HTTP method: 1 to 20 letters A–Z. A HEAD request is decided as a GET request.
package struct HTTPMethod: RawRepresentable, Codable, Hashable, Sendable, Comparable {
  package let rawValue: String
  package static let get = HTTPMethod(checked: "GET")

  package init?(rawValue: String) {
    guard (1...20).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    self.rawValue = rawValue
  }

  private init(checked: String) { rawValue = checked }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
