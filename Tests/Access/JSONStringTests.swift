import Access
import Foundation
import Testing

@Suite struct JSONStringTests {
  static let texts = [
    "", "plain", "\"quoted\" and \\", "line\nend\t", "\u{1B}[31m", "\u{7F}", "Müller Logistik", "注文 😀",
    "\u{202E}abc\u{200B}",
  ]

  @Test("a text is read as what was written", arguments: texts, [JSONString.Plain.seen, .ascii])
  func meansTheSame(text: String, plain: JSONString.Plain) throws {
    let written = JSONString.quoted(text, plain: plain)
    #expect(!written.unicodeScalars.contains(where: isUnseen))
    #expect(try JSONDecoder().decode([String].self, from: Data("[\(written)]".utf8)) == [text])
  }

  @Test(
    "visible characters stay as they are, and become escapes in ASCII",
    arguments: [
      ("a/b", #""a/b""#, #""a/b""#), ("Ü", #""Ü""#, #""\u00dc""#), ("😀", #""😀""#, #""\ud83d\ude00""#),
      ("\u{7F}\n", #""\u007f\u000a""#, #""\u007f\u000a""#),
    ])
  func escapes(text: String, seen: String, ascii: String) {
    #expect(JSONString.quoted(text) == seen)
    #expect(JSONString.quoted(text, plain: .ascii) == ascii)
  }
}
