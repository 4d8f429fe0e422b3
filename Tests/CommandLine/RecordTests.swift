import Foundation
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

  private func written(_ format: RecordFormat, _ pages: [[Fruit]]) throws -> String {
    try written { output in
      var writer = RecordWriter<Fruit>(output, format)
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
    #expect(try written(.jsonLines, Self.fruit.map { [$0] }) == "\(Self.apple)\n\(Self.fig)\n")
    #expect(try written(.jsonLines, []) == "")
  }

  @Test("a table shows what has a title, and its titles also where there is no row")
  func table() throws {
    let table = try written(.table, [Self.fruit]).split(separator: "\n")
    #expect(table.first == "Name     Weight  Kinds       Length")
    #expect(table.last == "Fig           –              3")
    #expect(try written(.table, [[]]) == "Name  Weight  Kinds  Length\n")
  }

  @Test("one record is told line by line, without what it does not have")
  func fields() throws {
    let lines = try written { try $0.fields(Self.fruit[1]) }
    #expect(lines == "Name    Fig\nWeight  –\nLength  3\n")
  }
}
