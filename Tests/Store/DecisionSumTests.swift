import Access
import GRDB
import SQLStore
import SQLiteStore
import Store
import TestSupport
import Testing

@Suite("gate.db keeps sums of decisions by hours, and of each token by days")
struct DecisionSumTests {
  /// Kept, because its database is dropped when it is gone.
  private let fixture: Fixture
  private let token = TokenRowID.random()

  init() throws { try self.init(.sqlite) }

  private init(_ engine: Engine) throws { fixture = try Fixture(engine) }

  private var folder: TemporaryFolder { fixture.folder }
  private var store: any UseWriting { fixture.uses }

  private func sums(_ allowed: Int, _ denied: Int, at now: Timestamp) -> DecisionSums {
    var sums = DecisionSums()
    let sum = DecisionSum(allowed: allowed, denied: denied)
    sums.count(sum, at: now)
    _ = sums.count(sum, of: TokenDay(token: token, start: now.startOfDay), most: 10)
    return sums
  }

  private func write(_ allowed: Int, _ denied: Int, at now: Timestamp) throws {
    try store.add([], [], sums(allowed, denied, at: now), keeping: .standard, now: now)
  }

  private func hours(since time: Timestamp = .distantPast) throws -> [String] {
    try #require(try store.hourSums(since: time)).map { "\($0.start) \($0.sum.allowed) \($0.sum.denied)" }
  }

  private func days(since time: Timestamp, _ days: Int) throws -> [String] {
    try #require(try store.daySums(of: token, since: time, days: days))
      .map { "\($0.start.day) \($0.sum.allowed) \($0.sum.denied)" }
  }

  private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

  @Test("what is written adds up, in its hour and its day", arguments: Engine.all)
  func addsUp(engine: Engine) throws { try Self(engine).addsUp() }

  private func addsUp() throws {
    let all = [
      ("2026-11-23T10:00:00Z", 1, 0), ("2026-11-23T10:59:59Z", 2, 3), ("2026-11-23T11:00:00Z", 4, 0),
      ("2026-11-24T00:00:00Z", 0, 5),
    ]
    for (at, allowed, denied) in all { try write(allowed, denied, at: try time(at)) }
    #expect(
      try hours() == ["2026-11-23T10:00:00Z 3 3", "2026-11-23T11:00:00Z 4 0", "2026-11-24T00:00:00Z 0 5"])
    #expect(try hours(since: try time("2026-11-23T11:30:00Z")).count == 2)
    #expect(try days(since: try time("2026-11-23T18:00:00Z"), 2) == ["2026-11-23 7 3", "2026-11-24 0 5"])
    #expect(try days(since: try time("2026-11-23T18:00:00Z"), 1) == ["2026-11-23 7 3"])
    #expect(try store.daySums(of: .random(), since: .start, days: 90) == [])
  }

  @Test("sums are dropped after 90 days, and a clock that jumps drops nothing", arguments: Engine.all)
  func pruned(engine: Engine) throws { try Self(engine).pruned() }

  private func pruned() throws {
    let first = try time("2026-01-01T12:00:00Z")
    for day in 0..<95 { try write(1, 0, at: first.adding(days: Int64(day))) }
    // A record that is a day old is trusted, and not the present time.
    #expect(try hours().count == 92)
    #expect(try days(since: first, 100).count == 92)
    try write(1, 0, at: first.adding(days: 3_650))
    #expect(try hours().count == 93)
  }

  @Test("in a file of an earlier gate the sums are not known, until a gate of now opens it")
  func earlier() throws {
    try write(1, 1, at: .start)
    let queue = try DatabaseQueue(path: folder.store.useDatabase)
    try queue.write { database in
      try database.execute(
        sql: """
          DROP TABLE hour_sum; DROP TABLE token_day; DROP TABLE decoy_use; DROP TABLE gate_rate;
          DROP TABLE stale_span;
          DELETE FROM migration WHERE number >= 5
          """)
    }
    let records = SQLiteUseRecords(folder.store)
    #expect(try records.hourSums(since: .distantPast) == nil)
    #expect(try records.daySums(of: token, since: .start, days: 90) == nil)
    let upgraded = try SQLiteUseStore.open(folder.store, now: .start)
    #expect(try upgraded.hourSums(since: .distantPast) == [])
    try upgraded.add([], [], sums(2, 0, at: .start), keeping: .standard, now: .start)
    #expect(try records.hourSums(since: .distantPast)?.map(\.sum.allowed) == [2])
  }

  @Test("where no gate ever ran, nothing was decided")
  func none() throws {
    let other = try TemporaryFolder()
    _ = try SQLiteStore.copy(at: other.store, now: .start)
    #expect(try SQLiteUseRecords(other.store).hourSums(since: .distantPast) == [])
  }

  @Test("no more days of tokens are held than there is room for, and none of the others is lost")
  func bounded() {
    var sums = DecisionSums()
    let (one, day) = (DecisionSum(allowed: 1), Timestamp.start.startOfDay)
    let days = (0..<3).map { _ in TokenDay(token: .random(), start: day) }
    var taken: [Bool] = []
    for day in days + [days[0]] { taken.append(sums.count(one, of: day, most: 2)) }
    #expect(taken == [true, true, false, true])
    #expect(sums.days == [days[0]: one + one, days[1]: one])
  }
}
