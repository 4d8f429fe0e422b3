import Access
import Administration
import Store
import Testing

@testable import Interchange

@Suite("An import")
struct ImportPlanTests {
  static let whole = """
    connector,company,group,list,kind,item
    C,MX,Sales,Orders,action,Release
    C,US,Sales,Quotes,,
    """
  static let less = "connector,company,group,list,kind,item\nC,US,Sales,Quotes,,\n"
  /// Another connector, a widget and an endpoint on each, and grants on what will vanish.
  static let others = """
    popsec: 1
    catalogue:
      connectors:
        - {name: C, companies: [MX, US], lists: [{name: Orders, group: Sales, actions: [Release]}, {name: Quotes, group: Sales}]}
        - {name: Other, lists: [{name: L}]}
      widgets:
        - {name: W, url: 'https://e.org/w', connector: C, lists: [Orders, Quotes]}
      endpoints:
        - {name: e, url: 'https://e.org/e', connector: C, list: Orders}
        - {name: f, url: 'https://e.org/f', connector: Other, list: L}
    teams:
      - {name: T, grants: [{connector: C, roles: [User], companies: [MX], lists: [Orders], actions: [{list: Orders, name: Release}]}]}
      - {name: All, grants: [{connector: C, roles: [User], companies: all, lists: all}]}
    apiUsers: [{name: A, grants: [{connector: C, roles: [User], companies: [MX, US], lists: [Quotes]}]}]
    """

  private func csv(_ text: String) throws -> CatalogueImport {
    try CatalogueImport(text, .csv, ImportOptions())
  }

  @Test("a plan tells what is new, and after it is carried out there is nothing to do")
  func additions() throws {
    let fixture = try Fixture()
    let plan = try fixture.carryOut(csv(Self.whole))
    #expect(
      plan.words == [
        "connectors", "+ C", "companies", "+ MX", "+ US", "lists", "+ Orders  group Sales; 1 action",
        "+ Quotes  group Sales",
      ])
    #expect(plan.summary == "5 to add, 0 to change, 0 to remove")
    #expect(try fixture.administration.plan(csv(Self.whole)).isEmpty)
    #expect(
      try fixture.store.read { try $0.auditRecords(after: 0, limit: 100) }.map(\.action).contains(
        "store.import"))
  }

  @Test("a plan tells what vanishes, and which grants and places name it; grants are kept, and come back")
  func vanishing() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.others)
    let before = try fixture.export()
    let plan = try fixture.carryOut(csv(Self.less))
    #expect(
      plan.words == [
        "companies", "- MX", "lists", "- Orders",
        "grants that name what vanishes (they are kept, and give nothing by it)",
        "! team “T”: company “MX”, list “Orders”, action “Release” of “Orders”",
        "! API user “A”: company “MX”",
        "what shows what vanishes", "! widget “W”: “Orders”", "! endpoint “e”: “Orders”",
      ])
    #expect(try granted(fixture, "T").lists == .only([]))
    #expect(try dangling(fixture, "T") == ["company MX", "list Orders", "action Orders: Release"])
    let back = try fixture.carryOut(csv(Self.whole))
    #expect(
      back.words.filter { $0.contains("gives back") } == [
        "+ company MX: gives back what 2 grants name of it",
        "+ list Orders: gives back what 1 grant names of it",
        "+ list Orders: action Release: gives back what 1 grant names of it",
      ])
    #expect(try dangling(fixture, "T") == [])
    #expect(try fixture.export() == before)
  }

  @Test("touches no other connector, no widget, no team and no user")
  func others() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.others)
    try fixture.carryOut(csv("connector,list\nC,Quotes\nNew,X\n"))
    let export = try fixture.export()
    for text in ["name: Other", "name: W", "name: f", "name: T", "name: A", "name: New"] {
      #expect(export.contains(text))
    }
    #expect(try fixture.store.read { try $0.endpoints() }.count == 2)
  }

  @Test(
    "import, export, plan and import again are stable",
    arguments: [
      (Document.businessCentral, ImportFormat.odata), (Document.webshop, .openapi),
    ])
  func stable(document: String, format: ImportFormat) throws {
    let fixture = try Fixture()
    let imported = try CatalogueImport.parse(
      try Document.bytes(document), named: "doc", as: format,
      try .named("Service", companies: ["MX", "US"], grouping: .auto))
    try fixture.carryOut(imported)
    let export = try fixture.export()
    #expect(try fixture.plan(export).isEmpty)
    #expect(try fixture.administration.plan(imported).isEmpty)
    let other = try Fixture()
    try other.apply(export)
    #expect(try other.administration.plan(imported).isEmpty)
    #expect(try other.export() == export)
  }

  @Test("the same document in another order plans the same")
  func order() throws {
    let fixture = try Fixture()
    let lines = Self.whole.split(separator: "\n").map(String.init)
    let backwards = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n")
    #expect(try fixture.administration.plan(csv(Self.whole)) == fixture.administration.plan(csv(backwards)))
  }

  @Test("endpoints of the connector come, change and go; what somebody disabled stays so")
  func endpoints() throws {
    let fixture = try Fixture()
    let first = Document.openAPI(
      "  /a: {get: {operationId: a}, put: {operationId: b}}\n  /c: {get: {operationId: c}}")
    try fixture.carryOut(CatalogueImport(first, .openapi))
    try fixture.administration.change { change in
      let endpoint = try #require(try change.reader.endpoints().first { $0.name.text == "a" })
      var disabled = endpoint
      disabled.isEnabled = false
      try change.update(disabled, was: endpoint)
    }
    #expect(try fixture.administration.plan(CatalogueImport(first, .openapi)).isEmpty)
    let second = Document.openAPI("  /a: {get: {operationId: a}}\n  /d: {get: {operationId: c}}")
    let plan = try fixture.carryOut(CatalogueImport(second, .openapi))
    #expect(
      plan.words.filter { $0.hasSuffix("/c") || $0.hasPrefix("- b") || $0.hasPrefix("~") } == [
        "- /c", "- b",
        "~ c  url: https://shop.example.com/api/c -> https://shop.example.com/api/d; list: /c -> /d",
      ])
    #expect(try fixture.store.read { try $0.endpoints() }.first { $0.name.text == "a" }?.isEnabled == false)
  }

  @Test("an endpoint whose name or address another has is left out, and told; the other stays as it is")
  func conflicts() throws {
    let fixture = try Fixture()
    let exact =
      "endpoints:\n    - {name: g, url: 'https://e.org/g', connector: C, list: Orders, match: exact}"
    try fixture.apply(Self.others.replacing("endpoints:", with: exact))
    let text = Document.openAPI(
      "  /f: {get: {operationId: F}}\n  /g: {get: {}}\n  /w: {get: {}}\n  /x: {get: {operationId: x}}")
    var options = try ImportOptions.named("New")
    options.baseURL = "https://e.org"
    let plan = try fixture.carryOut(CatalogueImport(text, .openapi, options))
    #expect(
      plan.notes.map(\.words) == [
        "line 5: left out: endpoint “F”: another connector has one of that name; rename it by a mapping",
        "line 6: left out: endpoint “GET /g”: a request could mean the endpoint “g” as well",
      ])
    #expect(
      try fixture.store.read { try $0.endpoints() }.map(\.name.text).sorted() == [
        "GET /w", "e", "f", "g", "x",
      ])
  }

  @Test("limited tokens that lose an address are named")
  func narrowed() throws {
    let fixture = try Fixture()
    func imported(_ paths: String) throws -> CatalogueImport {
      try CatalogueImport(Document.openAPI(paths), .openapi)
    }
    try fixture.carryOut(
      imported(
        "  /a: {get: {operationId: a}}\n  /b: {get: {operationId: b}}\n  /c: {get: {operationId: c}}\n  /d: {get: {operationId: d}}"
      ))
    try fixture.apply(
      """
      popsec: 1
      apiUsers:
        - {name: P, tokens: [{name: both, endpoints: [a, b]}, {name: kept, endpoints: [c]}, {name: free}]}
        - {name: Q, tokens: [{name: moved, endpoints: [d]}]}
      """)
    let again = try imported(
      "  /a/{id}: {get: {operationId: a}}\n  /c: {get: {operationId: c}}\n  /d: {put: {operationId: d}}")
    let words = try fixture.administration.plan(again).words
    let start = try #require(words.firstIndex(of: "limited tokens that lose an address"))
    #expect(
      words[(start + 1)...].prefix(2) == [
        "! token “both” of API user “P”: endpoint “a”, “b”", "! token “moved” of API user “Q”: endpoint “d”",
      ])
    #expect(try fixture.administration.plan(again).narrowedCount == 2)
  }

  @Test("a prefix endpoint that becomes exact loses what is below it")
  func prefixes() throws {
    let fixture = try Fixture()
    let file = """
      popsec: 1
      catalogue:
        connectors: [{name: Shop, lists: [{name: /a}]}]
        endpoints: [{name: a, url: 'https://shop.example.com/api/a', connector: Shop, list: /a}]
      apiUsers: [{name: P, tokens: [{name: t, endpoints: [a]}]}]
      """
    try fixture.apply(file)
    let plan = try fixture.administration.plan(
      CatalogueImport(Document.openAPI("  /a: {get: {operationId: a}}"), .openapi, ImportOptions()))
    #expect(plan.narrowed.map(\.endpoints) == [["a"]])
  }

  @Test("only a person who may manage the catalogue can plan and carry out")
  func permission() throws {
    let fixture = try Fixture()
    let imported = try csv(Self.whole)
    let plan = try fixture.administration.plan(imported)
    let other = fixture.operating(with: Set(Permission.allCases).subtracting([.catalogueManage]))
    #expect(throws: AdministrationError.notPermitted(.catalogueManage)) { try other.plan(imported) }
    #expect(throws: AdministrationError.notPermitted(.catalogueManage)) {
      try other.carryOut(imported, expecting: plan)
    }
    #expect(try fixture.store.read { try $0.connectors() }.isEmpty)
  }

  @Test("nothing is done where the store changed so that something else would be done")
  func changedMeanwhile() throws {
    let fixture = try Fixture()
    let plan = try fixture.administration.plan(csv(Self.whole))
    try fixture.administration.change { _ = try $0.addConnector(try Name("c")) }
    #expect(throws: Trouble.self) { try fixture.administration.carryOut(csv(Self.whole), expecting: plan) }
    #expect(try fixture.store.read { try $0.connectors() }.map(\.name.text) == ["c"])
  }

  @Test("progress is reported list by list, up to the whole")
  func progress() throws {
    let fixture = try Fixture()
    let imported = try csv(Self.whole)
    var told: [[Int]] = []
    try fixture.administration.carryOut(imported, expecting: fixture.administration.plan(imported)) {
      told.append([$0, $1])
    }
    #expect(told == [[0, 3], [1, 3], [2, 3], [3, 3]])
  }

  @Test(
    "the time for the words of a plan grows no faster than its 30,000 changes", .timeLimit(.minutes(1)))
  func manyChanges() {
    let changes = (0..<30_000).map {
      ImportChange(kind: .added, thing: .list, name: "L\($0)", connector: "C", details: ["group G"])
    }
    let plan = ImportPlan(
      changes: changes, opening: [], returning: [], dangling: [], danglingCount: 0, orphans: [], narrowed: [],
      narrowedCount: 0, notes: [], plan: Plan(changes: []))
    #expect(plan.lines().count == 30_001)
  }

  @Test("a connector keeps the companies that a document does not tell")
  func companies() throws {
    let fixture = try Fixture()
    try fixture.carryOut(csv(Self.whole))
    #expect(
      try fixture.carryOut(csv("connector,list\nC,Orders\nC,Quotes\n")).words.allSatisfy {
        !$0.contains("MX")
      })
    var options = ImportOptions()
    options.companies = []
    let none = try CatalogueImport("connector,list\nC,Orders\nC,Quotes\n", .csv, options)
    let plan = try fixture.administration.plan(none)
    #expect(plan.words.contains("- MX"))
    #expect(plan.notes.map(\.text).contains { $0.contains("“C” loses its last company") })
    #expect(plan.opening == [])
  }

  @Test("the plan and its effect warn of those to whom the loss of the last company opens lists")
  func lastCompany() throws {
    let fixture = try Fixture()
    try fixture.carryOut(csv(Self.whole))
    try fixture.apply(
      """
      popsec: 1
      teams: [{name: T, grants: [{connector: C, roles: [User], lists: all}]}]
      apiUsers: [{name: A, teams: [T], roles: [APIReader]}]
      """)
    var options = ImportOptions()
    options.companies = []
    let none = try CatalogueImport("connector,list\nC,Orders\nC,Quotes\n", .csv, options)
    let plan = try fixture.administration.plan(none)
    let gives = "gives 1 grant its lists whole, narrowed to no company: team “T” (all lists)"
    #expect(plan.opening == ["“C”: the last company leaves: \(gives)"])
    let lines = plan.lines()
    #expect(lines.prefix(2).map(\.text) == ["what opens", "“C”: the last company leaves: \(gives)"])
    #expect(lines[1].tone == .warning)
    let effect = try fixture.administration.effect(of: { try $0.carryOut(none, expecting: plan) })
    let words = EffectWords(effect).lines
    #expect(words.first?.tone == .warning && words.first?.text == "the last company leaves “C”: \(gives)")
    #expect(words.contains { $0.tone == .gain && $0.text == "API user “A” gains Orders, Quotes (C)" })
  }

  @Test(
    "a document is known by its beginning",
    arguments: [
      (Document.odata(""), ImportFormat.odata), (Document.openAPI(""), .openapi),
      ("{ \"openapi\": 1", .openapi),
      (whole, .csv), ("list;group\n", .csv), ("hello", nil), ("", nil), ("<html>", nil),
    ])
  func guessing(text: String, format: ImportFormat?) {
    #expect(ImportFormat.guess(Array(text.utf8)) == format)
    #expect(ImportFormat.guess([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == format)
  }

  private func granted(_ fixture: Fixture, _ team: String) throws -> Permissions {
    try fixture.store.read { reader in
      let team = try #require(try reader.team(named: NameKey(try Name(team))))
      return try #require(try reader.grants(of: .team(team.id)).first).permissions
    }
  }

  private func dangling(_ fixture: Fixture, _ team: String) throws -> [String] {
    try fixture.store.read { reader in
      let team = try #require(try reader.team(named: NameKey(try Name(team))))
      let connector = try #require(try reader.connector(named: NameKey(try Name("C"))))
      return try reader.danglingParts(of: .team(team.id), on: connector.id).map { part in
        let kind =
          switch part.kind {
          case .company: "company"
          case .list: "list"
          case .item(let kind): kind.rawValue
          }
        return "\(kind) " + (part.list.map { "\($0.text): " } ?? "") + part.name.text
      }
    }
  }
}
