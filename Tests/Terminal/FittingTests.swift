import Testing

@testable import Terminal

@Suite struct FittingTests {
  private static let texts = [
    "", "a", "plain", "Almacén Querétaro", "漢字漢字", "a漢b字", "e\u{301}e\u{301}\u{301}", "\u{301}x", "tab\there",
    "Zürich…", "\u{FE0F}", "👍\u{1F3FD}ok", "→ ● █", "\u{202E}evil", "a\u{FE0F}b",
  ]

  @Test("drawing a text that fits or not gives what drawing its fitted text gives", arguments: texts)
  func drawing(_ text: String) {
    for columns in 0...20 {
      // Wide glyphs lie below, so that halves of them show where too much was drawn.
      var drawn = Canvas(Size(columns: 24, rows: 1))
      drawn.put("字字字字字字字字字字字字", column: 0, row: 0, style: .bold)
      var expected = drawn
      let used = drawn.put(fitting: text, column: 2, row: 0, style: .muted, columns: columns)
      let fitted = fit(text, columns: columns)
      expected.put(fitted, column: 2, row: 0, style: .muted, columns: columns)
      #expect(drawn == expected, "\(columns) columns")
      #expect(used == cellWidth(of: fitted))
    }
  }

  @Test("the kinds that are known at once are those of the tables")
  func kinds() {
    for value in UInt32(0)...0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if [.dropped, .harmful].contains(ScalarKind(scalar)) { continue }
      #expect(ScalarKind(scalar) == ScalarKind.looked(up: scalar), "U+\(String(value, radix: 16))")
    }
  }

  @Test("each scalar is read as it was written")
  func scalars() {
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), case .base = ScalarKind(scalar) else { continue }
      #expect(Glyphs(String(Character(scalar))).map(\.scalars[0]) == [value])
    }
  }
}
