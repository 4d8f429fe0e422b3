/// The part of the catalogue that a request touches; only what is living.
package struct CatalogueFacts: Hashable, Sendable {
  /// The widget asked for.
  package var widget: Widget?
  /// The endpoint asked for.
  package var endpoint: Endpoint?
  /// The connector of the widget or endpoint, or the one asked for.
  package var connector: ConnectorID?
  /// Whether that connector has companies at all.
  package var hasCompanies: Bool
  /// The company that is named; where none is, all companies of the connector, by name.
  package var companies: [CompanyID]
  /// The list that is named; where none is, those of the widget or endpoint, by name.
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

  /// The request named nothing that the catalogue has.
  package static let nothing = CatalogueFacts()
}

/// What a request located in the catalogue: step 5's outcome, and what step 6 weighs grants against.
package struct Located: Hashable, Sendable {
  package let connector: ConnectorID
  /// Nil on a connector that has no companies.
  package let companies: [CompanyID]?
  package let lists: [ListID]
  /// The item asked for, of each of the lists.
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
  /// One for each of the lists located.
  package let items: [ListItem]

  package init(kind: ItemKind, items: [ListItem]) {
    self.kind = kind
    self.items = items
  }
}
