import Access
import Testing

@Suite struct Base64URLTextTests {
  @Test(
    "the vectors of RFC 4648, section 10, without padding, and those characters that differ",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
      ("foobar", "Zm9vYmFy"), ("\u{FF}\u{FE}", "w7_Dvg"), ("~~~?", "fn5-Pw"),
    ])
  func vectors(text: String, encoded: String) {
    #expect(Base64URLText.encode(Array(text.utf8)) == encoded)
    #expect(Base64URLText.decode(encoded) == Array(text.utf8))
  }

  @Test(
    "each value has one text, and any other text is refused",
    arguments: ["Zg==", "Zh", "Z", "Zm8=", "w7/Dvg", "fn5+Pw", "Zg ", "Zé"])
  func strict(text: String) { #expect(Base64URLText.decode(text) == nil) }
}
