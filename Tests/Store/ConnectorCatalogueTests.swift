import Access
import Store
import Testing

@Suite struct ConnectorCatalogueTests {
  @Test("companies and lists are found by id and by name, and items by their kind and list")
  func lookups() throws {
    let connector = Connector(id: .random(), name: try Name("Business Central"))
    let company = Company(id: .random(), connector: connector.id, name: try Name("Müller GmbH"))
    let list = CatalogueList(id: .random(), connector: connector.id, name: try Name("Orders"), group: nil)
    let items = try ItemKind.allCases.map {
      Item(id: .random(), list: list.id, kind: $0, name: try Name("Release"))
    }
    let catalogue = ConnectorCatalogue(
      connector: connector, companies: [company], lists: [list], items: [list.id: items])
    #expect(catalogue.companyIndex[company.id] == company)
    #expect(catalogue.companyIndex[NameKey(try Name("MÜLLER gmbh"))] == company)
    #expect(catalogue.listIndex[NameKey(try Name("orders"))] == list)
    #expect(catalogue.listIndex[.random()] == nil)
    #expect(catalogue.listIndex[NameKey(company.name)] == nil)
    for item in items { #expect(catalogue.items(item.kind, of: list.id) == [item]) }
    #expect(catalogue.items(.action, of: nil).isEmpty)
    #expect(catalogue.items(.action, of: .random()).isEmpty)
  }

  @Test("a connector without companies has none to weigh grants against, and not no company")
  func whole() throws {
    let connector = Connector(id: .random(), name: try Name("SharePoint"))
    let company = Company(id: .random(), connector: connector.id, name: try Name("MX"))
    func whole(_ companies: [Company]) -> Located {
      ConnectorCatalogue(connector: connector, companies: companies, lists: [], items: [:]).whole
    }
    #expect(whole([]).companies == nil)
    #expect(whole([company]).companies == [company.id])
  }

  @Test("where several have one name, the first is found")
  func sameName() throws {
    let connector = ConnectorID.random()
    let companies = try ["MX", "mx"].map { Company(id: .random(), connector: connector, name: try Name($0)) }
    let index = NameIndex(companies)
    #expect(index[NameKey(try Name("MX"))] == companies[0])
    #expect(companies.allSatisfy { index[$0.id] == $0 })
  }
}
