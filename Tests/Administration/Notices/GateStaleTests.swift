import Access
import SQLStore
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("Old answers of gates raise a notice, and get a row in the audit log", .onEachEngine)
struct GateStaleTests {
  private let world: NoticeWorld
  private let uses: any UseWriting

  init() throws {
    world = try NoticeWorld()
    uses = try world.made.openUses()
    try world.raise()
  }

  private func answer(_ count: Int, seconds: Int64 = 90, host: String = "web1") throws {
    try uses.add(
      StaleSpan(
        id: .random(), host: try Name(host), process: 4_711, firstAt: world.now,
        lastAt: world.now.adding(seconds: seconds), count: count))
  }

  private func rows() throws -> [AuditRecord] {
    try world.administration().audit(AuditQuery(action: "gate.stale"), .first, limit: 100).rows
  }

  @Test(
    "in words that name host, number and times",
    arguments: [(1, "1 old answer"), (2, "2 old answers"), (12_345, "12,345 old answers")])
  func words(count: Int, told: String) throws {
    let span = StaleSpan(
      id: .random(), host: try Name("web1"), process: 7, firstAt: world.start,
      lastAt: world.start.adding(seconds: 90), count: count)
    let sighting = NoticeCondition.gateStale(span)
    #expect(
      sighting.words
        == "the gate on web1 gave \(told) from 2026-11-24T12:00:00Z to 2026-11-24T12:01:30Z, while its database was out of reach"
    )
    #expect(sighting.subject == "gate" && sighting.data["answers"] == .number(Int64(count)))
  }

  @Test("each span once, however late and however often it is looked for")
  func once() throws {
    try answer(12)
    world.advance(40 * 86_400)
    try answer(3, host: "web2")
    let come = try world.administration().noticesToCome(health: { [] }).raised
    #expect(try come.map(\.condition) == ["gate.stale", "gate.stale"] && rows().isEmpty)
    #expect(try world.raise().raised == come)
    _ = try world.send()
    for _ in 0..<3 {
      world.advance(61 * 86_400)
      #expect(try world.raise().raised.isEmpty)
    }
    #expect(try rows().count == 2)
    let row = try #require(try rows().last)
    #expect(row.actor.name == "popsec" && row.target.kind == .store && !row.isChange)
    let fields = row.fields.map { "\($0.name)=\($0.after ?? "")" }
    #expect(
      fields == [
        "answers=12", "host=web1", "process=4711", "since=2026-11-24T12:00:00Z", "until=2026-11-24T12:01:30Z",
      ])
    #expect(try world.administration().verifyAudit().isWhole)
  }

  @Test("a span for which there is no room yet gets its row together with its event")
  func bounded() throws {
    for second in 0..<5 as Range<Int64> { try answer(1, seconds: second) }
    let bounds = NoticeBounds(waiting: 10, waitingDays: 30, raisedAtOnce: 2, keptDays: 60)
    for expected in [2, 4, 5, 5] {
      try world.raise(bounds: bounds)
      #expect(try rows().count == expected)
      #expect(try world.notices.count == expected)
    }
  }

  @Test("by whoever may notify, who needs no right to change anything, and changes nobody's access")
  func rights() throws {
    try answer(1)
    let generation = try world.generation()
    let keeper = world.administration([.securityRead, .auditRead])
    #expect(try world.raise(as: keeper).raised.count == 1)
    #expect(try rows().count == 1 && world.generation() == generation)
  }
}
