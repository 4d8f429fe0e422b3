import Access
import Administration
import Gate
import SQLiteStore
import NIOHTTP1
import Store
import TestSupport
import Testing

@Suite struct RecordingTests {
  @Test("use is counted for each token, with where it was last used")
  func use() throws {
    let scene = try GateScene()
    for _ in 0..<3 { _ = scene.nginx(scene.withToken) }
    scene.clock.advance(5)
    _ = scene.nginx(scene.withToken, source: "10.9.9.9")
    _ = scene.nginx("/sales?company=Nowhere&token=" + scene.tokenID.revealed)
    scene.write()
    let usage = try #require(try Self.usage(scene))
    #expect(usage.useCount == 4 && usage.denialCount == 1)
    #expect(usage.lastUsedAt == scene.clock.now)
    #expect(usage.source?.description == "10.9.9.9")
    #expect(usage.place == .widget(scene.widget))
  }

  @Test("decisions are summed by hours, and those with a token by days")
  func sums() throws {
    let scene = try GateScene()
    for _ in 0..<3 { _ = scene.nginx(scene.withToken) }
    _ = scene.nginx("/sales?company=Nowhere&token=" + scene.tokenID.revealed)
    // Whose the token is, is not known.
    _ = scene.nginx("/sales")
    scene.write()
    let now = scene.clock.now
    let hours = try #require(try scene.administration.hourSums(since: now))
    #expect(hours == [TimedSum(start: now.startOfHour, sum: DecisionSum(allowed: 3, denied: 2))])
    let days = try #require(try scene.administration.daySums(of: scene.token))
    #expect(days.count == 90)
    #expect(days.last == TimedSum(start: now.startOfDay, sum: DecisionSum(allowed: 3, denied: 1)))
    #expect(days.dropLast().allSatisfy { $0.sum == .none })
  }

  private static func usage(_ scene: GateScene) throws -> TokenUsage? {
    let tokens = try scene.administration.read { try $0.tokens(of: scene.account) }
    return try scene.administration.usage(of: tokens)[scene.token]
  }

  @Test("last use only goes forward, and is taken over into the store's lists")
  func forward() throws {
    let scene = try GateScene()
    scene.clock.advance(100)
    let late = scene.clock.now
    _ = scene.nginx(scene.withToken)
    scene.write()
    scene.clock.advance(-50)
    _ = scene.nginx(scene.withToken)
    scene.write()
    #expect(try Self.usage(scene)?.lastUsedAt == late)
    #expect(try scene.administration.takeOverUses().tokenCount == 1)
    #expect(try scene.administration.takeOverUses().tokenCount == 0)
    #expect(try scene.administration.read { try $0.token(scene.token)?.lastUsedAt } == late)
  }

  @Test("taking use over is no change that makes the gate forget")
  func generation() throws {
    let scene = try GateScene()
    _ = scene.nginx(scene.withToken)
    scene.write()
    let watch = try SQLiteStore.open(scene.folder.store, now: .start).watch()
    func generation() throws -> Generation { try watch.read { $1 } }
    let before = try generation()
    _ = try scene.administration.takeOverUses()
    try scene.administration.change { _ = try $0.reveal(scene.token, for: .copy) }
    #expect(try generation() == before)
    try scene.administration.change { try $0.rename(scene.token, to: Name("other")) }
    #expect(try generation() == before + 1)
  }

  @Test("a rotated token's older Token ID ends when the newer one was used")
  func rotation() throws {
    let scene = try GateScene()
    #expect(scene.nginx(scene.withToken).status == 200)
    let end = scene.clock.now.adding(days: 7)
    _ = try scene.administration.change { try $0.rotate(scene.token, olderValidUntil: end) }
    #expect(scene.nginx(scene.withToken).status == 200)
    let newer = try scene.administration.change { try $0.reveal(scene.token, for: .copy) }
    scene.write()
    let older = try Self.older(scene)
    #expect(older?.use?.useCount == 2)
    #expect(scene.nginx("/sales?token=" + newer.revealed).status == 200)
    // As of the next write of use.
    #expect(scene.nginx(scene.withToken).status == 200)
    scene.write()
    #expect(scene.nginx(scene.withToken).status == 401)
    #expect(scene.nginx("/sales?token=" + newer.revealed).status == 200)
  }

  /// The older Token ID that still is valid.
  private static func older(_ scene: GateScene) throws -> TokenUsage.ID? {
    let token = try #require(try scene.administration.read { try $0.token(scene.token) })
    return try #require(try usage(scene)).olderValid(of: token, at: scene.clock.now)
  }

  @Test("after several rotations only the newest Token ID and the one before open something")
  func rotatesAgain() throws {
    let scene = try GateScene()
    let end = scene.clock.now.adding(days: 7)
    var secrets = [scene.tokenID]
    for _ in 0..<3 {
      _ = try scene.administration.change { try $0.rotate(scene.token, olderValidUntil: end) }
      secrets.append(try scene.administration.change { try $0.reveal(scene.token, for: .copy) })
    }
    // The newest last, since its use ends the one before.
    let statuses = secrets.map { scene.nginx("/sales?token=" + $0.revealed).status }
    #expect(statuses == [401, 401, 200, 200])
    #expect(try Self.older(scene)?.hint == secrets[2].hint)
    scene.write()
    let texts = try scene.administration.denials(.first, limit: 9).rows.map(\.denial.explanation.reason)
    #expect(texts.allSatisfy { $0.hasSuffix("ended when the token was rotated again") })
  }

  @Test(
    "rotated to end now, the one before ends at once; a token that is not live has none that is valid")
  func rotatesNow() throws {
    let scene = try GateScene()
    _ = try scene.administration.change { try $0.rotate(scene.token, olderValidUntil: $0.now) }
    #expect(scene.nginx(scene.withToken).status == 401)
    #expect(try Self.older(scene) == nil)
    let end = scene.clock.now.adding(days: 7)
    _ = try scene.administration.change { try $0.rotate(scene.token, olderValidUntil: end) }
    #expect(try Self.older(scene) != nil)
    try scene.administration.change { try $0.setDisabled(true, scene.token) }
    #expect(try Self.older(scene) == nil)
    try scene.administration.change { try $0.setDisabled(false, scene.token) }
    #expect(try Self.older(scene) != nil)
    try scene.administration.change { try $0.revoke(scene.token) }
    #expect(try Self.older(scene) == nil)
  }

  @Test("a rotated token's older Token ID ends at the time that was set, used or not")
  func rotationEnds() throws {
    let scene = try GateScene()
    let end = scene.clock.now.adding(seconds: 10)
    _ = try scene.administration.change { try $0.rotate(scene.token, olderValidUntil: end) }
    scene.clock.advance(9)
    #expect(scene.nginx(scene.withToken).status == 200)
    scene.clock.advance(1)
    #expect(scene.nginx(scene.withToken).status == 401)
  }

  @Test("a denial is kept with its request, its trace and the smallest change, and without a secret")
  func denial() throws {
    let scene = try GateScene()
    let secret = scene.tokenID.revealed
    let other = TokenID.generate().revealed
    let answer = scene.nginx(
      "/sales/\(other)?company=US%2C+Inc.&token=\(secret)", headers: ["User-Agent": "agent \(secret)"])
    scene.write()
    let id = try #require(answer.header("X-Popsec-Decision").flatMap { DecisionID(rawValue: $0) })
    let denial = try #require(try scene.administration.denial(id))
    #expect(denial.explanation.deniedStep == .grant)
    #expect(denial.explanation.fixes.count == 1)
    #expect(denial.token == "Portal Ünited, Mexico / portal")
    #expect(denial.account == scene.account)
    #expect(denial.request.place == "Sales (widget)")
    #expect(denial.request.source == "10.1.2.3")
    let holdsSecret = try [secret, other].contains(where: denial.document.contains)
    #expect(!holdsSecret)
    #expect(try scene.administration.denial(DecisionID(0)) == nil)
  }

  @Test("only the latest denials are kept, up to a limit")
  func retention() throws {
    let scene = try GateScene()
    for _ in 0..<150 { _ = scene.nginx("/sales") }
    scene.write()
    #expect(try scene.administration.denialCount() == 100)
    let first = try scene.administration.denials(.first, limit: 60)
    #expect(first.hasAfter && !first.hasBefore && first.rows.count == 60)
    let rest = try scene.administration.denials(.after(first.rows[59].cursor), limit: 60)
    #expect(!rest.hasAfter && rest.hasBefore && rest.rows.count == 40)
    let back = try scene.administration.denials(.before(rest.rows[0].cursor), limit: 60)
    #expect(back.rows.map(\.cursor) == first.rows.map(\.cursor))
  }

  @Test("denials of long ago go where the gate's clock is believed, and not by one that jumped")
  func retentionByTime() throws {
    let scene = try GateScene()
    func deny() throws -> Int {
      _ = scene.nginx("/sales")
      scene.write()
      return try scene.administration.denialCount()
    }
    #expect(try deny() == 1)
    scene.clock.advance(8_000 * 365 * 86_400)
    #expect(try deny() == 2)
    #expect(try deny() == 3)
    scene.clock.advance(-8_000 * 365 * 86_400)
    #expect(try deny() == 4)
    scene.clock.advance(31 * 86_400)
    #expect(try deny() == 5)
    scene.clock.advance(86_400)
    // Those of 32 days ago go, and not those that lie ahead.
    #expect(try deny() == 4)
  }
}
