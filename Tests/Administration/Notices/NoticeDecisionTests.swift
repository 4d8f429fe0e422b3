import Access
import Store
import Testing

@testable import Administration

@Suite("what is new of what holds")
struct NoticeDecisionTests {
  private static let now = Timestamp("2026-11-24T12:00:00Z") ?? .distantPast

  private static let once = NoticeCondition("test.once", "something", for: .securityRead) { _ in [] }
  private static let holds = NoticeCondition(
    "test.holds", "something", for: .securityRead, .onceWhileItHolds
  ) { _ in [] }

  private static func sighting(_ mark: String, at seconds: Int64 = 0) -> NoticeSighting {
    NoticeSighting(subject: "thing/1", mark: mark, at: now.adding(seconds: seconds), words: mark, data: [:])
  }

  private static func notice(_ event: NoticeEvent, number: Int64 = 1, raised daysAgo: Int64 = 0) -> Notice {
    let time = now.adding(days: -daysAgo)
    return Notice(number: number, event: event, raisedAt: time, nextAttemptAt: time)
  }

  private static func decide(
    _ looks: [NoticeLook], raised keys: Set<String> = [], limit: Int = 100
  ) throws -> NoticeDecision {
    try NoticeDecision(looks, raisedKeys: keys, now: now, limit: limit)
  }

  @Test("a sighting that raised an event before does not raise it again")
  func onceOnly() throws {
    let look = NoticeLook(condition: Self.once, sightings: [Self.sighting("a"), Self.sighting("b")])
    let decision = try Self.decide([look], raised: [look.keys[0]])
    #expect(decision.raised.map(\.words) == ["b"])
    #expect(decision.raised.map(\.id) == [look.keys[1]])
    #expect(try Self.decide([look], raised: Set(look.keys)).raised.isEmpty)
  }

  @Test("events are raised in the order in which they came about, some at a time")
  func order() throws {
    let look = NoticeLook(
      condition: Self.once,
      sightings: [Self.sighting("c", at: -1), Self.sighting("a", at: -9), Self.sighting("b", at: -5)])
    let decision = try Self.decide([look], limit: 2)
    #expect(decision.raised.map(\.words) == ["a", "b"] && decision.leftCount == 1)
    // A clock that was wrong says nothing of what is to come.
    let ahead = NoticeLook(condition: Self.once, sightings: [Self.sighting("x", at: 99)])
    #expect(try Self.decide([ahead]).raised.map(\.at) == [Self.now])
  }

  @Test("a sighting that holds raises one event, and another after it has ended in between")
  func recurs() throws {
    let sightings = [Self.sighting("database")]
    let first = try Self.decide([NoticeLook(condition: Self.holds, sightings: sightings)])
    let event = try #require(first.raised.first)
    // Two occasions of one thing are two events.
    #expect(event.id == "\(event.raisedKey ?? "")/\(Self.now)")
    let held = [Self.notice(event)]
    let still = try Self.decide(
      [NoticeLook(condition: Self.holds, sightings: sightings, held: held)], raised: [event.raisedKey ?? ""])
    #expect(still.raised.isEmpty && still.ended.isEmpty)
    let over = try Self.decide([NoticeLook(condition: Self.holds, sightings: [], held: held)])
    #expect(over.raised.isEmpty && over.ended == held)
    // What has occasions of its own does not end.
    #expect(try Self.decide([NoticeLook(condition: Self.once, sightings: [], held: held)]).ended.isEmpty)
  }

  @Test("the oldest waiting notices beyond the bound are given up, and those that wait for too long")
  func bounds() throws {
    let bounds = NoticeBounds(waiting: 3, waitingDays: 10, raisedAtOnce: 9, keptDays: 9)
    func event(_ condition: NoticeCondition, _ mark: String) throws -> NoticeEvent {
      try Self.sighting(mark).event(of: condition, now: Self.now)
    }
    let waiting = try (1...5).map { number in
      Self.notice(try event(Self.once, "\(number)"), number: Int64(number), raised: 12 - Int64(number) * 2)
    }
    func givenUp(_ waiting: [Notice]) -> [Int64] {
      bounds.givenUp(of: waiting, count: waiting.count, now: Self.now).map(\.number)
    }
    #expect(givenUp(waiting) == [1, 2])
    #expect(givenUp(Array(waiting.suffix(3))) == [])
    #expect(givenUp([Self.notice(try event(Self.once, "old"), number: 7, raised: 11)]) == [7])
    // That some were given up is told in any case.
    let told = Self.notice(try event(.noticesGivenUp, "x"), number: 1, raised: 99)
    #expect(givenUp([told] + waiting.suffix(3)) == [])
  }

  @Test("the next attempt is twice as far away as the one before, up to a bound, with some chance")
  func backoff() {
    let whole: [Int64] = [60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 14_400, 14_400, 14_400]
    for (index, seconds) in whole.enumerated() {
      #expect(NoticeBackoff.seconds(after: index + 1, jitter: 0) == seconds / 2)
      #expect(NoticeBackoff.seconds(after: index + 1, jitter: 0.5) == seconds * 3 / 4)
      #expect((seconds - 1...seconds).contains(NoticeBackoff.seconds(after: index + 1, jitter: 0.999_9)))
    }
    for count in [Int.min, 0, .max] {
      for jitter in [-1, 7, .nan, .infinity] as [Double] {
        let seconds = NoticeBackoff.seconds(after: count, jitter: jitter)
        #expect((30...NoticeBackoff.longestSeconds).contains(seconds))
      }
    }
  }
}
