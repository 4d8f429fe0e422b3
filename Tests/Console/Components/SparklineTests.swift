import Terminal
import Testing

@testable import Console

@Suite("Numbers are drawn as bars")
struct SparklineTests {
  @Test(
    "the greatest fills its cell, and what is not zero never looks like zero",
    arguments: [
      ([], ""), ([0], "·"), ([0, 0, 0], "···"), ([1], "█"), ([1, 1], "██"), ([0, 1, 2], "·▄█"),
      ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"), ([1, 1_000_000], "▁█"), ([-3, 4], "·█"),
      ([.max, 1], "█▁"), ([.max, .max / 2], "█▄"),
    ])
  func line(values: [Int], text: String) { #expect(Sparkline.text(values) == text) }

  @Test("a bar may take several cells")
  func wide() { #expect(Sparkline.text([0, 1], columns: 3) == "···███") }

  @Test(
    "upright bars end where their number does",
    arguments: [
      ([0, 1, 2], 2, 1, ["    █", "· █ █"]), ([1, 3, 4], 2, 2, ["   ▄▄ ██", "▄▄ ██ ██"]),
      ([0, 0], 3, 2, ["     ", "     ", "·· ··"]), ([1, 1_000], 2, 1, ["  █", "▁ █"]),
    ])
  func chart(values: [Int], rows: Int, columns: Int, lines: [String]) {
    #expect(BarChart(values: values, rows: rows, barColumns: columns).bars == lines)
  }

  @Test(
    "numbers stand below, shorter where there is no room",
    arguments: [
      ([0, 7, 123], 3, "  0   7 123"), ([1_234, 9_999_999], 4, "1234   9M"), ([12_345], 4, " 12k"),
      ([123_456], 2, "…"), ([.max], 3, "  …"),
    ])
  func numbers(values: [Int], columns: Int, text: String) {
    let numbers = BarChart(values: values, rows: 1, barColumns: columns).numbers
    #expect(numbers.trimmed == text.trimmed)
  }

  @Test("a terminal without block elements shows bars of different height differently")
  func fallback() {
    let text = Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7, 8])
    for repertoire in [Repertoire.ascii, .wideAmbiguous] {
      let shown = Glyphs(text).map { repertoire.shown($0).text }
      #expect(shown == [".", ":", "-", "=", "+", "*", "%", "@", "#"], "\(repertoire)")
    }
    let shown = Glyphs(text).map { Repertoire.console.shown($0).text }
    #expect(Set(shown).count == 9 && shown.last == "█")
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
