import Access

/// Reads and writes instants as people type them into a field.
struct InstantEntry: Sendable {
  let clock: Clock

  static let placeholder = "2027-02-21 18:00, or +14d"
  static let hint = "write 2027-02-21, 2027-02-21 18:00 or +14d"

  /// The instant that a text means: a day or a time in the console's zone, an RFC 3339 time with its offset, or a
  /// distance from now as in `+14d`. An empty text means none.
  func instant(_ text: String) -> Result<Timestamp?, Problem> {
    let text = text.trimmed
    if text.isEmpty { return .success(nil) }
    if text.first == "+" { return distance(text.dropFirst()) }
    guard !text.contains(where: { $0 == "." || $0 == "," }) else {
      return .failure(Problem("an instant has whole seconds", hint: Self.hint))
    }
    if let exact = Self.exact(text) { return .success(exact) }
    guard let wall = Self.wall(text) else {
      return .failure(Problem("this is no instant", hint: Self.hint))
    }
    guard let instant = clock.zone.instant(showing: LocalTime(wall: wall)) else {
      return .failure(Problem("the clocks skip this time here", hint: "write a later one"))
    }
    return .success(instant)
  }

  /// What a field holds of an instant: the text that is read as exactly that.
  func text(_ instant: Timestamp?) -> String {
    guard let instant else { return "" }
    let local = clock.zone.local(instant)
    return clock.zone.instant(showing: local) == instant ? local.second : instant.description
  }

  /// A text that says its offset.
  private static func exact(_ text: String) -> Timestamp? {
    let isDay = text.utf8.count == 10
    return isDay ? nil : Timestamp(text)
  }

  /// A day, or a day and a time, of a clock: what it would be in UTC.
  private static func wall(_ text: String) -> Timestamp? {
    if text.utf8.count == 10 { return Timestamp(text) }
    let hasSeconds = text.utf8.count == 19
    guard text.utf8.count == 16 || hasSeconds else { return nil }
    return Timestamp(text + (hasSeconds ? "Z" : ":00Z"))
  }

  private func distance(_ text: Substring) -> Result<Timestamp?, Problem> {
    let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    let digits = text.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), (1...6).contains(digits.utf8.count),
      digits.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int64(digits)
    else { return .failure(Problem("this is no distance", hint: "write +30m, +8h, +14d or +2w")) }
    return .success(clock.now.adding(seconds: count * unit))
  }
}
