import Store
import Testing

@Suite("What somebody looks for")
struct FindTextTests {
  @Test(
    "is found by each word, whole names and beginnings first",
    arguments: [
      ("sales mx", "Sales MX", FindRank.whole), ("SALES", "Sales MX", .beginning),
      ("mx sal", "Sales MX", .words),
      ("ales", "Sales MX", .within), ("zoe", "Zoë’s Prototype", .beginning),
      ("prot", "Zoë’s Prototype", .words),
      ("  sales   mx ", "Sales MX", .whole), ("mx", "sales-mx", .words), ("sales us", "Sales MX", nil),
      ("日", "日本", .beginning),
    ])
  func rank(text: String, name: String, rank: FindRank?) throws {
    #expect(try #require(FindText(text)).rank(of: name) == rank)
  }

  @Test(
    "marks the letters that it matches, at the beginning of a word where there is one",
    arguments: [
      ("sales", "Sales MX", [0, 1, 2, 3, 4]), ("mx sal", "Sales MX", [0, 1, 2, 6, 7]),
      ("al", "Sales alone", [6, 7]), ("ale", "Sales", [1, 2, 3]), ("zoe", "Zoë’s", [0, 1, 2]),
      ("fi", "ﬁsh", [0]), ("sa sal", "Sales", [0, 1, 2]), ("us", "Sales MX", []), ("sales us", "Sales", []),
    ])
  func positions(text: String, name: String, positions: [Int]) throws {
    #expect(try #require(FindText(text)).positions(in: name) == positions)
  }

  @Test("comes in the order of its rank, then the shorter first, and is bounded")
  func best() throws {
    let names = ["The sales", "Presales", "Sales MX", "Sales", "Sales of all", "None"]
    let text = try #require(FindText("sales"))
    let expected = ["Sales", "Sales MX", "Sales of all", "The sales", "Presales"]
    #expect(text.best(of: names, limit: 9) { $0 } == expected)
    #expect(text.best(of: names, limit: 2) { $0 } == Array(expected.prefix(2)))
    #expect(text.best(of: names, limit: -1) { $0 } == [])
  }

  @Test(
    "is refused where it says nothing or too much",
    arguments: ["", "  ", "\u{301}", String(repeating: "a", count: 201), String(repeating: "a ", count: 21)])
  func refused(text: String) { #expect(FindText(text) == nil) }
}
