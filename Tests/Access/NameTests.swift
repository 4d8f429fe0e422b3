import Access
import Testing

@Suite struct NameTests {
  @Test(
    "white space at both ends is dropped",
    arguments: [
      (" a ", "a"), ("\ta b\n", "a b"), ("\u{2003}é\u{A0}", "é"), ("a", "a"), ("  Sales  MX ", "Sales  MX"),
    ])
  func trims(raw: String, text: String) throws {
    #expect(try Name(raw).text == text)
  }

  @Test("a text of white space alone is empty", arguments: ["", " ", "\t\r\n", "\u{2003}\u{A0}"])
  func refusesEmpty(raw: String) {
    #expect(throws: NameProblem.empty) { try Name(raw) }
  }

  @Test(
    "controls and what reorders text is refused and named",
    arguments: [
      "\u{0}", "\u{7}", "\u{9}", "\u{A}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{61C}", "\u{200E}",
      "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}",
    ] as [Unicode.Scalar])
  func refusesForbidden(scalar: Unicode.Scalar) {
    #expect(throws: NameProblem.forbidden(scalar)) { try Name("a\(Character(scalar))b") }
    #expect(NameProblem.forbidden(scalar).description.contains(scalar.codePoint))
  }

  @Test(
    "a character that shows nothing is refused and named, wherever it stands",
    arguments: [
      "\u{AD}", "\u{34F}", "\u{115F}", "\u{17B4}", "\u{180E}", "\u{200B}", "\u{200C}", "\u{2060}",
      "\u{3164}", "\u{FE00}", "\u{FEFF}", "\u{FFA0}", "\u{E0001}", "\u{E0041}", "\u{E0100}",
      "\u{200D}", "\u{FE0E}", "\u{FE0F}",
    ] as [Unicode.Scalar])
  func refusesInvisible(scalar: Unicode.Scalar) {
    for text in ["\(scalar)", "\(scalar)b", "a\(scalar)b", "a\(scalar)"] {
      #expect(throws: NameProblem.invisible(scalar)) { try Name(text) }
    }
    #expect(throws: NameProblem.invisible(scalar)) { try Summary("a\(scalar)") }
    #expect(
      NameProblem.invisible(scalar).description
        == "a name must not contain the invisible character \(scalar.codePoint)")
  }

  @Test(
    "a text that shows nothing at all is no name", arguments: ["\u{2800}", "\u{2800} \u{2800}", "\u{FFF9}"])
  func refusesBlank(text: String) {
    #expect(throws: NameProblem.nothingVisible) { try Name(text) }
  }

  @Test("the replacement for bytes that were no UTF-8 is refused")
  func refusesReplacement() {
    #expect(throws: NameProblem.replacement) { try Name(String(decoding: [0x61, 0xFF], as: UTF8.self)) }
  }

  @Test(
    "texts that people write are accepted unchanged",
    arguments: [
      "Sales MX", "NO", "0", "Ñandú", "日本語", "مبيعات", "👨‍👩‍👧", "❤️", "e\u{301}", "O'Neil \"Bob\"", "a/b\\c",
      "1\u{FE0F}\u{20E3}", "🏳️‍🌈", "ക്\u{200D}",
    ])
  func accepts(text: String) throws {
    #expect(try Name(text).text == text)
  }

  @Test(
    "100 characters are a name, 101 are not, however many bytes each has",
    arguments: ["a", "é", "日", "e\u{301}", "👩🏽‍🚀"])
  func bounds(character: String) throws {
    let longest = String(repeating: character, count: Name.maximumCharacterCount)
    #expect(try Name(longest).text == longest)
    #expect(throws: NameProblem.tooLong(101)) { try Name(longest + character) }
  }

  @Test("10,000 characters are refused with their number")
  func refusesVeryLong() {
    let problem = #expect(throws: NameProblem.self) { try Name(String(repeating: "x", count: 10_000)) }
    #expect(problem == .tooLong(10_000))
    #expect(problem?.description == "a name has at most 100 characters, this has 10000")
  }

  @Test("marks can't be piled up without end on a single character")
  func boundsMarks() throws {
    let most = "e" + String(repeating: "\u{301}", count: Name.maximumScalarCount - 1)
    #expect(try Name(most).text.count == 1)
    #expect(throws: NameProblem.tooLong(1)) { try Name(most + "\u{301}") }
    #expect(NameProblem.tooLong(1).description.contains("1000 Unicode scalars"))
  }
}

@Suite struct SummaryTests {
  @Test("a description may be empty, of 500 characters, and in one line")
  func accepts() throws {
    #expect(try Summary("") == .empty)
    let longest = String(repeating: "é", count: 500)
    #expect(try Summary(longest).text == longest)
  }

  @Test("a description that is longer or has a line break is refused")
  func refuses() {
    #expect(throws: NameProblem.tooLong(501)) { try Summary(String(repeating: "a", count: 501)) }
    #expect(throws: NameProblem.forbidden("\n")) { try Summary("a\nb") }
  }
}
