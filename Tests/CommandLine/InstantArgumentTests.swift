import Access
import Administration
import ArgumentParser
import Testing

@testable import popsec

@Suite("Instants as people write them")
struct InstantArgumentTests {
  private static let now = Timestamp("2026-11-23T12:00:00Z") ?? .distantPast

  @Test(
    "times, days and times from now are read",
    arguments: [
      ("2026-11-27", "2026-11-27T00:00:00Z"), ("2026-11-27T18:00:00Z", "2026-11-27T18:00:00Z"),
      ("2026-11-27T18:00:00+01:00", "2026-11-27T17:00:00Z"), ("2020-01-01", "2020-01-01T00:00:00Z"),
      ("+90m", "2026-11-23T13:30:00Z"), ("+36h", "2026-11-25T00:00:00Z"),
      ("+14d", "2026-12-07T12:00:00Z"), ("+2w", "2026-12-07T12:00:00Z"),
      ("+36500d", "2126-10-30T12:00:00Z"),
    ])
  func reads(text: String, instant: String) throws {
    #expect(try InstantArgument.instant(text, now: Self.now).description == instant)
  }

  @Test(
    "what is no instant is refused with a hint, and nothing overflows",
    arguments: [
      "", "soon", "never", "14d", "+", "+d", "+14", "+-1d", "+ 1d", "++1d", "+1.5h", "+1y", "+1D", "+0d",
      "+36501d", "+99999999999d", "+99999999999999999999d", "+9223372036854775807w", "-1d", "2026-02-30",
      "2026-11-27T18:00", "2026-11-27T25:00:00Z", "2026-11-27T18:00:00", "2026-11-27T18:00:00.5Z",
      "2026-11-27T18:00:00.000Z", "0000-01-01", "+１d", "2026-11-27\u{1b}[2J",
    ])
  func refuses(text: String) {
    let trouble = #expect(throws: Trouble.self) { try InstantArgument.instant(text, now: Self.now) }
    #expect(trouble?.exitStatus == .badData)
    #expect(trouble?.hint?.isEmpty == false)
  }

  @Test("a fraction is dropped where it always was")
  func fraction() throws {
    let text = "2026-11-27T18:00:00.9Z"
    #expect(
      try InstantArgument.instant(text, now: Self.now, dropsFraction: true).description
        == "2026-11-27T18:00:00Z")
    #expect(try ExpiryArgument.expiry(text, now: Self.now)?.text == "2026-11-27T18:00:00Z")
  }

  @Test(
    "the end of a token is read as before, and from now",
    arguments: [("never", "never"), ("30d", "2026-12-23T12:00:00Z"), ("+36h", "2026-11-25T00:00:00Z")])
  func expiry(text: String, expiry: String) throws {
    #expect(try ExpiryArgument.expiry(text, now: Self.now)?.text == expiry)
  }

  @Test(
    "bounds are read, and those that would give nothing are refused",
    arguments: [
      (nil, "+14d", "until 2026-12-07T12:00:00Z"), ("2020-01-01", nil, "from 2020-01-01T00:00:00Z"),
      ("+1d", "+2d", "from 2026-11-24T12:00:00Z until 2026-11-25T12:00:00Z"), (nil, "never", ""),
      (nil, nil, nil), (nil, "2026-11-23T12:00:00Z", nil), (nil, "2020-01-01", nil), ("+2d", "+1d", nil),
      ("+2d", "+2d", nil), ("never", nil, nil), (nil, "+99999999999d", nil),
    ] as [(String?, String?, String?)])
  func bounds(from: String?, until: String?, words: String?) throws {
    var options = try BoundsOptions.parse([])
    (options.from, options.until) = (from, until)
    guard from != nil || until != nil else {
      #expect(try options.bounds(now: Self.now) == nil)
      return
    }
    guard let words else {
      let trouble = #expect(throws: Trouble.self) { try options.bounds(now: Self.now) }
      #expect(trouble?.exitStatus == .badData)
      return
    }
    #expect(try options.bounds(now: Self.now)?.words.joined(separator: " ") == words)
  }
}
