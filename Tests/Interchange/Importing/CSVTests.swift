import Access
import Testing

@testable import Interchange

@Suite("CSV")
struct CSVTests {
  static let text = #"""
    connector,company,group,list,kind,item
    BC,MX,,,,
    BC,"USA, Inc.",Sales,Orders,action,Release
    BC,,,Orders,detail,"Order ""lines"""
    BC,,,Orders,listAction,Export
    Stock,,,Bins,,
    """#

  @Test("lines add up to connectors with companies, lists, groups and items")
  func adding() throws {
    let imported = try CatalogueImport(Self.text, .csv, ImportOptions())
    #expect(imported.connectorNames.map(\.text) == ["BC", "Stock"])
    #expect(imported.connectors[0].entry.companies.map(\.name.text) == ["MX", "USA, Inc."])
    #expect(
      imported.listWords == [
        "Sales/Orders: action Release, detail Order \"lines\", list action Export", "Bins",
      ])
  }

  @Test(
    "separators, line ends, a mark, empty lines and the order of columns make no difference",
    arguments: [
      text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\r"), "\u{FEFF}" + text,
      text + "\n\n", text.replacing("\n", with: "\n\n"),
      text.replacing(
        "connector,company,group,list,kind,item", with: "Connector, COMPANY ,group,List,Kind,Item"),
      "item;kind;list;group;company;connector\n;;;;MX;BC\nRelease;Action;Orders;Sales;USA, Inc.;BC\n"
        + "\"Order \"\"lines\"\"\";detail;Orders;;;BC\nExport;list action;orders;sales;;bc\n;;Bins;;;Stock",
      "item\tkind\tlist\tgroup\tcompany\tconnector\n\t\t\t\tMX\tBC\nRelease\taction\tOrders\tSales\tUSA, Inc.\tBC\n"
        + "\"Order \"\"lines\"\"\"\tdetails\tOrders\t\t\tBC\nExport\tlistActions\tOrders\t\t\tBC\n\t\tBins\t\t\tStock",
    ])
  func same(text: String) throws {
    let (one, other) = try (
      CatalogueImport(Self.text, .csv, ImportOptions()), CatalogueImport(text, .csv, ImportOptions())
    )
    #expect(one.listWords == other.listWords)
    #expect(
      one.connectors.map { $0.entry.companies.map(\.name.text) }
        == other.connectors.map { $0.entry.companies.map(\.name.text) })
  }

  @Test("without a column for connectors an option names one, and without one for companies they stay")
  func fewColumns() throws {
    let imported = try CatalogueImport("list\nA\nB\n", .csv)
    #expect(imported.listWords == ["A", "B"])
    #expect(imported.connectors.first?.namesCompanies == false)
  }

  @Test(
    "errors are reported with their lines",
    arguments: [
      ("", "doc:1:1: the file is empty"),
      ("connector,group\nA,B", "doc:1:1: the column list is missing"),
      (
        "connector,list,hunter\nA,B,C",
        "doc:1:1: there is no column “hunter”; it may be connector, company, group, list, kind or item"
      ),
      ("connector,lists\nA,B", "doc:1:1: there is no column “lists”; did you mean “list”?"),
      ("connector,list,list\n", "doc:1:1: the column list is there twice"),
      (
        "connector,list\nA,B,C",
        "doc:2:1: this line has 3 fields, the first has 2; a field with a separator in it must be in quotes"
      ),
      ("connector,list\nA,\"B", "doc:2:1: a quoted field that begins here has no end"),
      (
        "connector,list\nA,B\nA,\"B\"c",
        "doc:3:1: something follows the closing quote of a field; a quote within quotes is written twice"
      ),
      (
        "connector,list\nA,b\"c",
        "doc:2:1: a quote within a field that is not quoted; quote the field, and write it twice"
      ),
      ("connector,list\n,B", "doc:2:1: this line names no connector"),
      (
        "connector,list,group\nA,B,x\nA,B,y",
        "doc:3:1: the list “B” is in two groups; it is in another at line 2"
      ),
      ("connector,list,kind,item\nA,B,action,", "doc:2:1: this line has a kind and no item"),
      (
        "connector,list,kind,item\nA,B,,x",
        "doc:2:1: this line has an item of no kind; a kind is action, detail or listAction"
      ),
      (
        "connector,list,kind,item\nA,B,verb,x",
        "doc:2:1: there is no kind “verb”; a kind is action, detail or listAction"
      ),
      ("connector,list,kind,item\nA,,action,x", "doc:2:1: this line has a group or an item, and no list"),
    ])
  func wrong(text: String, problem: String) throws {
    let problems = try CatalogueImport.problems(text, .csv, ImportOptions())
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test("a file that is no such CSV is refused as such, and no part of it is shown")
  func none() throws {
    for text in ["root:x:0:0:hunter2\n", "hunter2,secret\n1,2\n", "<a>hunter2</a>"] {
      let problems = try CatalogueImport.problems(text, .csv, ImportOptions())
      #expect(problems.count == 1)
      #expect(!problems.joined().contains("hunter2"))
    }
    #expect(
      try CatalogueImport.problems([0x6C, 0xE9, 0x2C], .csv) == [
        "doc:1:1: not valid UTF-8 text; save it as “CSV UTF-8”"
      ])
  }

  @Test("names in one line may have commas within quotes")
  func names() throws {
    #expect(try ImportOptions.names(in: "MX,\"USA, Inc.\",").map(\.text) == ["MX", "USA, Inc."])
    #expect(try ImportOptions.names(in: "").isEmpty)
    #expect(throws: Trouble.self) { try ImportOptions.names(in: "\"MX") }
  }
}
