import Access
import Foundation
import Interchange
import Testing

@testable import popsec

@Suite("Records as tables and as JSON")
struct RecordTests {
  private struct Fruit: Record {
    let name: String
    let weight: Int?
    let kinds: [String]

    static let columns: [Column<Self>] = [
      Column("name", "Name") { $0.name },
      Column("weight", "Weight", alignsRight: true) { $0.weight },
      Column("kinds", "Kinds", { $0.kinds }) { $0.kinds.isEmpty ? nil : $0.kinds.cellText },
      .shown("Length") { String($0.name.count) },
      .data("isHeavy") { $0.weight.map { $0 > 100 } },
      .dataIfAny("note") { $0.weight == nil ? "unweighed" : nil },
    ]
  }

  private static let fruit = [
    Fruit(name: "Apple/\u{202E}", weight: 150, kinds: ["red", "green"]),
    Fruit(name: "Fig", weight: nil, kinds: []),
  ]

  /// The text that the body writes into a file.
  private func written(_ body: (Output) throws -> Void) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("popsec-\(UUID().uuidString)")
    try Data().write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forWritingTo: file)
    let output = Output(descriptor: handle.fileDescriptor)
    try body(output)
    try output.flush()
    try handle.close()
    return try String(contentsOf: file, encoding: .utf8)
  }

  private func written(
    _ format: OutputFormat, columns: [String]? = nil, hasHeader: Bool = true, _ pages: [[Fruit]]
  ) throws -> String {
    try written { output in
      var writer = try RecordWriter<Fruit>(
        output, PrintOptions(format: format, columns: columns, hasHeader: hasHeader))
      for page in pages { try writer.add(page) }
      try writer.finish()
    }
  }

  static let apple =
    #"{"isHeavy":true,"kinds":["red","green"],"name":"Apple/\u202e","weight":150}"#
  static let fig = #"{"isHeavy":null,"kinds":[],"name":"Fig","note":"unweighed","weight":null}"#

  @Test("JSON is an array with one element a line, its keys sorted, however the pages are cut")
  func json() throws {
    let expected = "[\n\(Self.apple),\n\(Self.fig)\n]\n"
    #expect(try written(.json, [Self.fruit]) == expected)
    #expect(try written(.json, Self.fruit.map { [$0] } + [[]]) == expected)
    #expect(try written(.json, []) == "[]\n")
    #expect(try written(.json, [[]]) == "[]\n")
  }

  @Test("JSON lines are the same elements, each on a line")
  func jsonLines() throws {
    #expect(try written(.jsonl, Self.fruit.map { [$0] }) == "\(Self.apple)\n\(Self.fig)\n")
    #expect(try written(.jsonl, []) == "")
  }

  @Test("a table shows what has a title, and its titles also where there is no row")
  func table() throws {
    let table = try written(.table, [Self.fruit]).split(separator: "\n")
    #expect(table.first == "Name     Weight  Kinds       Length")
    #expect(table.last == "Fig           –              3")
    #expect(try written(.table, [[]]) == "Name  Weight  Kinds  Length\n")
  }

  @Test("YAML is a sequence of the same elements, their keys in the order of the columns")
  func yaml() throws {
    let expected = """
      - name: "Apple/\\u202E"
        weight: 150
        kinds:
          - red
          - green
        isHeavy: true
      - name: Fig
        weight: null
        kinds: []
        isHeavy: null
        note: unweighed

      """
    #expect(try written(.yaml, [Self.fruit]) == expected)
    #expect(try written(.yaml, Self.fruit.map { [$0] } + [[]]) == expected)
    #expect(try written(.yaml, []) == "[]\n")
  }

  @Test("CSV has the keys above the rows, and its fields are quoted where they need it")
  func csv() throws {
    let rows = [
      "name,weight,kinds,isHeavy,note", "Apple/\u{FFFD},150,\"[\"\"red\"\",\"\"green\"\"]\",true,",
      "Fig,,[],,unweighed",
    ]
    let header = try written(.csv, [[]])
    #expect(header == rows[0] + "\n")
    let text = try written(.csv, [Self.fruit])
    #expect(text.hasPrefix(rows[0] + "\n"))
    #expect(text.hasSuffix(rows[2] + "\n"))
    #expect(text.contains(#"150,"[""red"",""green""]",true,"#))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(try written(.csv, hasHeader: false, [[Self.fruit[1]]]) == rows[2] + "\n")
    #expect(try written(.csv, hasHeader: false, [[]]) == "")
  }

  @Test(
    "a field that a spreadsheet could take for a formula is marked as a text",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("a=1", "a=1"), ("", ""),
      ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=\"a\",b", "\"'=\"\"a\"\",b\""), ("a\nb", "\"a\nb\""),
    ])
  func formulas(text: String, field: String) {
    #expect(DocumentValue.text(text).csv == field)
  }

  @Test("columns are chosen by key, or by title in any case, also those that only scripts see usually")
  func columns() throws {
    #expect(
      try written(.table, columns: ["isHeavy", "NAME"], [[Self.fruit[1]]]) == "isHeavy  Name\n–        Fig\n")
    #expect(
      try written(.json, columns: ["weight", "name"], [[Self.fruit[1]]])
        == "[\n{\"name\":\"Fig\",\"weight\":null}\n]\n")
    #expect(try written(.csv, columns: ["weight", "name"], [[Self.fruit[1]]]) == "weight,name\n,Fig\n")
    #expect(try written(.table, hasHeader: false, [[Self.fruit[1]]]) == "Fig  –    3\n")
  }

  @Test(
    "a column that is not there is refused with the nearest", arguments: [OutputFormat.table, .json, .csv])
  func unknownColumn(format: OutputFormat) throws {
    let problem = #expect(throws: Trouble.self) { try written(format, columns: ["nane"], []) }
    #expect(problem?.message == "there is no column “nane”")
    #expect(problem?.hint?.hasPrefix("did you mean name? there are name, weight") == true)
    #expect(problem?.exitStatus == .usage)
  }

  @Test("one record is told line by line, without what it does not have")
  func fields() throws {
    let lines = try written { try $0.fields(Self.fruit[1]) }
    #expect(lines == "Name    Fig\nWeight  –\nLength  3\n")
  }
}
