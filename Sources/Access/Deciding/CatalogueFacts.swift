/// The part of the catalogue that a request touches. It has living entries only.
package struct CatalogueFacts: Hashable, Sendable {
  /// The widget that the request asks for.
  package var widget: Widget?
  /// The endpoint that the request asks for.
  package var endpoint: Endpoint?
  /// The connector of the widget or endpoint, or the connector that the request asks for.
  package var connector: ConnectorID?
  /// Whether this connector has companies at all.
  package var hasCompanies: Bool
  /// The company that the request names, or all companies of the connector by name where it names none.
  package var companies: [CompanyID]
  /// The list that the request names, or the lists of the widget or endpoint by name where it names none.
  package var lists: [ListID]

  package init(
    widget: Widget? = nil, endpoint: Endpoint? = nil, connector: ConnectorID? = nil,
    hasCompanies: Bool = false,
    companies: [CompanyID] = [], lists: [ListID] = []
  ) {
    self.widget = widget
    self.endpoint = endpoint
    self.connector = connector
    self.hasCompanies = hasCompanies
    self.companies = companies
    self.lists = lists
  }

  /// The facts for a request that named nothing in the catalogue.
  package static let nothing = CatalogueFacts()
}

/// What a request located in the catalogue. Step 5 finds it, and step 6 compares grants with it.
package struct Located: Hashable, Sendable {
  package let connector: ConnectorID
  /// The companies located; nil on a connector that has no companies.
  package let companies: [CompanyID]?
  package let lists: [ListID]
  /// The item that the request asks for, in each of the lists that has it.
  package let item: LocatedItem?

  package init(connector: ConnectorID, companies: [CompanyID]?, lists: [ListID], item: LocatedItem? = nil) {
    self.connector = connector
    self.companies = companies
    self.lists = lists
    self.item = item
  }
}

package struct LocatedItem: Hashable, Sendable {
  package let kind: ItemKind
  /// The item of each located list.
  package let items: [ListItem]

  package init(kind: ItemKind, items: [ListItem]) {
    self.kind = kind
    self.items = items
  }
}
