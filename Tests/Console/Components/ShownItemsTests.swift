import Store
import Testing

@testable import Console

@Suite struct ShownItemsTests {
  private static let items: [(title: String, group: String)] = [
    ("Größe", ""), ("Ordre", "Sales"), ("orders", "Sales"), ("ORDER lines", "Ångström"), ("", "Ångström"),
    ("日本 Orders", "Sales"), ("vendors", "Purchase"),
  ]

  @Test("only some items are shown, whatever the filter, until all are again")
  func limited() {
    var shown = ShownItems(Self.items)
    func found() -> [Int] { shown.lines.compactMap { if case .item(let index) = $0 { index } else { nil } } }
    shown.narrow(to: "o")
    shown.limit(to: [1, 4, 6])
    #expect(found() == [1, 6] || found() == [1, 4, 6])
    shown.narrow(to: "ord")
    #expect(found() == [1])
    shown.narrow(to: "")
    #expect(found() == [1, 4, 6])
    shown.limit(to: nil)
    #expect(found() == Array(Self.items.indices))
  }

  @Test("whatever was filtered before, a filter leaves what has it in its name or its group")
  func isWhatMatches() {
    var shown = ShownItems(Self.items)
    for filter in [
      "o", "or", "ord", "orde", "ord", "s", "sa", "GRO", "gro", "größe", "日", "ång", "zz", "", "ors", "e s",
      "  ",
    ] {
      shown.narrow(to: filter)
      let search = SearchText(filter)
      let expected = Self.items.indices.filter { index in
        search.map { $0.matches(Self.items[index].title) || $0.matches(Self.items[index].group) } ?? true
      }
      let found = shown.lines.compactMap { if case .item(let index) = $0 { index } else { nil } }
      #expect(found == expected, "\(filter)")
      let members = Dictionary(grouping: expected.filter { !Self.items[$0].group.isEmpty }) {
        Self.items[$0].group
      }
      #expect(shown.members == members, "\(filter)")
      #expect(shown.lines.count - found.count == runs(expected), "\(filter)")
    }
  }

  /// How many headings there are: one for each run of one group.
  private func runs(_ indices: [Int]) -> Int {
    let groups = indices.map { Self.items[$0].group }
    return groups.indices.count { !groups[$0].isEmpty && ($0 == 0 || groups[$0 - 1] != groups[$0]) }
  }

  @Test(
    "a name is matched by its bytes as it is folded",
    arguments: [
      ("e", "é", true), ("é", "e", true), ("ss", "ß", false), ("fi", "ﬁ", true), ("abc", "ab", false),
      ("ab", "aab", true), ("aab", "aaab", true), ("b", "", false), ("本", "日本", true), ("İ", "i", true),
    ])
  func matching(text: String, name: String, matches: Bool) throws {
    let search = try #require(SearchText(text))
    #expect(search.matches(name) == matches)
  }
}
