/// How many requests gates allowed and denied in some stretch of time. Requests to open widgets are not counted, because
/// nobody's access was decided.
package struct DecisionSum: Hashable, Sendable {
  package private(set) var allowed: Int
  package private(set) var denied: Int

  package static let none = DecisionSum()

  package init(allowed: Int = 0, denied: Int = 0) {
    (self.allowed, self.denied) = (allowed, denied)
  }

  package mutating func countAllowed() { allowed += 1 }
  package mutating func countDenied() { denied += 1 }

  /// The sum of two; each part stops at the greatest number, because the counts come from a file.
  package static func + (left: Self, right: Self) -> Self {
    Self(allowed: added(left.allowed, right.allowed), denied: added(left.denied, right.denied))
  }

  private static func added(_ left: Int, _ right: Int) -> Int {
    let (sum, isBeyond) = left.addingReportingOverflow(right)
    return isBeyond ? .max : sum
  }
}

/// The decisions of an hour or a day (UTC).
package struct TimedSum: Hashable, Sendable {
  /// The first second of the hour or the day.
  package let start: Timestamp
  package let sum: DecisionSum

  package init(start: Timestamp, sum: DecisionSum) { (self.start, self.sum) = (start, sum) }
}

/// A token on one day.
package struct TokenDay: Hashable, Sendable {
  package let token: TokenRowID
  /// The first second of the day (UTC).
  package let start: Timestamp

  package init(token: TokenRowID, start: Timestamp) { (self.token, self.start) = (token, start) }
}

/// What gates decided: hour by hour, and day by day with each token.
package struct DecisionSums: Hashable, Sendable {
  /// The number of days for which sums are kept.
  package static let keptDays: Int64 = 90
  /// The greatest number of days of tokens that are kept in all, as far as they are counted: once an hour.
  package static let keptTokenDays = 2_000_000

  /// By the first second of the hour.
  package private(set) var hours: [Timestamp: DecisionSum] = [:]
  package private(set) var days: [TokenDay: DecisionSum] = [:]

  package static let none = DecisionSums()

  package init() {}

  package var isEmpty: Bool { hours.isEmpty && days.isEmpty }

  package mutating func count(_ sum: DecisionSum, at now: Timestamp) {
    guard sum != .none else { return }
    hours[now.startOfHour, default: .none] = hours[now.startOfHour, default: .none] + sum
  }

  /// Counts what was decided with a token. Returns false where there are `most` days of tokens already, so that the
  /// sum is dropped.
  package mutating func count(_ sum: DecisionSum, of day: TokenDay, most: Int) -> Bool {
    guard sum != .none else { return true }
    let before = days[day]
    guard before != nil || days.count < most else { return false }
    days[day] = (before ?? .none) + sum
    return true
  }

  /// Adds others.
  package mutating func add(_ other: DecisionSums) {
    hours.merge(other.hours, uniquingKeysWith: +)
    days.merge(other.days, uniquingKeysWith: +)
  }
}

extension Timestamp {
  /// The first second of the hour.
  package var startOfHour: Timestamp { floored(to: 3_600) }
  /// The first second of the day (UTC).
  package var startOfDay: Timestamp { floored(to: 86_400) }

  private func floored(to seconds: Int64) -> Timestamp {
    adding(seconds: -secondsSince1970.flooredRemainder(by: seconds))
  }
}
