import Access
import Foundation
import GRDB
import SQLStore
import SQLiteStore
import Store
import TestSupport
import Testing

@Suite struct SQLiteUseStoreTests {
  @Test("gate.db may come while it is looked for, go, and be replaced")
  func comesAndGoes() throws {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.copy(at: folder.store, now: .start)
    let records = SQLiteUseRecords(folder.store)
    #expect(try records.denialCount() == 0)
    #expect(try !records.isAnyUsed([.random()]))
    let use = TokenIDUse(
      secret: .random(), token: .random(), account: .random(), firstUsedAt: .start, lastUsedAt: .start,
      useCount: 2)
    let writer = try SQLiteUseStore.open(folder.store, now: .start)
    try writer.add([use], [], .none, keeping: .standard, now: .start)
    #expect(try records.isAnyUsed([use.secret]))
    #expect(try records.uses(of: [use.token]) == [use])
    for name in ["gate.db", "gate.db-wal", "gate.db-shm"] {
      try? FileManager.default.removeItem(atPath: folder.store.path + "/" + name)
    }
    #expect(try !records.isAnyUsed([use.secret]))
    let other = try SQLiteUseStore.open(folder.store, now: .start)
    try other.add(
      [], [NewDenial(id: DecisionID(1), at: .start, document: "{}")], .none, keeping: .standard, now: .start)
    #expect(try records.denialCount() == 1)
  }

  @Test("counts add up and times go forward, in whatever order they are written", arguments: Engine.all)
  func adds(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let store = fixture.uses
    let (secret, token, account) = (TokenSecretID.random(), TokenRowID.random(), AccountID.random())
    func use(_ first: Int64, _ last: Int64, _ source: String, denied: Int64? = nil) -> TokenIDUse {
      TokenIDUse(
        secret: secret, token: token, account: account, firstUsedAt: .start.adding(seconds: first),
        lastUsedAt: .start.adding(seconds: last), source: IPAddress(source), useCount: 1,
        denialCount: denied == nil ? 0 : 1, lastDeniedAt: denied.map { .start.adding(seconds: $0) })
    }
    let all = [use(5, 9, "10.0.0.1"), use(1, 20, "10.0.0.2", denied: 3), use(2, 4, "10.0.0.3", denied: 1)]
    for part in all { try store.add([part], [], .none, keeping: .standard, now: .start) }
    let found = try #require(try store.uses(of: [token]).first)
    #expect(found.useCount == 3 && found.denialCount == 2)
    #expect(found.firstUsedAt == .start.adding(seconds: 1))
    #expect(found.lastUsedAt == .start.adding(seconds: 20))
    #expect(found.source?.description == "10.0.0.2")
    #expect(found.lastDeniedAt == .start.adding(seconds: 3))
    // The same comes out where they are added up in memory first.
    var sum = all[0]
    sum.add(all[1])
    sum.add(all[2])
    #expect(sum.otherSources.map(\.description).sorted() == ["10.0.0.1", "10.0.0.3"])
    #expect(
      found
        == TokenIDUse(
          secret: secret, token: token, account: account, firstUsedAt: sum.firstUsedAt,
          lastUsedAt: sum.lastUsedAt, source: sum.source, useCount: sum.useCount,
          denialCount: sum.denialCount, lastDeniedAt: sum.lastDeniedAt))
  }

  @Test("many uses, denials and sums are added at once as they are one by one", arguments: Engine.all)
  func addsMany(engine: Engine) throws {
    let (many, single) = (try Fixture(engine), try Fixture(engine))
    // More than two portions of the greatest size, with values that are missing here and there.
    let uses = (0..<150).map { number in
      var use = TokenIDUse(secret: .random(), token: .random(), account: .random())
      if number % 3 > 0 { use.countDenial(at: .start.adding(seconds: Int64(number))) }
      if number % 2 > 0 {
        use.countUse(
          at: .start.adding(seconds: Int64(number)),
          source: number % 5 > 0 ? IPAddress("10.0.\(number).1") : nil,
          place: nil)
      }
      return use
    }
    let denials = (1...70).map { NewDenial(id: DecisionID($0), at: .start, document: "{}") }
    for _ in 1...2 {
      try many.uses.add(uses, denials, .none, keeping: .standard, now: .start)
      for use in uses { try single.uses.add([use], [], .none, keeping: .standard, now: .start) }
    }
    for denial in denials { try single.uses.add([], [denial], .none, keeping: .standard, now: .start) }
    let tokens = uses.map(\.token)
    let found = try many.uses.uses(of: tokens)
    #expect(found.count == 150 && found.map(\.useCount).reduce(0, +) == 150)
    #expect(try found == single.uses.uses(of: tokens))
    #expect(try many.uses.denialCount() == 70 && single.uses.denialCount() == 70)
    let networks = try [many, single].map { try Set($0.uses.usedNetworks(since: .distantPast)) }
    #expect(networks[0].count == 60 && networks[0] == networks[1])
    #expect(try many.uses.isAnyUsed(uses.map(\.secret)))
    #expect(try !many.uses.isAnyUsed([.random(), uses[0].secret]))
  }

  private static func networks(_ store: any UseWriting) throws -> [String] {
    try store.usedNetworks(since: .distantPast).map { "\($0.ordinal) \($0.network)" }
  }

  @Test(
    "the networks from which a token was used are kept once each, the first ones alone", arguments: Engine.all
  )
  func networks(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let store = fixture.uses
    var use = TokenIDUse(secret: .random(), token: .random(), account: .random())
    use.countDenial(at: .start)
    try store.add([use], [], .none, keeping: .standard, now: .start)
    #expect(try Self.networks(store) == [])
    for source in ["10.0.0.1", "10.0.0.2", "10.0.1.1", "10.0.0.1", "2001:db8:7::1"] {
      use.countUse(at: .start, source: IPAddress(source), place: nil)
    }
    use.countUse(at: .start, source: nil, place: nil)
    try store.add([use], [], .none, keeping: .standard, now: .start)
    let first = ["1 10.0.0.0/24", "2 10.0.1.0/24", "3 2001:db8:7::/48"]
    #expect(try Self.networks(store) == first)
    try store.add([use], [], .none, keeping: .standard, now: .start.adding(seconds: 9))
    #expect(try Self.networks(store) == first)
    #expect(try store.usedNetworks(since: .start.adding(seconds: 1)).isEmpty)
    for part in 0..<100 {
      var other = TokenIDUse(secret: use.secret, token: use.token, account: use.account)
      other.countUse(at: .start, source: IPAddress("10.1.\(part).1"), place: nil)
      try store.add([other], [], .none, keeping: .standard, now: .start)
    }
    let all = try store.usedNetworks(since: .distantPast)
    #expect(all.map(\.ordinal) == Array(1...UsedNetwork.maximumCount))
  }

  @Test("for a stretch of time only some sources are kept beside the last one")
  func boundedSources() {
    var use = TokenIDUse(secret: .random(), token: .random(), account: .random())
    for part in 0..<100 { use.countUse(at: .start, source: IPAddress("10.0.\(part).1"), place: nil) }
    #expect(use.otherSources.count == TokenIDUse.otherSourceLimit)
    #expect(use.source == IPAddress("10.0.99.1"))
    // A clock that went back takes no source away.
    var early = TokenIDUse(secret: use.secret, token: use.token, account: use.account)
    early.countUse(at: .start, source: IPAddress("10.0.0.1"), place: nil)
    early.countUse(at: .start.adding(seconds: -5), source: IPAddress("10.0.1.1"), place: nil)
    #expect(early.source == IPAddress("10.0.0.1") && early.otherSources == [IPAddress("10.0.1.1")])
  }

  @Test("a token that was used before its networks were kept has that of its last use as the first")
  func earlierUse() throws {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.copy(at: folder.store, now: .start)
    let store = try SQLiteUseStore.open(folder.store, now: .start)
    var use = TokenIDUse(secret: .random(), token: .random(), account: .random())
    use.countUse(at: .start, source: IPAddress("10.0.0.1"), place: nil)
    try store.add([use], [], .none, keeping: .standard, now: .start)
    let queue = try DatabaseQueue(path: folder.store.useDatabase)
    try queue.write { database in
      try database.execute(
        sql: """
          DROP TABLE used_network; DROP TABLE hour_sum; DROP TABLE token_day; DROP TABLE decoy_use; DROP TABLE gate_rate;
          DROP TABLE stale_span;
          DELETE FROM migration WHERE number >= 4
          """)
    }
    let records = SQLiteUseRecords(folder.store)
    #expect(try records.usedNetworks(since: .distantPast).isEmpty && records.decoyUses().isEmpty)
    #expect(try records.staleSpans().isEmpty)
    let upgraded = try SQLiteUseStore.open(folder.store, now: .start)
    var later = TokenIDUse(secret: use.secret, token: use.token, account: use.account)
    later.countUse(at: .start.adding(seconds: 5), source: IPAddress("10.0.1.1"), place: nil)
    try upgraded.add([later], [], .none, keeping: .standard, now: .start)
    #expect(try Self.networks(upgraded) == ["1 10.0.0.0/24", "2 10.0.1.0/24"])
  }

  @Test("denials are told by the token that was known, and when", arguments: Engine.all)
  func denialTimes(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let store = fixture.uses
    func after(_ seconds: Int64) -> Timestamp { .start.adding(seconds: seconds) }
    let (first, second) = (TokenRowID.random(), TokenRowID.random())
    let denials: [(TokenRowID?, Int64)] = [(first, 5), (nil, 6), (second, 7), (first, 3), (first, -9)]
    let new = denials.enumerated().map { index, denial in
      NewDenial(
        id: DecisionID(UInt64(index + 1)), at: after(denial.1),
        document: denial.0.map { "{\"tokenID\":\"\($0)\"}" } ?? "{}")
    }
    try store.add([], new, .none, keeping: .standard, now: .start)
    #expect(try store.denialTimes(since: .start) == [first: [after(3), after(5)], second: [after(7)]])
  }

  @Test("a file that is no gate.db is refused")
  func foreign() throws {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.copy(at: folder.store, now: .start)
    try FileManager.default.copyItem(atPath: folder.store.database, toPath: folder.store.useDatabase)
    #expect(throws: StoreError.self) { try SQLiteUseStore.open(folder.store, now: .start) }
    #expect(throws: UseTrouble.self) { try SQLiteUseRecords(folder.store).denialCount() }
  }

  @Test("that nothing was committed is certain only until the next commit, in the same file")
  func certainty() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.copy(at: folder.store, now: .start)
    let watch = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start).watch()
    #expect(!watch.isSurelyUnchanged())
    _ = try watch.read { $1 }
    // The first read learns where the log's index is, and the next question what stands there.
    #expect(try !watch.hasChanged() && watch.isSurelyUnchanged())
    try store.write { try $0.setLastUse([]) }
    try store.write { try $0.insert(try Sample.account("portal")) }
    #expect(!watch.isSurelyUnchanged())
    _ = try watch.read { $1 }
    #expect(watch.isSurelyUnchanged())
    // A reader of a state that is no longer the present one is not sure of it.
    try watch.read { _, _ in try store.write { try $0.insert(try Sample.account("other")) } }
    #expect(!watch.isSurelyUnchanged())
    #expect(try watch.hasChanged())
    _ = try watch.read { $1 }
    #expect(watch.isSurelyUnchanged())
    try FileManager.default.moveItem(atPath: folder.store.path, toPath: folder.path + "/aside")
    #expect(!watch.isSurelyUnchanged())
  }

  @Test("a watch sees what another connection commits, and the generation tells what matters")
  func watch() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.copy(at: folder.store, now: .start)
    let watch = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start).watch()
    #expect(try watch.hasChanged())
    let before = try watch.read { $1 }
    #expect(try !watch.hasChanged())
    try store.write { try $0.setLastUse([]) }
    try store.write { try $0.insert(try Sample.account("portal")) }
    #expect(try watch.hasChanged())
    #expect(try watch.read { $1 } == before + 1)
    #expect(try !watch.hasChanged())
    let aside = folder.path + "/aside"
    try FileManager.default.moveItem(atPath: folder.store.path, toPath: aside)
    #expect(throws: StoreError.replaced(path: folder.store.path)) { try watch.hasChanged() }
  }
}
