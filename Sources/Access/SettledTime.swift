/// A time that is safe to trust before something is done that can't be undone, such as purging what was kept
/// for some days.
///
/// A clock may be wrong for a while before anybody notices. Each record, such as a row of the audit log,
/// holds the time that the clock showed when the record was written. Two rules make use of these records:
/// - Nothing is purged by the first change after a gap of more than a day, nor where times run backwards.
/// - Otherwise the time of the latest record that is a day old is trusted, and not the present time. A clock
///   that jumped ahead would have to stay wrong for a day before anything is purged.
package struct SettledTime: Hashable, Sendable {
  /// The time of the trusted record, at least one day before the present time.
  package let time: Timestamp

  /// The number of seconds in a day: the longest gap between two records after which the clock is still
  /// trusted, and the age that a record must have before it is trusted.
  package static let seconds: Int64 = 86_400

  /// Fails where nothing may be done that can't be undone.
  ///
  /// - Parameters:
  ///   - last: the time of the record before the present change; nil where there is none.
  ///   - settled: the latest time of a record that is not after ``limit(now:)``; nil where there is none.
  package init?(now: Timestamp, last: Timestamp?, settled: Timestamp?) {
    guard let last, let settled, settled <= Self.limit(now: now), Self.follows(now, after: last) else {
      return nil
    }
    time = settled
  }

  /// The latest time that a trusted record can have.
  package static func limit(now: Timestamp) -> Timestamp { now.adding(seconds: -seconds) }

  /// Whether a time follows another one with neither a gap nor a step back.
  package static func follows(_ time: Timestamp, after last: Timestamp) -> Bool {
    last <= time && last >= limit(now: time)
  }

  /// The bounds by which things that are kept for this number of days may be purged.
  package func purging(keptDays: Int64) -> PurgeBounds {
    PurgeBounds(before: time.adding(days: -keptDays), settled: time)
  }
}

/// The bounds within which old things may be purged.
///
/// Something that carries the number of an audit row is not purged where one of the rows before that row has
/// a time from ``before`` to ``settled``. Such a row shows that the clock was behind, so that the thing is
/// younger than its own time says.
package struct PurgeBounds: Hashable, Sendable {
  /// Things from before this time were kept long enough.
  package let before: Timestamp
  package let settled: Timestamp

  /// The number of earlier rows that are looked at.
  package static let rowsLookedAt: Int64 = 1_000

  package init(before: Timestamp, settled: Timestamp) {
    self.before = before
    self.settled = settled
  }
}
