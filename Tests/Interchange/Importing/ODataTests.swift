import Access
import Store
import Testing

@testable import Interchange

@Suite("OData metadata")
struct ODataTests {
  private static let type =
    #"<EntityType Name="T"><NavigationProperty Name="Lines" Type="Collection(NS.L)"/>"#
    + #"<NavigationProperty Name="Owner" Type="NS.L"/></EntityType><EntityType Name="L"/>"#

  @Test("entity sets are lists, collections are details, single entities are nothing")
  func details() throws {
    let imported = try CatalogueImport(Document.odata(Self.type, sets: ["As", "Bs"]), .odata)
    #expect(imported.listWords == ["As: detail Lines", "Bs: detail Lines"])
  }

  @Test(
    "bound actions are those of the lists of their type, or of its collection; others are none",
    arguments: [
      (#"<Action Name="go" IsBound="true"><Parameter Name="it" Type="NS.T"/></Action>"#, "As: action go"),
      (#"<Action Name="go" IsBound="true"><Parameter Name="it" Type="Self.T"/></Action>"#, "As: action go"),
      (
        #"<Action Name="go" IsBound="true"><Parameter Name="it" Type="Collection(Self.T)"/></Action>"#,
        "As: list action go"
      ),
      (
        #"<Action Name="go" IsBound="true"><Parameter Name="it" Type="NS.T"/><Parameter Name="n" Type="NS.X"/></Action>"#
          + #"<Action Name="go" IsBound="true"><Parameter Name="it" Type="NS.T"/></Action>"#, "As: action go"
      ),
      (#"<Action Name="go"><Parameter Name="it" Type="NS.T"/></Action>"#, "As"),
      (#"<Function Name="go" IsBound="true"><Parameter Name="it" Type="NS.T"/></Function>"#, "As"),
      (#"<Action Name="go" IsBound="true"><Parameter Name="it" Type="NS.Other"/></Action>"#, "As"),
    ])
  func actions(action: String, list: String) throws {
    let imported = try CatalogueImport(Document.odata(#"<EntityType Name="T"/>"# + action), .odata)
    #expect(imported.listWords == [list])
  }

  @Test("a derived type has what those that it is derived from have")
  func inheritance() throws {
    let schema =
      #"<EntityType Name="Base"><NavigationProperty Name="Notes" Type="Collection(NS.Base)"/></EntityType>"#
      + #"<EntityType Name="T" BaseType="Self.Base"><NavigationProperty Name="Lines" Type="Collection(NS.T)"/></EntityType>"#
      + #"<Action Name="go" IsBound="true"><Parameter Name="it" Type="NS.Base"/></Action>"#
    #expect(
      try CatalogueImport(Document.odata(schema), .odata).listWords
        == ["As: action go, detail Lines, detail Notes"])
  }

  @Test("several schemas, an included alias and a container that extends another are read together")
  func schemas() throws {
    let text = """
      <edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
      <edmx:Reference Uri="https://example.com/v1"><edmx:Include Namespace="Org.Sales" Alias="S"/></edmx:Reference>
      <edmx:DataServices xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <Schema Namespace="Org.Sales"><EntityType Name="Order"/>
      <EntityContainer Name="Base"><EntitySet Name="Orders" EntityType="S.Order"/></EntityContainer></Schema>
      <Schema Namespace="Org.Stock"><EntityType Name="Bin"/>
      <EntityContainer Name="All" Extends="S.Base"><EntitySet Name="Bins" EntityType="Org.Stock.Bin"/></EntityContainer>
      </Schema></edmx:DataServices></edmx:Edmx>
      """
    let imported = try CatalogueImport(text, .odata, .named("C", grouping: .auto))
    #expect(imported.listWords == ["Org.Sales/Orders", "Org.Stock/Bins"])
    #expect(imported.noteWords == [])
    let elsewhere = text.replacing("Extends=\"S.Base\"", with: "Extends=\"Other.Base\"")
    #expect(
      try CatalogueImport(elsewhere, .odata).noteWords == [
        "line 7: the service extends “Other.Base”, whose lists are in another document, and missing here"
      ])
  }

  @Test("a type in another document leaves a list without items, and is reported")
  func unknownType() throws {
    let imported = try CatalogueImport(Document.odata("", type: "Elsewhere.T"), .odata)
    #expect(imported.listWords == ["As"])
    #expect(imported.noteWords.first?.contains("is not in this document") == true)
  }

  @Test(
    "lists are grouped by namespace where there are several, or else by a word that several share",
    arguments: [
      (
        ["salesOrders", "salesInvoices", "vendors"], ["Sales/salesOrders", "Sales/salesInvoices", "vendors"]
      ),
      (["customers", "customerPayments"], ["Customer/customers", "Customer/customerPayments"]),
      (["Sales_Order", "SALES-LINE"], ["SALES/Sales_Order", "SALES/SALES-LINE"]),
      (["GLEntries", "GLAccounts"], ["GL/GLEntries", "GL/GLAccounts"]),
      (["a", "b"], ["a", "b"]),
    ])
  func grouping(sets: [String], lists: [String]) throws {
    let text = Document.odata(#"<EntityType Name="T"/>"#, sets: sets)
    #expect(try CatalogueImport(text, .odata, .named("C", grouping: .auto)).listWords == lists)
    #expect(try CatalogueImport(text, .odata, .named("C", grouping: .none)).listWords == sets)
    #expect(
      try CatalogueImport(text, .odata, .named("C", grouping: .namespace)).listWords
        == sets.map { "NS/" + $0 })
  }

  private static let companies =
    #"<EntityType Name="Company"><NavigationProperty Name="orders" "#
    + #"Type="Collection(NS.T)" ContainsTarget="true"/></EntityType><EntityType Name="T"/>"#

  @Test("a company contains the lists, and is none itself; singletons of it name the companies")
  func companies() throws {
    let text = Document.odata(Self.companies, sets: ["companies"], type: "NS.Company")
    let imported = try CatalogueImport(text, .odata)
    #expect(imported.listWords == ["orders"])
    #expect(imported.connectors.first?.hasCompanies == true)
    let named = text.replacing("<EntitySet", with: #"<Singleton Name="MX" Type="Self.Company"/><EntitySet"#)
    #expect(try CatalogueImport(named, .odata).connectors.first?.entry.companies.map(\.name.text) == ["MX"])
  }

  @Test("a service that has companies is not imported as a connector without any")
  func companiesNeeded() throws {
    let text = Document.odata(Self.companies, sets: ["companies"], type: "NS.Company")
    let fixture = try Fixture()
    #expect(throws: SecurityFileErrors.self) { try fixture.carryOut(CatalogueImport(text, .odata)) }
    #expect(try fixture.store.read { try $0.connectors() }.isEmpty)
    try fixture.carryOut(CatalogueImport(text, .odata, .named("C", companies: ["MX", "US, Inc."])))
    #expect(try fixture.administration.plan(CatalogueImport(text, .odata)).isEmpty)
  }

  @Test("names that the catalogue can't have are left out, and told with their line")
  func names() throws {
    let long = String(repeating: "x", count: 101)
    let imported = try CatalogueImport(
      Document.odata(#"<EntityType Name="T"/>"#, sets: ["As", "AS", long]), .odata)
    #expect(imported.listWords == ["As"])
    #expect(
      imported.noteWords == [
        "line 5: left out: list “AS”: there is one of that name already",
        "line 5: left out: list “\(long)”: a name has at most 100 characters",
      ])
  }

  @Test("a document as Business Central publishes it is read whole")
  func businessCentral() throws {
    let imported = try CatalogueImport.parse(
      try Document.bytes(Document.businessCentral), named: "doc", as: .odata,
      try .named("Business Central", companies: ["MX", "US"], grouping: .auto))
    #expect(imported.connectors.first?.entry.lists.count == 124)
    #expect(
      imported.listWords.contains(
        "Sales/salesQuotes: action makeInvoice, action makeOrder, action send, detail salesQuoteLines, "
          + "detail attachments, detail dimensionSetLines"))
    #expect(imported.noteWords.count == 2)
  }
}
