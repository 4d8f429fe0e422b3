package import Access

extension Timestamp {
  /// The date in the form `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7, IMF-fixdate).
  package var httpDate: String {
    // The text in RFC 3339 has the figures at known places: YYYY-MM-DDThh:mm:ssZ.
    let figures = description.split { !$0.isNumber }.map(String.init)
    guard figures.count == 6, let month = Int(figures[1]), Self.months.indices.contains(month - 1) else {
      return ""
    }
    // The first day of 1970 was a Thursday. For earlier times the remainder is negative.
    let days = (secondsSince1970 - (secondsSince1970 % 86_400 + 86_400) % 86_400) / 86_400
    let weekday = Self.weekdays[Int(((days + 4) % 7 + 7) % 7)]
    let clock = figures[3...].joined(separator: ":")
    return "\(weekday), \(figures[2]) \(Self.months[month - 1]) \(figures[0]) \(clock) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// The value of `Date`. It is kept for one second, because very many answers share it.
struct DateLine {
  private var second: Timestamp?
  private var text = ""

  mutating func text(at now: Timestamp) -> String {
    if second != now { (second, text) = (now, now.httpDate) }
    return text
  }
}
