import Access
import Foundation
import Testing

@Suite struct TimestampTests {
  @Test(
    "times of RFC 3339 are read",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2027-02-21T00:00:00Z", 1_803_168_000),
      ("2027-02-21T01:30:00+01:30", 1_803_168_000), ("2027-02-20T18:00:00-06:00", 1_803_168_000),
      ("2027-02-21t00:00:00z", 1_803_168_000), ("2027-02-21 00:00:00Z", 1_803_168_000),
      ("2027-02-21T00:00:00.999999999Z", 1_803_168_000), ("2027-02-21", 1_803_168_000),
      ("2024-02-29T23:59:59Z", 1_709_251_199), ("1969-12-31T23:59:59Z", -1),
      ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] as [(String, Int64)])
  func reads(text: String, seconds: Int64) {
    #expect(Timestamp(text)?.secondsSince1970 == seconds)
  }

  @Test(
    "other texts are refused",
    arguments: [
      "", "2027", "2027-02", "2027-2-21", "2027-02-30", "2027-13-01", "2027-00-01", "2027-01-00",
      "2023-02-29",
      "1900-02-29", "0000-01-01", "2027-02-21T", "2027-02-21T00:00Z", "2027-02-21T24:00:00Z",
      "2027-02-21T00:60:00Z", "2027-02-21T23:59:60Z", "2027-02-21T00:00:00", "2027-02-21T00:00:00.Z",
      "2027-02-21T00:00:00+1:00", "2027-02-21T00:00:00+24:00", "2027-02-21T00:00:00+01:60",
      "2027-02-21T00:00:00Zx", "x2027-02-21", " 2027-02-21", "20２7-02-21", "9999-12-31T23:59:59-00:01",
      "0001-01-01T00:00:00+00:01", "-027-02-21", "90d", "never",
    ])
  func refuses(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("times are written and read as by Foundation, over all years")
  func agreesWithFoundation() throws {
    let style = Date.ISO8601FormatStyle()
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      // Foundation uses the Julian calendar before the year 1583.
      let seconds = Int64.random(in: -12_212_553_600...Timestamp.range.upperBound, using: &generator)
      let time = try #require(Timestamp(secondsSince1970: seconds))
      #expect(time.description == Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style))
      #expect(Timestamp(time.description) == time)
    }
  }

  @Test("a written time is read back as the same time, over the whole range")
  func roundTrips() throws {
    for seconds in stride(
      from: Timestamp.range.lowerBound, through: Timestamp.range.upperBound, by: 86_400 * 997 + 61)
    {
      let time = try #require(Timestamp(secondsSince1970: seconds))
      #expect(Timestamp(time.description) == time)
    }
  }

  @Test("seconds beyond the range make no time")
  func bounds() {
    #expect(Timestamp(secondsSince1970: Timestamp.range.lowerBound - 1) == nil)
    #expect(Timestamp(secondsSince1970: Timestamp.range.upperBound + 1) == nil)
  }

  @Test("arithmetic stays at the ends", arguments: [Int64.max, 1 << 40, Int64.max / 86_400 + 1])
  func clamps(amount: Int64) throws {
    let time = try #require(Timestamp(secondsSince1970: 0))
    #expect(time.adding(days: amount).secondsSince1970 == Timestamp.range.upperBound)
    #expect(time.adding(days: -amount).secondsSince1970 == Timestamp.range.lowerBound)
    #expect(time.adding(seconds: .min) == .distantPast)
  }

  @Test("days and minutes are written in UTC")
  func forPeople() throws {
    let time = try #require(Timestamp("2027-02-21T23:30:59-01:00"))
    #expect(time.day == "2027-02-22")
    #expect(time.minute == "2027-02-22 00:30")
    #expect(time.adding(days: 90).day == "2027-05-23")
  }
}
