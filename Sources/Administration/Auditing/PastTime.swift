package import Access

/// Reads how a person names a past time: `30d` or `12h` ago, a date, or an instant.
package enum PastTime {
  /// The time that the argument names; nil for nil. Errors: ``Trouble`` where the text is no time.
  package static func time(_ argument: String?, now: Timestamp) throws(Trouble) -> Timestamp? {
    guard let argument else { return nil }
    if let days = count(argument, "d"), days <= 36_500 { return now.adding(days: -days) }
    if let hours = count(argument, "h"), hours <= 876_000 { return now.adding(seconds: -hours * 3_600) }
    if let time = Timestamp(argument) { return time }
    throw Trouble(
      "\(quoted(String(argument.prefix(40)))) is no time",
      hint: "write 30d, 12h, 2026-11-24 or 2026-11-24T12:00:00Z", exitStatus: .badData)
  }

  private static func count(_ argument: String, _ unit: Character) -> Int64? {
    guard argument.last == unit, argument.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int64(argument.dropLast())
  }
}
