import Access
import SQLStore
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("notices of what gates recorded", .onEachEngine)
struct NoticeUseTests {
  private let world: NoticeWorld
  private let uses: any UseWriting
  private let token: Token

  init() throws {
    world = try NoticeWorld()
    uses = try world.made.openUses()
    token = try world.token("Portal")
    try world.raise()
  }

  private func use(from source: String, secret: TokenSecretID? = nil, denied: Bool = false) throws {
    let ids = try world.store.read { try $0.tokenIDs(of: token.id) }
    var use = TokenIDUse(
      secret: try secret ?? #require(ids.first).secret, token: token.id, account: token.account)
    if denied {
      use.countDenial(at: world.now)
    } else {
      use.countUse(at: world.now, source: IPAddress(source), place: nil)
    }
    try uses.add([use], [], .none, keeping: .standard, now: world.now)
  }

  private func deny(_ count: Int) throws {
    let denials = (0..<count).map { _ in
      NewDenial(
        id: DecisionID(UInt64.random(in: .min ... .max)), at: world.now,
        document: "{\"tokenID\":\"\(token.id)\",\"at\":\"\"}")
    }
    let unknown = NewDenial(
      id: DecisionID(UInt64.random(in: .min ... .max)), at: world.now, document: "{\"at\":\"\"}")
    try uses.add([], denials + [unknown], .none, keeping: .standard, now: world.now)
  }

  /// The Token ID before is valid for so long.
  private func rotate(days: Int64) throws {
    _ = try world.administration().change {
      try $0.rotate(token.id, olderValidUntil: world.now.adding(days: days))
    }
  }

  private func told() throws -> [String] { try world.raise().raised.map(\.condition) }

  @Test("a new network of a token raises one event, and the first network none")
  func networks() throws {
    try use(from: "10.0.0.1")
    #expect(try told() == [])
    try use(from: "10.0.0.200")
    #expect(try told() == [])
    try use(from: "10.0.1.1")
    let raised = try world.raise().raised
    #expect(raised.map(\.condition) == ["token.newNetwork"])
    #expect(raised.first?.words.contains("is used from 10.0.1.0/24") == true)
    try use(from: "2001:db8:1:2::3")
    #expect(try world.raise().raised.first?.words.contains("2001:db8:1::/48") == true)
    try use(from: "2001:db8:1:ffff::9")
    #expect(try told() == [])
    // Up to as many as are set.
    try world.administration().change { try $0.set(.noticesNetworks, to: .number(4), for: nil) }
    for part in 2..<9 { try use(from: "10.0.\(part).1") }
    let last = try world.raise().raised
    #expect(last.count == 1 && last[0].words.hasSuffix("of further networks nothing is told"))
  }

  @Test("a rate of denials raises one event a day, as the settings say")
  func denials() throws {
    try deny(19)
    #expect(try told() == [])
    try deny(1)
    #expect(try told() == ["token.denials"])
    try deny(50)
    #expect(try told() == [])
    world.advance(86_400)
    try deny(19)
    #expect(try told() == [])
    try world.administration().change { try $0.set(.noticesDenials, to: .number(5), for: nil) }
    #expect(try told() == ["token.denials"])
    world.advance(86_400)
    try deny(50)
    try world.administration().change { try $0.set(.noticesDenials, to: .number(0), for: nil) }
    #expect(try told() == [])
  }

  @Test("an older Token ID that is still in use a day after the rotation raises one event")
  func older() throws {
    let old = try #require(try world.store.read { try $0.tokenIDs(of: token.id) }.first).secret
    try use(from: "10.0.0.1")
    world.advance(60)
    try rotate(days: 7)
    world.advance(60)
    try use(from: "10.0.0.1", secret: old)
    #expect(try told() == [])
    world.advance(2 * 86_400)
    try use(from: "10.0.0.1", secret: old)
    #expect(try told() == ["token.olderID"])
    world.advance(86_400)
    try use(from: "10.0.0.1", secret: old, denied: true)
    #expect(try told() == [])
    // Another rotation is another occasion.
    try rotate(days: 0)
    world.advance(1)
    try use(from: "10.0.0.1", secret: old, denied: true)
    #expect(try told() == ["token.olderID"])
  }

  @Test("unreadable records of gates are reported, and keep no other notice back")
  func unreadable() throws {
    try world.token("B", days: 2)
    world.advance(86_401)
    let search = try world.raise(as: world.administration(uses: BrokenUses()))
    #expect(search.raised.map(\.condition) == ["token.ends"])
    #expect(search.troubles.count == 5)
    #expect(search.troubles.allSatisfy { $0.contains("what gates recorded is not known") })
  }
}

/// A gate.db that is damaged.
private struct BrokenUses: UseReading {
  private var trouble: UseTrouble { UseTrouble(path: "gate.db", reason: "damaged") }

  func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse] { throw trouble }
  func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool { throw trouble }
  func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse] {
    throw trouble
  }
  func denial(_ id: DecisionID) throws -> StoredDenial? { throw trouble }
  func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial> {
    throw trouble
  }
  func denialCount() throws -> Int { throw trouble }
  func usedNetworks(since time: Timestamp) throws -> [UsedNetwork] { throw trouble }
  func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]] { throw trouble }
  func hourSums(since time: Timestamp) throws -> [TimedSum]? { throw trouble }
  func daySums(of token: TokenRowID, since time: Timestamp, days: Int) throws -> [TimedSum]? { throw trouble }
  func decoyUses() throws -> [DecoyUse] { throw trouble }
  func staleSpans() throws -> [StaleSpan] { throw trouble }
  func gates() throws -> [GatePresence]? { throw trouble }
  func keptHead() throws -> KeptHead? { throw trouble }
}
