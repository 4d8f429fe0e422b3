import Access
import Testing

@testable import Interchange

@Suite("A mapping file")
struct MappingTests {
  static let csv = """
    connector,company,group,list,kind,item
    C,MX,sales,salesOrders,action,NS.release
    C,XX,sales,salesLog,action,NS.purge
    C,,stock,bins,,
    """

  @Test("skips, renames and groups by published names, and a * at the end means whatever begins so")
  func rules() throws {
    let map = """
      skip: {lists: [salesL*], companies: [XX], actions: [NS.purge]}
      rename:
        lists: {salesOrders: Sales Orders}
        groups: {sales: Sales}
        actions: {NS.release: Release order}
      groups: {Warehouse: [bin*]}
      """
    let imported = try CatalogueImport(Self.csv, .csv, ImportOptions(), map: map)
    #expect(imported.listWords == ["Sales/Sales Orders: action Release order", "Warehouse/bins"])
    #expect(imported.connectors.first?.entry.companies.map(\.name.text) == ["MX"])
    #expect(imported.noteWords == ["map:1:53: “NS.purge” matches nothing"])
  }

  @Test("a whole group can be skipped, and an endpoint goes with its list")
  func wholes() throws {
    #expect(try CatalogueImport(Self.csv, .csv, map: "skip: {groups: [sales]}").listWords == ["stock/bins"])
    let paths =
      "  /a: {get: {operationId: x, tags: [T]}}\n  /b: {get: {operationId: y}, put: {operationId: z}}"
    let read = try CatalogueImport(
      Document.openAPI(paths), .openapi,
      map: "skip: {lists: [/a], endpoints: [z]}\nrename: {endpoints: {y: Y}}")
    #expect(read.endpointWords == ["GET https://shop.example.com/api/b /b Y"])
  }

  @Test("a rule that matches nothing is reported")
  func unused() throws {
    let imported = try CatalogueImport(Self.csv, .csv, map: "skip:\n  lists: [gone, gone*]\n")
    #expect(imported.noteWords == ["map:2:11: “gone” matches nothing", "map:2:17: “gone*” matches nothing"])
  }

  @Test(
    "errors in a mapping are reported with the line and the nearest key",
    arguments: [
      ("skipp: {}", "map:1:1: a mapping has no key “skipp”; did you mean “skip”?"),
      ("skip: {}\nfoo: 1", "map:2:1: a mapping has no key “foo”; it may have skip, rename or groups"),
      ("skip: {list: [a]}", "map:1:8: this part of a mapping has no key “list”; did you mean “lists”?"),
      ("skip: {lists: a}", "map:1:15: lists must be a list, this is text"),
      (
        "rename: {lists: {a*: b}}",
        "map:1:18: “a*” can be many, which can't all have one name; rename them one by one"
      ),
      ("rename: {lists: {a: ''}}", "map:1:21: a name must not be empty"),
      ("groups: {'': [a]}", "map:1:10: a name must not be empty"),
      ("skip: [", "map:2:1: not valid YAML: while parsing a flow node: did not find expected node content"),
    ])
  func wrong(map: String, problem: String) throws {
    let problems = try CatalogueImport.problems(Self.csv, .csv, map: map)
    #expect(problems == [problem])
  }

  @Test(
    "a file that is no mapping is refused as such, and no part of it is shown",
    arguments: [
      "hunter2: secret\n", "root:hunter2:0\n", "- hunter2\n", "",
    ])
  func none(map: String) throws {
    let problems = try CatalogueImport.problems(Self.csv, .csv, map: map)
    #expect(problems.count == 1)
    #expect(!problems.joined().contains("hunter2"))
  }
}
