/// A time up to which the clock is believed where something can't be undone, such as purging what was kept for
/// some days.
///
/// A clock may be wrong for a while, and nobody may notice before it is set again. Each record, such as a row of the
/// audit log, tells what the clock said when the record was written. From that follows what is safe to do:
/// - Nothing is done by the first change after a gap of more than a day, nor where times run backwards.
/// - Otherwise the time of the latest record that is a day old counts, and not the present time. A clock that jumped
///   ahead would have to stay there for a day before anything is purged by it.
package struct SettledTime: Hashable, Sendable {
  /// The time of a record, a day before the present time at least.
  package let time: Timestamp

  /// The longest gap between two records after which the clock is still believed, and the age that a record must have.
  package static let seconds: Int64 = 86_400

  /// Nil where nothing may be done that can't be undone.
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

  /// The time of the latest record that can count.
  package static func limit(now: Timestamp) -> Timestamp { now.adding(seconds: -seconds) }

  /// Whether a time follows another with neither a gap nor a step back.
  package static func follows(_ time: Timestamp, after last: Timestamp) -> Bool {
    last <= time && last >= limit(now: time)
  }

  /// What may be purged of what is kept for so many days.
  package func purging(keptDays: Int64) -> PurgeBounds {
    PurgeBounds(before: time.adding(days: -keptDays), settled: time)
  }
}

/// What may be purged by time.
///
/// Something that carries the number of an audit row is not purged where one of the rows before that row is from
/// ``before`` to ``settled``: then it was done later than its own time says, by a clock that ran behind.
package struct PurgeBounds: Hashable, Sendable {
  /// What is from before that time was kept long enough.
  package let before: Timestamp
  package let settled: Timestamp

  /// How many rows before are looked at.
  package static let rowsLookedAt: Int64 = 1_000

  package init(before: Timestamp, settled: Timestamp) {
    self.before = before
    self.settled = settled
  }
}
