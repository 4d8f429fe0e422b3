import Access

/// The ways in which a person chooses when a token ends.
enum ExpiryChoice: Hashable, Sendable {
  /// The token ends when it did.
  case unchanged
  case days(Int64)
  /// The token ends at an instant that is typed.
  case instant
  case never

  /// The choices for a new token, the usual one first.
  static let forNew: [ExpiryChoice] = [.days(Expiry.defaultDays), .days(30), .days(365), .instant, .never]
  /// The choices for a token that is there. The first one is made at first, so that whoever changes only the
  /// beginning changes nothing else.
  static let forOld: [ExpiryChoice] = [.unchanged] + forNew

  func title(_ clock: Clock) -> String {
    switch self {
    case .unchanged: "as it is"
    case .days(let days): "in \(days) days"
    case .instant: "at the time below (\(clock.zoneNames))"
    case .never: "never (it stays marked for good)"
    }
  }

  /// The chosen end, or what is wrong with the text.
  ///
  /// - Parameter present: the end that the token has; for a new token any.
  func expiry(_ present: Expiry, typed text: String, _ clock: Clock) -> Result<Expiry, Problem> {
    switch self {
    case .unchanged: return .success(present)
    case .days(let days): return .success(.at(clock.now.adding(days: days)))
    case .never: return .success(.never)
    case .instant:
      return InstantEntry(clock: clock).instant(text).flatMap { end in
        guard let end else { return .failure(Problem("the end is missing", hint: InstantEntry.hint)) }
        guard end > clock.now else { return .failure(Problem("this time has passed")) }
        return .success(.at(end))
      }
    }
  }
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
