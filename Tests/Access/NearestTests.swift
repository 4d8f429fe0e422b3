import Access
import Testing

@Suite struct NearestTests {
  @Test(
    "the nearest name takes the fewest corrections, of equals the first in the alphabet",
    arguments: [
      ("slaes", ["Sales", "Shoes"], "Sales"), ("ab", ["ac", "aa"], "aa"), ("x", ["abc"], nil),
      ("name", [], nil),
      ("Müler", ["Müller"], "Müller"),
    ] as [(String, [String], String?)])
  func nearest(word: String, candidates: [String], expected: String?) {
    #expect(Nearest.nearest(to: word, among: candidates) == expected)
  }

  @Test(
    "where a list is searched, those with the whole word go before those with its beginning, the nearest first",
    arguments: [
      ("Portal", ["Portal USA", "Portal Mexico", "Kiosk"], ["Portal USA", "Portal Mexico"]),
      ("portal mexiko", ["Portal USA", "Portal Mexico"], ["Portal Mexico", "Portal USA"]),
      ("port", ["a port", "Port 1", "Portal", "Port 10", "Portland"], ["Port 1", "Portal", "a port"]),
      ("kio", ["Kiosk", "Portal"], ["Kiosk"]), ("xyz", ["Portal"], []), ("", ["Portal"], []),
    ] as [(String, [String], [String])])
  func searched(word: String, list: [String], expected: [String]) {
    let found = Nearest.names(to: word) { part in
      part.isEmpty ? [] : list.filter { $0.lowercased().contains(part.lowercased()) }
    }
    #expect(found == expected)
  }
}
