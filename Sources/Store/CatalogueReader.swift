package import Access

/// What the catalogue holds. Whoever may add tokens in a widget's page, or edit widgets, is handed no more than this.
///
/// A function that is given an id that isn't there reads nil or nothing.
///
/// Errors: ``StoreError``.
package protocol CatalogueReader {
  /// All by name.
  func connectors() throws -> [Connector]
  func connector(_ id: ConnectorID) throws -> Connector?
  func connector(named key: NameKey) throws -> Connector?
  func companies(of connector: ConnectorID) throws -> [Company]
  /// By group, then name; those without a group last.
  func lists(of connector: ConnectorID) throws -> [CatalogueList]
  /// By list, kind and name.
  func items(of connector: ConnectorID) throws -> [Item]
  func company(_ id: CompanyID) throws -> Company?
  func list(_ id: ListID) throws -> CatalogueList?
  func item(_ id: ItemID) throws -> Item?
  func widgets() throws -> [Widget]
  func widget(_ id: WidgetID) throws -> Widget?
  func endpoints() throws -> [Endpoint]
  func endpoint(_ id: EndpointID) throws -> Endpoint?
  /// The entry of a thing, whatever kind it has; nil also for a kind that is no part of the catalogue.
  func entry(_ thing: DeletedThing) throws -> CatalogueEntry?
  func catalogueCounts(of connector: ConnectorID) throws -> CatalogueCounts
}

/// How much a connector has.
package struct CatalogueCounts: Hashable, Sendable {
  package let companies: Int
  package let lists: Int
  package let items: Int

  package init(companies: Int, lists: Int, items: Int) {
    self.companies = companies
    self.lists = lists
    self.items = items
  }
}

/// A deleted catalogue entry that would come back under its old id.
package struct Revival<Kind> {
  package let id: Identifier<Kind>
  /// Grants of living subjects that name it.
  package let grantCount: Int

  package init(id: Identifier<Kind>, grantCount: Int) {
    self.id = id
    self.grantCount = grantCount
  }
}
