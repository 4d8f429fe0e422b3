import Access
import Testing

@testable import Console

@Suite("Instants are said and typed as people understand them")
struct ClockTests {
  private static let now = ScreenWorld.now
  /// Two hours ahead of UTC before 2026-10-25T01:00:00Z, one hour from then on, and two again from 2027-03-28T01:00:00Z.
  private static let berlin = Zone { instant in
    let isSummer =
      instant < Timestamp("2026-10-25T01:00:00Z") ?? .distantPast
      || instant >= Timestamp("2027-03-28T01:00:00Z") ?? .distantPast
    return Zone.Offset(seconds: isSummer ? 7_200 : 3_600, abbreviation: isSummer ? "CEST" : "CET")
  }

  @Test(
    "an instant is told by how far away it is, and by what clocks show",
    arguments: [
      ("2026-11-27T18:00:00Z", "in 4 days, Fri 27 Nov 19:00 CET"),
      ("2026-11-23T12:00:30Z", "in 30 s, Mon 23 Nov 13:00 CET"),
      ("2026-11-23T12:45:00Z", "in 45 min, Mon 23 Nov 13:45 CET"),
      ("2026-11-24T12:00:00Z", "in 24 h, Tue 24 Nov 13:00 CET"),
      ("2026-11-20T12:00:00Z", "3 days ago, Fri 20 Nov 13:00 CET"),
      ("2026-12-31T23:30:00Z", "in 38 days, Fri 1 Jan 2027 00:30 CET"),
      ("2027-06-01T00:00:00Z", "in 189 days, Tue 1 Jun 2027 02:00 CEST"),
    ])
  func saysInstants(instant: String, words: String) throws {
    #expect(Clock(Self.berlin, now: Self.now).whole(try #require(Timestamp(instant))) == words)
  }

  @Test("bounds are told by how they stand, and what ends within a week has a sign")
  func saysBounds() throws {
    let clock = Clock(now: Self.now)
    func badge(from: Int64? = nil, until: Int64? = nil) throws -> String? {
      let bounds = try Bounds(
        from: from.map { Self.now.adding(days: $0) }, until: until.map { Self.now.adding(days: $0) })
      return clock.badge(bounds)?.text
    }
    #expect(try badge() == nil)
    #expect(try badge(from: -1) == nil)
    #expect(try badge(until: 7) == "until Mon 30 Nov 12:00 !")
    #expect(try badge(until: 8) == "until Tue 1 Dec 12:00")
    #expect(try badge(until: -3) == "ended 3 days ago")
    #expect(try badge(until: 0) == "ended now")
    #expect(try badge(from: 8, until: 9) == "from Tue 1 Dec 12:00 until Wed 2 Dec 12:00")
  }

  @Test(
    "what is typed is an instant in the console's zone",
    arguments: [
      ("", nil), ("  ", nil),
      ("2026-11-27", "2026-11-26T23:00:00Z"), ("2026-11-27 18:00", "2026-11-27T17:00:00Z"),
      ("2026-11-27T18:00", "2026-11-27T17:00:00Z"), ("2026-11-27 18:00:05", "2026-11-27T17:00:05Z"),
      ("2026-11-27T18:00:00Z", "2026-11-27T18:00:00Z"),
      ("2026-11-27T18:00:00-05:00", "2026-11-27T23:00:00Z"),
      ("2027-07-01 12:00", "2027-07-01T10:00:00Z"),
      ("+14d", "2026-12-07T12:00:00Z"), ("+8h", "2026-11-23T20:00:00Z"),
      ("+30m", "2026-11-23T12:30:00Z"), (" +2w ", "2026-12-07T12:00:00Z"),
    ] as [(String, String?)])
  func readsInstants(text: String, instant: String?) {
    let entry = InstantEntry(clock: Clock(Self.berlin, now: Self.now))
    #expect(entry.instant(text) == .success(instant.flatMap { Timestamp($0) }))
  }

  @Test(
    "what is no instant is refused in words",
    arguments: [
      ("tomorrow", "no instant"), ("2026-02-30", "no instant"), ("2026-11-27 25:00", "no instant"),
      ("2026-11-27T18:00:00.5Z", "whole seconds"), ("2026-11-27 18:00:00.5", "whole seconds"),
      ("2026-11-27 18:00:00,5", "whole seconds"),
      ("+", "no distance"), ("+d", "no distance"), ("+14", "no distance"), ("+14y", "no distance"),
      ("+1.5d", "no distance"), ("+-1d", "no distance"), ("+9999999d", "no distance"),
      ("+١٤d", "no distance"), ("2027-03-28 02:30", "clocks skip"), ("٢٠٢٦-11-27", "no instant"),
    ])
  func refuses(text: String, words: String) throws {
    let entry = InstantEntry(clock: Clock(Self.berlin, now: Self.now))
    let problem = try #require(entry.instant(text).problem)
    #expect(problem.line.contains(words))
  }

  @Test("what a field shows of an instant is read as that instant, where clocks are put back, too")
  func roundTrips() throws {
    let entry = InstantEntry(clock: Clock(Self.berlin, now: Self.now))
    let start = try #require(Timestamp("2026-10-24T22:00:07Z"))
    for minutes in stride(from: Int64(0), to: 600, by: 7) {
      let instant = start.adding(seconds: minutes * 60)
      #expect(entry.instant(entry.text(instant)) == .success(instant))
    }
  }
}
