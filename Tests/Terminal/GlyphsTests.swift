import Terminal
import Testing

@Suite("glyphs")
struct GlyphsTests {
  private func cells(_ text: String) -> [String] { Glyphs(text).map(\.text) }

  @Test(
    "a character that a terminal could obey, or nobody can see, becomes one visible cell",
    arguments: [
      "\u{1B}", "\u{0}", "\n", "\t", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{200D}",
      "\u{FEFF}", "\u{E0041}", "\u{E000}", "\u{2028}", "\u{2029}", "\u{AD}", "\u{3164}", "\u{FFFF}",
      "\u{378}",
    ])
  func harmful(_ text: String) {
    #expect(cells(text) == ["\u{FFFD}"])
    #expect(cellWidth(of: text) == 1)
  }

  @Test(
    "variation selectors and skin tones are left out",
    arguments: [("❤\u{FE0F}", "❤"), ("👍🏽", "👍"), ("1\u{FE0F}\u{20E3}", "1\u{20E3}")])
  func dropped(_ text: String, _ drawn: String) { #expect(cells(text) == [drawn]) }

  @Test("an escape sequence is drawn, not sent")
  func escape() { #expect(cells("a\u{1B}[2Jb") == ["a", "\u{FFFD}", "[", "2", "J", "b"]) }

  @Test("a family of emoji is drawn as its members")
  func family() {
    #expect(cells("👨\u{200D}👩") == ["👨", "\u{FFFD}", "👩"])
    #expect(cellWidth(of: "👨\u{200D}👩") == 5)
  }

  @Test("a mark stands on its base, a fourth one is left out")
  func marks() {
    let zalgo = "e\u{301}\u{302}\u{303}\u{304}\u{305}x"
    #expect(cells(zalgo) == ["e\u{301}\u{302}\u{303}", "x"])
    #expect(cellWidth(of: zalgo) == 2)
  }

  @Test("a mark without a base stands on a dotted circle")
  func lonelyMark() { #expect(cells("\u{301}a") == ["\u{25CC}\u{301}", "a"]) }

  @Test("a mark after something harmful stands on what replaced it")
  func markAfterHarmful() { #expect(cells("\n\u{301}a") == ["\u{FFFD}\u{301}", "a"]) }

  @Test(
    "the width is that of the bases",
    arguments: [
      ("", 0), ("abc", 3), ("漢字", 4), ("é", 1), ("e\u{301}", 1), ("ｱ", 1), ("👍", 2), ("한", 2), ("…", 1),
    ])
  func widths(_ text: String, _ width: Int) { #expect(cellWidth(of: text) == width) }

  @Test("no text draws a cell that the terminal could obey, whatever scalars it has")
  func everyScalar() {
    for value in UInt32(0)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for cell in Glyphs(String(Character(scalar))) {
        let isControl = cell.scalars[0] < 0x20 || (0x7F..<0xA0).contains(cell.scalars[0])
        if isControl || !(1...2).contains(cell.width) {
          Issue.record("U+\(String(value, radix: 16)) is drawn as \(cell.scalars), width \(cell.width)")
        }
      }
    }
  }
}
