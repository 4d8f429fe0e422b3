package import Access

/// A connector with all that it has, or is to have. Companies and lists are found by id and by name.
package struct ConnectorCatalogue: Sendable {
  package let connector: Connector
  /// By name where a store tells them; empty where the connector has none.
  package let companies: [Company]
  /// Where a store tells them by group, then name; those without a group last.
  package let lists: [CatalogueList]
  /// Of each list, where a store tells them by kind and name.
  package let items: [ListID: [Item]]
  package let companyIndex: NameIndex<Company>
  package let listIndex: NameIndex<CatalogueList>

  package init(connector: Connector, companies: [Company], lists: [CatalogueList], items: [ListID: [Item]]) {
    self.connector = connector
    self.companies = companies
    self.lists = lists
    self.items = items
    companyIndex = NameIndex(companies)
    listIndex = NameIndex(lists)
  }

  package var id: ConnectorID { connector.id }

  /// All of it, for grants to be weighed against.
  package var whole: Located {
    Located(
      connector: id, companies: companies.isEmpty ? nil : companies.map(\.id), lists: lists.map(\.id))
  }

  package func items(_ kind: ItemKind, of list: ListID?) -> [Item] {
    list.flatMap { items[$0] }?.filter { $0.kind == kind } ?? []
  }
}

extension CatalogueReader {
  /// All that a connector has.
  package func catalogue(of connector: Connector) throws -> ConnectorCatalogue {
    let id = connector.id
    return ConnectorCatalogue(
      connector: connector, companies: try companies(of: id), lists: try lists(of: id),
      items: Dictionary(grouping: try items(of: id), by: \.list))
  }
}

/// Finds entries of the catalogue of one kind, by id and by name.
package struct NameIndex<Member: CatalogueMember>: Sendable {
  private let byID: [Identifier<Member>: Member]
  private let byKey: [NameKey: Member]

  package init(_ members: [Member]) {
    byID = Dictionary(members.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    byKey = members.byKey
  }

  package subscript(id: Identifier<Member>) -> Member? { byID[id] }
  package subscript(key: NameKey) -> Member? { byKey[key] }
}

extension Sequence where Element: CatalogueMember {
  /// By what their names are compared by; of several of one name the first.
  package var byKey: [NameKey: Element] {
    Dictionary(map { (NameKey($0.name), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
