import Testing

@testable import Access

@Suite struct TokenIDTests {
  @Test(
    "the checksum is zlib's CRC-32",
    arguments: [
      ("", 0), ("a", 0xE8B7_BE43), ("123456789", 0xCBF4_3926),
      ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
    ] as [(String, UInt32)])
  func checksum(text: String, crc: UInt32) {
    #expect(CRC32.of(text.utf8) == crc)
  }

  @Test(
    "numbers are written in base62 as 0-9A-Za-z, padded",
    arguments: [
      (0, "000000"), (9, "000009"), (10, "00000A"), (35, "00000Z"), (36, "00000a"), (61, "00000z"),
      (62, "000010"), (UInt32.max, "4gfFC3"),
    ] as [(UInt32, String)])
  func base62(value: UInt32, text: String) {
    #expect(String(decoding: Base62.digits(value, count: 6), as: UTF8.self) == text)
  }

  /// Made with Python's zlib.crc32.
  @Test(
    "a Token ID that another program made is read",
    arguments: [
      "pst_000000000000000000000000000000000l12D9", "pst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0fdJTd",
      "pst_abcdefghijklmnopqrstuvwxyz0123454Jm5Y3", "pst_zZ9zZ9zZ9zZ9zZ9zZ9zZ9zZ9zZ9zZ9zZ2PeBFC",
    ])
  func reads(text: String) throws {
    #expect(try TokenID(text).revealed == text)
  }

  @Test("a generated Token ID has 42 characters that need no escaping, and is read back as the same")
  func roundTrips() throws {
    var seen: Set<TokenID> = []
    for _ in 0..<500 {
      let id = TokenID.generate()
      #expect(id.revealed.wholeMatch(of: /pst_[0-9A-Za-z]{38}/) != nil)
      #expect(try TokenID(id.revealed) == id)
      seen.insert(id)
    }
    #expect(seen.count == 500)
  }

  @Test("every single wrong character is noticed")
  func noticesTypos() {
    let bytes = Array(TokenID.generate().revealed.utf8)
    for place in bytes.indices {
      for other in Base62.alphabet where other != bytes[place] {
        var typo = bytes
        typo[place] = other
        #expect(throws: TokenIDProblem.self) { try TokenID(String(decoding: typo, as: UTF8.self)) }
      }
    }
  }

  @Test("every pair of neighbours that were swapped is noticed")
  func noticesSwaps() {
    let bytes = Array(TokenID.generate().revealed.utf8)
    for place in 1..<bytes.count where bytes[place] != bytes[place - 1] {
      var typo = bytes
      typo.swapAt(place, place - 1)
      #expect(throws: TokenIDProblem.self) { try TokenID(String(decoding: typo, as: UTF8.self)) }
    }
  }

  @Test(
    "a text that is no Token ID is refused with the reason",
    arguments: [
      ("", .prefix), ("PST_" + String(repeating: "0", count: 38), .prefix), ("pst_", .length(4)),
      ("pst_" + String(repeating: "0", count: 37), .length(41)),
      ("pst_" + String(repeating: "0", count: 39), .length(43)),
      ("pst_" + String(repeating: "0", count: 37) + "-", .character),
      ("pst_" + String(repeating: "0", count: 36) + "é", .character),
      ("pst_" + String(repeating: "0", count: 38), .checksum),
    ] as [(String, TokenIDProblem)])
  func refuses(text: String, problem: TokenIDProblem) {
    #expect(throws: problem) { try TokenID(text) }
  }

  @Test("printing, interpolating, dumping and reflecting show the mask alone")
  func staysSecret() {
    let id = TokenID.generate()
    var dumped = ""
    dump(["a": [id]], to: &dumped)
    let mask = id.hint.masked
    #expect(mask == String(id.revealed.prefix(7)) + "…")
    for shown in ["\(id)", String(reflecting: id), "\([id])", "\(Optional(id) as Any)", dumped] {
      #expect(!shown.contains(id.revealed.dropFirst(7)))
      #expect(shown.contains(mask))
    }
    #expect(Mirror(reflecting: id).children.isEmpty)
  }

  @Test("problems don't repeat what was typed")
  func problemsStaySecret() throws {
    let text = String(TokenID.generate().revealed.dropLast()) + "-"
    let problem = try #require(throws: TokenIDProblem.self) { try TokenID(text) }
    #expect(!problem.description.contains(text.dropFirst(4).prefix(8)))
  }

  static let body = String(repeating: "aZ9", count: 12) + "00"

  @Test(
    "a Token ID is found within other text, even with a wrong checksum",
    arguments: [
      ("pst_" + body, true), ("x pst_\(body).", true), ("épst_\(body)é", true), ("pst_pst_\(body)", true),
      ("?token=pst_\(body)&a", true), ("pst_\(body)0", true), ("pst_" + body.dropLast(), false),
      ("pst_-" + body.dropFirst(), false), ("PST_" + body, false), ("my pst_team", false), ("", false),
    ] as [(String, Bool)])
  func isContained(text: String, expected: Bool) {
    #expect(TokenID.isContained(in: text) == expected)
  }

  @Test("no name, description or address holds one, and what refuses it doesn't repeat it")
  func isRefused() throws {
    let secret = TokenID.generate().revealed
    #expect(throws: NameProblem.tokenID) { try Name("my \(secret)") }
    #expect(throws: NameProblem.tokenID) { try Summary("x: \(secret)") }
    #expect(throws: AddressProblem.tokenID) { try Address("https://h/\(secret)/a") }
    #expect(!"\(NameProblem.tokenID)\(AddressProblem.tokenID)".contains("pst_"))
  }

  @Test(
    "a hint has three base62 characters",
    arguments: [("7Hq", true), ("7H", false), ("7Hq0", false), ("7H_", false), ("7Hé", false)])
  func hints(text: String, isOne: Bool) {
    #expect((TokenHint(rawValue: text) != nil) == isOne)
  }
}
