/// All that is living of one connector.
package struct ConnectorCatalogue: Hashable, Sendable {
  package let connector: Connector
  /// By name; empty where the connector has none.
  package let companies: [Company]
  /// By group, then name; those without a group last.
  package let lists: [CatalogueList]
  /// By kind and name.
  package let items: [ListID: [Item]]

  package init(connector: Connector, companies: [Company], lists: [CatalogueList], items: [ListID: [Item]]) {
    self.connector = connector
    self.companies = companies
    self.lists = lists
    self.items = items
  }
}
