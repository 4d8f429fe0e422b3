@testable import Access
import Foundation
import Testing

@Suite struct UnseenScalarsTests {
  @Test(
    "a character that shows nothing or changes its neighbours is unseen",
    arguments: [
      "\u{0}", "\n", "\u{1B}", "\u{7F}", "\u{80}", "\u{9B}", "\u{9D}", "\u{AD}", "\u{61C}", "\u{115F}",
      "\u{200B}",
      "\u{200D}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}", "\u{3164}", "\u{E000}", "\u{FE0F}",
      "\u{FEFF}",
      "\u{FFF9}", "\u{E0041}", "\u{E0100}", "\u{F0000}", "\u{10FFFF}",
    ] as [Unicode.Scalar])
  func unseen(scalar: Unicode.Scalar) throws {
    #expect(isUnseen(scalar))
    let text = "a\(scalar)b"
    let json = escapingUnseen(
      inJSON: "[\"a\(scalar == "\n" || scalar.value < 0x20 ? "" : String(scalar))b\"]")
    #expect(!json.unicodeScalars.contains(where: isUnseen))
    // The escaped text must have the same meaning.
    let read = try JSONDecoder().decode([String].self, from: Data("[\(JSONString.quoted(text))]".utf8))
    #expect(read == [text])
  }

  @Test(
    "visible characters stay as they are",
    arguments: ["Ünited", "Заказы", "注文", "e\u{301}", "€", "😀", "\"\\"])
  func seen(text: String) {
    #expect(!text.unicodeScalars.contains(where: isUnseen))
    #expect(escapingUnseen(inJSON: text) == text)
  }

  @Test(
    "a character that is common and seen is seen by its Unicode properties, and joins nothing and reorders nothing"
  )
  func common() {
    let common = (0...0xFFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).filter(isCommonAndSeen)
    for scalar in common {
      let properties = scalar.properties
      let unseen: [Unicode.GeneralCategory] = [
        .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned,
      ]
      #expect(!unseen.contains(properties.generalCategory), "\(scalar.codePoint)")
      #expect(!properties.isDefaultIgnorableCodePoint && !properties.isBidiControl, "\(scalar.codePoint)")
    }
    #expect(common.contains("é") && common.contains("\u{201C}") && common.contains("…"))
  }
}
