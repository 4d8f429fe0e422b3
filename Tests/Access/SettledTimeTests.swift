import Testing

@testable import Access

@Suite struct SettledTimeTests {
  private static let day: Int64 = 86_400
  private let now = Timestamp(secondsSince1970: 1_800_000_000) ?? .distantPast

  @Test(
    "the clock is believed where a record from the day before precedes, up to the latest that is a day old",
    arguments: [
      // Each case: the seconds since the last record, the seconds since the settled one, and whether the
      // clock is trusted.
      (0, day, true), (1, day, true), (day, day, true), (day, 40 * day, true), (day + 1, day + 1, false),
      (40 * day, 40 * day, false), (-1, day, false), (-40 * day, day, false), (0, day - 1, false),
      (0, 0, false),
    ] as [(Int64, Int64, Bool)])
  func believes(last: Int64, settled: Int64, isBelieved: Bool) {
    let found = SettledTime(
      now: now, last: now.adding(seconds: -last), settled: now.adding(seconds: -settled))
    #expect(found?.time == (isBelieved ? now.adding(seconds: -settled) : nil))
  }

  @Test("without an earlier record no clock is trusted")
  func nothing() {
    #expect(SettledTime(now: now, last: nil, settled: now.adding(days: -2)) == nil)
    #expect(SettledTime(now: now, last: now, settled: nil) == nil)
  }

  @Test("at the ends of time nothing traps", arguments: Timestamp.extremes, Timestamp.extremes)
  func extremes(now: Timestamp, last: Timestamp) {
    let found = SettledTime(now: now, last: last, settled: last)
    #expect(found == nil || found?.time == last)
    for days in [0, 30, Int64.max] {
      #expect(found.map { $0.purging(keptDays: days).before <= $0.time } ?? true)
    }
  }
}

extension Timestamp {
  fileprivate static var extremes: [Timestamp] {
    [range.lowerBound, range.lowerBound + 86_400, 0, range.upperBound - 86_400, range.upperBound].compactMap {
      Timestamp(secondsSince1970: $0)
    }
  }
}
