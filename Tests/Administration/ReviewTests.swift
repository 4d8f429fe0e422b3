import Access
import Administration
import Testing

private let reviewNow = Timestamp("2026-11-23T12:00:00Z") ?? .distantPast

@Suite struct ReviewTests {
  private static func token(
    expiresInDays days: Int64?, createdDaysAgo: Int64 = 0, lastUsedDaysAgo: Int64? = nil,
    isDisabled: Bool = false
  ) throws -> Token {
    let now = reviewNow
    return Token(
      id: .random(), account: .random(), name: try Name("portal"),
      expiry: days.map { .at(now.adding(days: $0)) } ?? .never, createdAt: now.adding(days: -createdDaysAgo),
      lastUsedAt: lastUsedDaysAgo.map { now.adding(days: -$0) }, isDisabled: isDisabled,
      hint: try #require(TokenHint(rawValue: "7Hq")))
  }

  static let expiries: [(Int64?, [TokenFinding])] = [
    (nil, []), (31, []), (30, [.expires(withinDays: 30)]), (8, [.expires(withinDays: 30)]),
    (7, [.expires(withinDays: 7)]), (2, [.expires(withinDays: 7)]), (1, [.expires(withinDays: 1)]), (0, []),
    (-5, []),
  ]

  @Test("the review names a live token that ends within 30, 7 or 1 days", arguments: expiries)
  func expiry(days: Int64?, expected: [TokenFinding]) throws {
    let token = try Self.token(expiresInDays: days)
    #expect(
      TokenFinding.all(of: token, lastUsedAt: nil, reachesSomething: true, now: reviewNow) == expected)
  }

  /// Each case: when the token was made, last used by the store, and last used by the gate, in days ago.
  static let uses: [(Int64, Int64?, Int64?, [TokenFinding])] = [
    (89, nil, nil, []), (90, nil, nil, [.unused(days: 90)]), (200, 89, nil, []),
    (200, 91, nil, [.unused(days: 91)]), (200, 91, 3, []), (200, nil, 95, [.unused(days: 95)]),
  ]

  @Test(
    "the review names a live token that was not used for 90 days after it was made or used", arguments: uses)
  func unused(made: Int64, stored: Int64?, seen: Int64?, expected: [TokenFinding]) throws {
    let token = try Self.token(expiresInDays: nil, createdDaysAgo: made, lastUsedDaysAgo: stored)
    let last = seen.map { reviewNow.adding(days: -$0) }
    #expect(TokenFinding.all(of: token, lastUsedAt: last, reachesSomething: true, now: reviewNow) == expected)
  }

  @Test("the most urgent comes first, and nothing of a token that is not live")
  func order() throws {
    let live = try Self.token(expiresInDays: 1, createdDaysAgo: 100)
    #expect(
      TokenFinding.all(of: live, lastUsedAt: nil, reachesSomething: false, now: reviewNow)
        == [.expires(withinDays: 1), .reachesNothing, .unused(days: 100)])
    let disabled = try Self.token(expiresInDays: 1, isDisabled: true)
    #expect(TokenFinding.all(of: disabled, lastUsedAt: nil, reachesSomething: false, now: reviewNow).isEmpty)
  }
}

@Suite struct TokenIDScannerTests {
  @Test(
    "Token IDs are found wherever pieces part them, with their lines",
    arguments: [1, 2, 7, 41, 42, 43, 1_000])
  func pieces(size: Int) throws {
    let ids = (0..<3).map { _ in TokenID.generate() }
    let text =
      "first\n?token=\(ids[0].revealed)&x\npst_nonsense pst_\(ids[1].revealed)\n\n\(ids[2].revealed.dropLast())!\(ids[2].revealed)"
    var scanner = TokenIDScanner()
    var found: [TokenIDScanner.Found] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      found += scanner.scan(bytes[start..<min(start + size, bytes.count)])
    }
    let isAll = found.map(\.id) == ids
    #expect(isAll)
    #expect(found.map(\.line) == [2, 3, 5])
  }
}
