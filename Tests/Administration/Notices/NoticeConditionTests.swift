import Access
import Store
import Testing

@testable import Administration

@Suite("what conditions tell of")
struct NoticeConditionTests {
  private static let now = Timestamp("2026-11-24T12:00:00Z") ?? .distantPast

  private static func holder(
    created daysAgo: Int64, ends seconds: Int64?, isDisabled: Bool = false
  ) throws -> TokenOwner {
    let account = Account(id: .random(), kind: .apiUser, name: try Name("Portal Mexico"), createdAt: now)
    let token = Token(
      id: .random(), account: account.id, name: try Name("portal"),
      expiry: seconds.map { .at(now.adding(seconds: $0)) } ?? .never, createdAt: now.adding(days: -daysAgo),
      isDisabled: isDisabled, hint: try #require(TokenHint(rawValue: "abc")))
    return TokenOwner(account: account, token: token)
  }

  private static let day: Int64 = 86_400

  /// When a token was made and ends, and the threshold that is told of; nil for none.
  private static let ends: [(daysAgo: Int64, seconds: Int64?, days: Int64?)] = [
    (60, 31 * day, nil), (60, 30 * day + 1, nil), (60, 30 * day, 30), (60, 7 * day + 1, 30),
    (60, 7 * day, 7), (60, day + 1, 7), (60, day, 1), (60, 1, 1), (60, 0, nil), (60, -5, nil),
    (60, nil, nil),
    // Made with less left: only what is passed while it lives.
    (0, 5 * day, nil), (4, 2 * day, nil), (4, day, 1), (0, day, nil), (0, day - 1, nil),
    // Made with as much left as the threshold: that is how it was made, and no news.
    (0, 30 * day, nil), (23, 7 * day, 7), (0, 7 * day, nil), (10, 21 * day, 30), (9, 21 * day, nil),
  ]

  @Test("a token's end raises an event at the narrowest threshold that it passed", arguments: ends)
  func tokenEnds(_ daysAgo: Int64, _ seconds: Int64?, _ days: Int64?) throws {
    let sighting = NoticeCondition.tokenEnd(
      of: try Self.holder(created: daysAgo, ends: seconds), at: Self.now)
    #expect(sighting?.data["withinDays"] == days.map { .number($0) })
    if let seconds, let days {
      #expect(sighting?.at == Self.now.adding(seconds: seconds - days * Self.day))
    }
  }

  @Test("the end of a token that opens nothing is no news")
  func disabled() throws {
    let holder = try Self.holder(created: 60, ends: 5, isDisabled: true)
    #expect(NoticeCondition.tokenEnd(of: holder, at: Self.now) == nil)
  }

  @Test("each threshold, and each end that is set anew, has a key of its own")
  func keys() throws {
    let holder = try Self.holder(created: 60, ends: 30 * Self.day)
    func key(_ holder: TokenOwner, daysLater: Int64) throws -> String {
      let now = Self.now.adding(days: daysLater)
      return try #require(NoticeCondition.tokenEnd(of: holder, at: now)).key(of: .tokenEnds)
    }
    var prolonged = holder.token
    prolonged.expiry = .at(Self.now.adding(days: 60))
    let later = TokenOwner(account: holder.account, token: prolonged)
    let keys = try [
      key(holder, daysLater: 0), key(holder, daysLater: 23), key(holder, daysLater: 29),
      key(later, daysLater: 30),
    ]
    #expect(Set(keys).count == 4)
    #expect(try key(holder, daysLater: 5) == keys[0])
    // A key is an event's id, which Standard Webhooks signs with full stops behind.
    #expect(keys.allSatisfy { $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ".") } })
  }

  @Test("the first network of a token, and those beyond the bound, are no news")
  func networks() throws {
    let all = try (1...5).map { ordinal in
      UsedNetwork(
        token: .random(), network: try #require(Network("10.0.\(ordinal).0/24")), ordinal: ordinal,
        firstUsedAt: Self.now)
    }
    #expect(NoticeCondition.newNetworks(all, most: 3).map(\.ordinal) == [2, 3])
    #expect(NoticeCondition.newNetworks(all, most: 1).isEmpty)
    #expect(NoticeCondition.newNetworks(all, most: 0).isEmpty)
  }

  /// Seconds at which requests were denied, and those at which the rate of 3 in 10 minutes is reached.
  private static let rates: [(times: [Int64], reached: [Int64])] = [
    ([], []), ([0, 1], []), ([0, 1, 2], [2]), ([0, 0, 0], [0]), ([0, 300, 599], [599]), ([0, 300, 600], []),
    // Neither window that begins with a look has all three.
    ([0, 299, 301, 302, 303], [301]),
    // Of one day the first time alone.
    ([0, 1, 2, 3, 4, 40_000, 40_001, 40_002], [2]),
    ([0, 1, 2, 50_000, 50_001, 50_002], [2, 50_002]),
  ]

  @Test("a rate of denials is reached once a day", arguments: rates)
  func denials(_ times: [Int64], _ reached: [Int64]) {
    let rate = DenialRate(count: 3, minutes: 10)
    #expect(rate.reached(times.map(Self.now.adding(seconds:))) == reached.map(Self.now.adding(seconds:)))
    #expect(DenialRate(count: 0, minutes: 10).reached(times.map(Self.now.adding(seconds:))).isEmpty)
  }

  /// When an older Token ID was used and denied last, in hours after the rotation, and whether that is told. The set
  /// end is 48 hours after the rotation.
  private static let olderIDs: [(used: Int64?, denied: Int64?, isTold: Bool)] = [
    (nil, nil, false), (-1, nil, false), (0, nil, false), (23, nil, false), (24, nil, true), (30, nil, true),
    (1, 47, true), (-5, 1, false), (-5, 50, true),
  ]

  @Test("an older Token ID raises an event after the time of grace", arguments: olderIDs)
  func olderID(_ used: Int64?, _ denied: Int64?, _ isTold: Bool) throws {
    let rotatedAt = Self.now.adding(days: -10)
    func hours(_ count: Int64) -> Timestamp { rotatedAt.adding(seconds: count * 3_600) }
    let holder = try Self.holder(created: 90, ends: nil)
    let secret = TokenSecretID.random()
    let rotated = Rotated(
      token: holder.token, account: holder.account, at: rotatedAt, olderEnds: [secret: hours(48)])
    let use = TokenIDUse(
      secret: secret, token: holder.token.id, account: holder.account.id, firstUsedAt: used.map(hours),
      lastUsedAt: used.map(hours), useCount: used == nil ? 0 : 1, lastDeniedAt: denied.map(hours))
    // The newest one is used all the time.
    let newest = TokenIDUse(
      secret: .random(), token: holder.token.id, account: holder.account.id, firstUsedAt: Self.now,
      lastUsedAt: Self.now, useCount: 9)
    #expect((rotated.olderID([newest, use], at: Self.now) != nil) == isTold)
  }

  @Test("an older Token ID that was ended at once raises an event as soon as somebody presents it")
  func endedAtOnce() throws {
    let holder = try Self.holder(created: 90, ends: nil)
    let (secret, rotatedAt) = (TokenSecretID.random(), Self.now.adding(seconds: -60))
    let rotated = Rotated(
      token: holder.token, account: holder.account, at: rotatedAt, olderEnds: [secret: rotatedAt])
    let use = TokenIDUse(
      secret: secret, token: holder.token.id, account: holder.account.id, denialCount: 1,
      lastDeniedAt: rotatedAt.adding(seconds: 1))
    #expect(rotated.olderID([use], at: Self.now) != nil)
  }

  @Test("each checked thing with findings raises one event")
  func findings() {
    let findings = [
      NoticeFinding(subject: "database", text: "page 3 is damaged"),
      NoticeFinding(subject: "database", text: "page 4 is damaged"),
      NoticeFinding(subject: "clock", text: "stands still"),
    ]
    let told = NoticeCondition.storeFails(findings, at: Self.now)
    #expect(told.map(\.words) == ["clock: stands still", "database: page 3 is damaged, and 1 more"])
    #expect(NoticeCondition.storeFails([], at: Self.now).isEmpty)
    #expect(NoticeCondition.auditFails([], at: Self.now).isEmpty)
    #expect(NoticeCondition.auditFails(["row 3 was altered"], at: Self.now).count == 1)
  }

  @Test("the conditions have keys of their own")
  func table() {
    let all = NoticeCondition.all
    #expect(Set(all.map(\.key)).count == all.count)
    #expect(all.allSatisfy { $0.key.contains(/^[a-z]+\.[a-zA-Z]+$/) })
  }
}
