import Terminal
import Testing

@Suite("fitting and wrapping")
struct TextTests {
  @Test(
    "a text that is too long loses its end or its middle",
    arguments: [
      ("abcdef", 6, Ellipsis.end, "abcdef"), ("abcdef", 5, .end, "abcd…"), ("abcdef", 1, .end, "…"),
      ("abcdef", 0, .end, ""), ("abcdef", -3, .end, ""), ("abcdef", 5, .middle, "ab…ef"),
      ("abcdef", 4, .middle, "ab…f"), ("abcdef", 1, .middle, "…"), ("漢字漢字", 5, .end, "漢字…"),
      ("漢字漢字", 4, .end, "漢…"), ("漢字漢字", 6, .middle, "漢…字"), ("", 3, .end, ""),
    ])
  func fits(_ text: String, _ columns: Int, _ ellipsis: Ellipsis, _ expected: String) {
    #expect(fit(text, columns: columns, ellipsis: ellipsis) == expected)
  }

  @Test("a text that fits is made harmless, too")
  func harmless() {
    #expect(fit("a\u{1B}b", columns: 10) == "a\u{FFFD}b")
    #expect(fit("a\u{1B}bcdef", columns: 4) == "a\u{FFFD}b…")
  }

  @Test(
    "a fitted text never takes more than its columns",
    arguments: ["漢字 mixed é 👍🏽 text", "e\u{301}e\u{301}e\u{301}漢漢", "plain ascii text"])
  func bounded(_ text: String) {
    for columns in 0...20 {
      #expect(cellWidth(of: fit(text, columns: columns)) <= columns)
      #expect(cellWidth(of: fit(text, columns: columns, ellipsis: .middle)) <= columns)
    }
  }

  @Test(
    "lines break at spaces, long words anywhere, and newlines always",
    arguments: [
      ("one two three", 7, ["one two", "three"]), ("one two three", 3, ["one", "two", "thr", "ee"]),
      ("a\n\nb", 5, ["a", "", "b"]), ("", 5, [""]), ("abc", 0, []), ("漢字漢", 4, ["漢字", "漢"]),
      ("漢a", 1, ["a"]), ("ab abcdefgh c", 4, ["ab", "abcd", "efgh", "c"]), ("a  b", 9, ["a b"]),
    ])
  func wraps(_ text: String, _ columns: Int, _ lines: [String]) {
    #expect(wrap(text, columns: columns) == lines)
  }
}
