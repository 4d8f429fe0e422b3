import Access
import Testing

@Suite struct IdentifierTests {
  @Test(
    "an id is written in base 36", arguments: [(1, "1"), (35, "z"), (36, "10"), (Int64.max, "1y2p0ij32e8e7")])
  func writes(raw: Int64, text: String) throws {
    let id = try #require(AccountID(rawValue: raw))
    #expect(id.description == text)
    #expect(AccountID(text) == id)
  }

  @Test(
    "no other text is read as an id",
    arguments: [
      "", "0", "-1", "+1", "Z", "1Y2P0IJ32E8E7", "1y2p0ij32e8e8", "11111111111111", " 1", "1 ", "1.0", "é",
      "_",
    ])
  func refuses(text: String) {
    #expect(AccountID(text) == nil)
  }

  @Test("zero and negative numbers are no ids", arguments: [0, -1, Int64.min])
  func refuses(raw: Int64) {
    #expect(AccountID(rawValue: raw) == nil)
  }

  @Test("random ids are read back from their texts, and differ")
  func roundTrips() {
    let ids = (0..<1_000).map { _ in TokenRowID.random() }
    #expect(ids.allSatisfy { TokenRowID($0.description) == $0 && $0.rawValue > 0 })
    #expect(Set(ids).count == ids.count)
  }
}
