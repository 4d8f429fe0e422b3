import Access

/// The ways in which a person chooses when a token ends.
enum ExpiryChoice: CaseIterable, Hashable, Sendable {
  case days90, days30, days365, date, never

  var title: String {
    switch self {
    case .days90: "in 90 days"
    case .days30: "in 30 days"
    case .days365: "in 365 days"
    case .date: "at the date below (UTC)"
    case .never: "never (it stays marked for good)"
    }
  }

  /// The chosen end, or what is wrong with the date.
  func expiry(now: Timestamp, date text: String) -> Result<Expiry, Problem> {
    switch self {
    case .days90: return .success(.at(now.adding(days: 90)))
    case .days30: return .success(.at(now.adding(days: 30)))
    case .days365: return .success(.at(now.adding(days: 365)))
    case .never: return .success(.never)
    case .date:
      guard let end = Timestamp(text.trimmed) else {
        return .failure(Problem("this is no date", hint: "write it as 2027-02-21 or 2027-02-21T18:00:00Z"))
      }
      guard end > now else { return .failure(Problem("this date has passed")) }
      return .success(.at(end))
    }
  }
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
