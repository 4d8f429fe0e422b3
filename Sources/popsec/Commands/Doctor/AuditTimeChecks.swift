import Access
import Administration

/// Checks the clock by the times of the audit log's rows.
struct AuditTimeChecks {
  private let times: AuditTimes

  init(_ times: AuditTimes) { self.times = times }

  var all: [HealthCheck] {
    times.backwardTexts.map {
      .warning(
        "audit times", $0,
        "the clock was wrong at one of them; what was done then is dated by it")
    }
      + times.gapTexts.map {
        .note("audit times", $0, "nothing was done then, or the clock was wrong before or after")
      }
  }

  /// Compares the present time with the time of the last row.
  static func clock(now: Timestamp, lastRow: Timestamp?) -> HealthCheck {
    guard let lastRow, !SettledTime.follows(now, after: lastRow) else {
      return .good("clock", now.description)
    }
    if now < lastRow {
      return .bad(
        "clock", "stands before the last row of the audit log, \(lastRow)", "set the clock; tokens end by it")
    }
    return .note(
      "clock", "\(now) is more than a day after the last row of the audit log, \(lastRow)",
      "where the clock is right there is nothing to do; the next change purges nothing")
  }
}
