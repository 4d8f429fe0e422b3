import Access
import Terminal
import Testing

@testable import Console

@Suite("Instants are said and typed as people understand them")
struct ClockTests {
  private static let now = ScreenWorld.now

  @Test(
    "an instant is told by how far away it is, and by what clocks show",
    arguments: [
      ("2026-11-27T18:00:00Z", "in 4 days · Fri 27 Nov 19:00 CET"),
      ("2026-11-23T12:00:30Z", "in 30 s · Mon 23 Nov 13:00 CET"),
      ("2026-11-23T12:45:00Z", "in 45 min · Mon 23 Nov 13:45 CET"),
      ("2026-11-24T12:00:00Z", "in 24 h · Tue 24 Nov 13:00 CET"),
      ("2026-11-20T12:00:00Z", "3 days ago · Fri 20 Nov 13:00 CET"),
      ("2026-11-26T11:59:58Z", "in 3 days · Thu 26 Nov 12:59 CET"),
      ("2026-11-23T12:59:45Z", "in 1 h · Mon 23 Nov 13:59 CET"),
      ("2026-12-31T23:30:00Z", "in 38 days · Fri 1 Jan 2027 00:30 CET"),
      ("2027-06-01T00:00:00Z", "in 190 days · Tue 1 Jun 2027 02:00 CEST"),
    ])
  func saysInstants(instant: String, words: String) throws {
    #expect(Clock(Zone.berlin, now: Self.now).whole(try #require(Timestamp(instant))) == words)
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
    #expect(try badge(until: 7) == "until Mon 30 Nov 12:00, in 7 days !")
    #expect(try badge(until: 8) == "until Tue 1 Dec 12:00, in 8 days")
    #expect(try badge(until: -3) == "ended 3 days ago, Fri 20 Nov 12:00")
    #expect(try badge(until: 0) == "ended now, Mon 23 Nov 12:00")
    #expect(try badge(from: 8, until: 9) == "from Tue 1 Dec 12:00 until Wed 2 Dec 12:00")
  }

  @Test(
    "bounds say how far away they are where there is room, and keep their sign where there is little",
    arguments: [
      (nil, 3, 34, "until Thu 26 Nov 12:00 !"), (nil, 3, 23, "in 3 days !"),
      (nil, 3, 35, "until Thu 26 Nov 12:00, in 3 days !"),
      (nil, 8, 33, "until Tue 1 Dec 12:00, in 8 days"), (nil, -3, 15, "ended 3 days ago"),
      (nil, -3, 40, "ended 3 days ago, Fri 20 Nov 12:00"), (2, nil, 35, "from Wed 25 Nov 12:00, in 2 days"),
      (2, nil, 20, "from Wed 25 Nov 12:00"), (8, 40, 40, "from 1 Dec until 2 Jan 2027"),
      (8, 40, 50, "from Tue 1 Dec 12:00 until Sat 2 Jan 2027 12:00"), (8, 40, 26, "from Tue 1 Dec 12:00 …"),
    ] as [(Int64?, Int64?, Int, String)])
  func fitsBounds(from: Int64?, until: Int64?, columns: Int, words: String) throws {
    let bounds = try Bounds(
      from: from.map { Self.now.adding(days: $0) }, until: until.map { Self.now.adding(days: $0) })
    #expect(Clock(now: Self.now).badge(bounds, columns: columns)?.text == words)
  }

  @Test("a year stands where a day could be meant of another one, and not within a week of now")
  func tellsTheYear() throws {
    let now = try #require(Timestamp("2026-12-30T12:00:00Z"))
    let clock = Clock(now: now)
    #expect(clock.moment(now.adding(days: 7)) == "Wed 6 Jan 12:00")
    #expect(clock.moment(now.adding(days: 8)) == "Thu 7 Jan 2027 12:00")
    #expect(clock.moment(now.adding(days: -364)) == "Wed 31 Dec 2025 12:00")
    #expect(clock.moment(now.adding(days: -30)) == "Mon 30 Nov 12:00")
  }

  @Test(
    "a column tells of what is near how far away it is, and of what is not the day",
    arguments: [
      (3 * 86_400, "in 3 days", "in 3 days !"), (604_800, "in 7 days", "in 7 days !"),
      (604_801, "2026-11-30", "2026-11-30"), (59 * 60, "in 59 min", "in 59 min !"),
      (-5 * 3_600, "5 h ago", "2026-11-23"), (-8 * 86_400, "2026-11-15", "2026-11-15"),
    ] as [(Int64, String, String)])
  func fitsColumns(seconds: Int64, near: String, end: String) {
    let clock = Clock(now: Self.now)
    let instant = Self.now.adding(seconds: seconds)
    #expect(clock.near(instant) == near)
    #expect(clock.shortEnd(instant).text == end)
    #expect(near.count <= 10 && end.count <= 11)
    #expect(clock.shortEnd(instant).style != .plain || !end.hasSuffix("!"))
  }

  @Test("a zone has the names that it has in the course of a year, the present one first")
  func namesZones() throws {
    #expect(Clock(now: Self.now).zoneNames == "UTC")
    #expect(Clock(.berlin, now: Self.now).zoneNames == "CET/CEST")
    let summer = try #require(Timestamp("2026-07-01T00:00:00Z"))
    #expect(Clock(.berlin, now: summer).zoneNames == "CEST/CET")
  }

  @Test(
    "the navigation pane has few words for how bounds stand",
    arguments: [
      (nil, 604_800, "ends 7 d !"), (nil, 604_801, "ends"), (nil, 170_999, "ends 47 h !"),
      (nil, 171_000, "ends 2 d !"),
      (nil, 59, "ends <1 h !"), (nil, 0, "ended"), (1, nil, "not yet"), (-1, nil, "begun"), (nil, nil, ""),
    ] as [(Int64?, Int64?, String)])
  func abbreviates(from: Int64?, until: Int64?, word: String) throws {
    let bounds = try Bounds(
      from: from.map { Self.now.adding(seconds: $0) }, until: until.map { Self.now.adding(seconds: $0) })
    #expect(Clock(now: Self.now).word(bounds) == word)
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
    let entry = InstantEntry(clock: Clock(Zone.berlin, now: Self.now))
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
    let entry = InstantEntry(clock: Clock(Zone.berlin, now: Self.now))
    let problem = try #require(entry.instant(text).problem)
    #expect(problem.line.contains(words))
  }

  @Test("what a field shows of an instant is read as that instant, where clocks are put back, too")
  func roundTrips() throws {
    let entry = InstantEntry(clock: Clock(Zone.berlin, now: Self.now))
    let start = try #require(Timestamp("2026-10-24T22:00:07Z"))
    for minutes in stride(from: Int64(0), to: 600, by: 7) {
      let instant = start.adding(seconds: minutes * 60)
      #expect(entry.instant(entry.text(instant)) == .success(instant))
    }
  }
}

extension Zone {
  /// Two hours ahead of UTC before 2026-10-25T01:00:00Z, one hour from then on, and two again from
  /// 2027-03-28T01:00:00Z to 2027-10-31T01:00:00Z.
  static let berlin = Zone { instant in
    func isBefore(_ text: String) -> Bool { instant < Timestamp(text) ?? .distantPast }
    let isWinter =
      !isBefore("2026-10-25T01:00:00Z") && isBefore("2027-03-28T01:00:00Z")
      || !isBefore("2027-10-31T01:00:00Z")
    return Zone.Offset(seconds: isWinter ? 3_600 : 7_200, abbreviation: isWinter ? "CET" : "CEST")
  }
}
