package import Access
internal import Store

/// How much gates decided, by hours and by tokens and days.
extension UseSession {
  /// Nil in a gate.db of an earlier version.
  package func hourSums(since time: Timestamp) throws -> [TimedSum]? {
    guard try version() >= 5 else { return nil }
    return try session.rows(
      "SELECT hour, allowed, denied FROM hour_sum WHERE hour >= ? ORDER BY hour",
      [time.startOfHour.secondsSince1970], timedSum)
  }

  /// Nil in a gate.db of an earlier version.
  package func daySums(of token: TokenRowID, since time: Timestamp, days: Int) throws -> [TimedSum]? {
    guard try version() >= 5 else { return nil }
    // Each day is looked up, because the day stands first in the key.
    return try session.rows(
      """
      WITH RECURSIVE asked(day, rest) AS (
        SELECT ?1, ?2 UNION ALL SELECT day + 86400, rest - 1 FROM asked WHERE rest > 1)
      SELECT kept.day, kept.allowed, kept.denied FROM asked
      CROSS JOIN token_day AS kept ON kept.day = asked.day AND kept.token_id = ?3 ORDER BY kept.day
      """, [time.startOfDay.secondsSince1970, min(max(1, days), 366), token.rawValue], timedSum)
  }

  private func timedSum(_ fields: Fields) throws -> TimedSum {
    TimedSum(
      start: try fields.time(0),
      sum: DecisionSum(allowed: Int(try fields.integer(1)), denied: Int(try fields.integer(2))))
  }

  /// Adds sums, and drops those that are no longer kept.
  package func add(_ sums: DecisionSums, now: Timestamp) throws {
    guard !sums.isEmpty else { return }
    // The earlier hours confirm the time, because a clock that jumped must not drop anything.
    let settled = try settledHour(now: now)
    let isNewHour = try !session.exists(
      "SELECT 1 FROM hour_sum WHERE hour = ?", [now.startOfHour.secondsSince1970])
    try add(sums.hours.map { ([$0.key.secondsSince1970], $0.value) }, to: "hour_sum", ["hour"])
    try add(
      sums.days.map { ([$0.key.start.secondsSince1970, $0.key.token.rawValue], $0.value) }, to: "token_day",
      ["day", "token_id"])
    if isNewHour { try pruneSums(settled) }
  }

  private func add(_ sums: [(key: [Int64], sum: DecisionSum)], to table: String, _ keys: [String]) throws {
    let names = keys.joined(separator: ", ")
    let rows = sums.map { $0.key.map { $0 as Session.Value } + [$0.sum.allowed, $0.sum.denied] }
    try session.add(
      rows, to: "\(table) (\(names), allowed, denied)",
      """
      ON CONFLICT (\(names)) DO UPDATE SET
        allowed = min(\(table).allowed, \(Self.mostCounted)) + excluded.allowed,
        denied = min(\(table).denied, \(Self.mostCounted)) + excluded.denied
      """)
  }

  private func settledHour(now: Timestamp) throws -> SettledTime? {
    let last = try session.first("SELECT hour FROM hour_sum ORDER BY hour DESC LIMIT 1") { try $0.time(0) }
    let settled = try session.first(
      "SELECT hour FROM hour_sum WHERE hour <= ? ORDER BY hour DESC LIMIT 1",
      [SettledTime.limit(now: now).secondsSince1970]
    ) { try $0.time(0) }
    return SettledTime(now: now, last: last, settled: settled)
  }

  /// Drops sums that are too old, where the clock is trusted, and the oldest days where there are too many rows.
  private func pruneSums(_ settled: SettledTime?) throws {
    if let settled {
      let before = settled.purging(keptDays: DecisionSums.keptDays).before.startOfDay.secondsSince1970
      try session.execute("DELETE FROM hour_sum WHERE hour < ?", [before])
      try session.execute("DELETE FROM token_day WHERE day < ?", [before])
    }
    while try session.count("SELECT count(*) FROM token_day") > DecisionSums.keptTokenDays,
      try session.exists("SELECT 1 FROM token_day WHERE day > (SELECT min(day) FROM token_day) LIMIT 1")
    {
      try session.execute("DELETE FROM token_day WHERE day = (SELECT min(day) FROM token_day)")
    }
  }
}
