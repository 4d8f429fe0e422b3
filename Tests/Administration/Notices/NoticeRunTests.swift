import Access
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("notices are raised once, within bounds, by whoever may", .onEachEngine)
struct NoticeRunTests {
  private let world: NoticeWorld

  init() throws { world = try NoticeWorld() }

  private static let day: Int64 = 86_400

  @Test("a token's end raises one event at each threshold, and new ones where the token is prolonged")
  func thresholds() throws {
    let token = try world.token("Portal", days: 40)
    var told: [Int64: Int] = [:]
    for day in 0..<40 {
      for event in try world.raise().raised { told[Int64(day)] = event.document.count }
      world.advance(Self.day)
    }
    #expect(told.keys.sorted() == [10, 33, 39])
    #expect(try world.raise().raised.isEmpty)
    // It has ended, and lives again for so long.
    let administration = world.administration()
    try administration.change { try $0.setExpiry(.at(world.now.adding(days: 31)), of: token.id) }
    #expect(try world.raise().raised.isEmpty)
    world.advance(Self.day)
    #expect(try world.raise().raised.count == 1)
    #expect(try world.raise().raised.isEmpty)
  }

  @Test("notices raise no generation, and write no row of the audit log")
  func changesNoAccess() throws {
    try world.token("Portal", days: 2)
    world.advance(Self.day + 1)
    let before = (try world.generation(), try world.store.read { try $0.auditHead()?.sequence })
    #expect(try world.raise().raised.count == 1)
    #expect(try world.send().deliveredCount == 1)
    #expect(try world.generation() == before.0)
    #expect(try world.store.read { try $0.auditHead()?.sequence } == before.1)
  }

  @Test("a look that remembers nothing raises the same again")
  func preview() throws {
    try world.token("Portal", days: 2)
    world.advance(Self.day + 1)
    let come = try world.administration().noticesToCome(health: { [] }).raised
    #expect(come.count == 1)
    #expect(try world.notices.isEmpty)
    #expect(try world.raise().raised == come)
    #expect(try world.administration().noticesToCome(health: { [] }).raised.isEmpty)
  }

  @Test("a condition without sightings raises nothing")
  func nothing() throws {
    try world.token("Portal")
    #expect(try world.raise().raised.isEmpty)
    let run = try world.send { _ in
      Issue.record("nothing was to be delivered")
      return .delivered
    }
    #expect(run.deliveredCount == 0 && run.waitingCount == 0)
  }

  @Test("a finding of doctor raises an event, and another after it came back, looked for after a rest")
  func health() throws {
    let finding = NoticeFinding(subject: "lookup key", text: "is another store's")
    #expect(try world.raise(health: [finding]).raised.map(\.subject) == ["store"])
    // It is not asked again at once.
    world.advance(3_600)
    #expect(try world.raise(health: [finding, NoticeFinding(subject: "clock", text: "x")]).raised.isEmpty)
    world.advance(6 * 3_600)
    #expect(try world.raise(health: [finding]).raised.isEmpty)
    world.advance(6 * 3_600)
    #expect(try world.raise().raised.isEmpty)
    world.advance(6 * 3_600)
    #expect(try world.raise(health: [finding]).raised.count == 1)
    #expect(try Set(world.notices.map(\.event.id)).count == 2)
    // Where the clock was wrong, the rest does not last until then.
    world.advance(-400 * Self.day)
    let other = NoticeFinding(subject: "database", text: "x")
    #expect(try world.raise(health: [finding, other]).raised.count == 1)
  }

  @Test("the number of waiting notices is bounded; one event and the command tell how many were given up")
  func bounded() throws {
    let bounds = NoticeBounds(waiting: 4, waitingDays: 30, raisedAtOnce: 3, keptDays: 60)
    for number in 0..<9 { try world.token("A\(number)", days: 2) }
    world.advance(Self.day + 1)
    let first = try world.raise(bounds: bounds)
    #expect(first.raised.count == 3 && first.leftCount == 6 && first.givenUpCount == 0)
    let second = try world.raise(bounds: bounds)
    #expect(second.raised.count == 3 && second.givenUpCount == 2)
    let third = try world.raise(bounds: bounds)
    #expect(third.raised.count == 3 && third.leftCount == 0 && third.givenUpCount == 4)
    #expect(try world.raise(bounds: bounds).givenUpCount <= 1)
    let told = try world.notices.filter { $0.event.condition == "notices.givenUp" }
    // One that nobody was handed yet tells of all.
    #expect(told.count == 1)
    let givenUp = try world.notices.filter { $0.state == .givenUp }.count
    #expect(try NoticeDocument.data(of: told[0].event)["count"] == .number(Int64(givenUp)))
    #expect(told[0].event.words.hasPrefix("\(givenUp) notices could not be delivered"))
    let waiting = try world.store.read { try $0.waitingNoticeCount() }
    #expect(waiting <= 4)
    #expect(try world.send().deliveredCount == waiting)
    #expect(try world.raise(bounds: bounds).raised.isEmpty)
  }

  @Test("notices that were settled long ago are forgotten, and those that wait for too long are given up")
  func forgotten() throws {
    try world.token("A", days: 2)
    world.advance(Self.day + 1)
    try world.raise()
    _ = try world.send()
    world.advance(61 * Self.day)
    try world.raise()
    #expect(try world.notices.isEmpty)
    try world.token("B", days: 2)
    world.advance(Self.day + 1)
    try world.raise()
    world.advance(31 * Self.day)
    #expect(try world.raise().givenUpCount == 1)
    #expect(try world.notices.map(\.event.condition) == ["token.ends", "notices.givenUp"])
  }

  /// The permissions that somebody has, and whether they may have notices handed over and be shown them.
  private static let permissions: [(has: Set<Permission>, sends: Bool, lists: Bool)] = [
    ([.securityRead, .auditRead], true, true), ([.securityRead], false, true), ([.auditRead], false, false),
    ([.tokensManage], false, false), ([], false, false),
  ]

  @Test("whoever may read all that notices tell of has them handed over", arguments: permissions)
  func permitted(_ permissions: Set<Permission>, _ sends: Bool, _ lists: Bool) throws {
    try world.raise(health: [NoticeFinding(subject: "clock", text: "x")])
    let administration = world.administration(permissions)
    func may(_ body: () throws -> Void) throws -> Bool {
      do { try body() } catch AdministrationError.notPermitted { return false }
      return true
    }
    let courier = NoticeCourier(administration, attemptSeconds: 9)
    #expect(try may { _ = try administration.raiseNotices(health: { [] }) } == sends)
    #expect(try may { _ = try administration.noticesToCome(health: { [] }) } == sends)
    #expect(try may { _ = try administration.waitingNotices(limit: 9) } == sends)
    #expect(try may { _ = try courier.run { _, _ in .failed("x") } } == sends)
    #expect(try may { _ = try administration.notices(before: nil, limit: 9) } == lists)
  }

  @Test("notices about the audit log are not shown to those who may not see the log")
  func shownByPermission() throws {
    try world.store.write { writer in
      for condition in ["token.ends", "audit.fails", "of.another.popsec"] {
        try writer.insert(
          NoticeEvent(
            id: condition, raisedKey: nil, condition: condition, subject: "x", words: "x", document: "{}",
            at: world.now), at: world.now)
      }
    }
    func shown(_ permissions: Set<Permission>) throws -> [String] {
      try world.administration(permissions).notices(before: nil, limit: 9).map(\.event.condition)
    }
    #expect(try shown([.securityRead]) == ["token.ends"])
    #expect(try shown([.securityRead, .auditRead]) == ["audit.fails", "token.ends"])
  }
}
