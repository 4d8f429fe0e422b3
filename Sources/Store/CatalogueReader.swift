package import Access

/// What the catalogue holds. Somebody who may only add tokens in a widget's page, or edit widgets, gets this
/// reader and no other.
///
/// For an id that does not exist the functions return nil or nothing.
///
/// Errors: ``StoreError``.
package protocol CatalogueReader {
  /// All connectors, ordered by name.
  func connectors() throws -> [Connector]
  func connector(_ id: ConnectorID) throws -> Connector?
  func connector(named key: NameKey) throws -> Connector?
  func companies(of connector: ConnectorID) throws -> [Company]
  /// The lists of a connector, ordered by group and name. Lists without a group come last.
  func lists(of connector: ConnectorID) throws -> [CatalogueList]
  /// The items of a connector, ordered by list, kind and name.
  func items(of connector: ConnectorID) throws -> [Item]
  func company(_ id: CompanyID) throws -> Company?
  func list(_ id: ListID) throws -> CatalogueList?
  func item(_ id: ItemID) throws -> Item?
  func widgets() throws -> [Widget]
  func widget(_ id: WidgetID) throws -> Widget?
  func endpoints() throws -> [Endpoint]
  func endpoint(_ id: EndpointID) throws -> Endpoint?
  /// The catalogue entry of a thing; nil also for a kind of thing that is not part of the catalogue.
  func entry(_ thing: DeletedThing) throws -> CatalogueEntry?
  func catalogueCounts(of connector: ConnectorID) throws -> CatalogueCounts
}

/// The numbers of things that a connector has.
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
  /// The number of grants of living subjects that name the entry.
  package let grantCount: Int

  package init(id: Identifier<Kind>, grantCount: Int) {
    self.id = id
    self.grantCount = grantCount
  }
}
