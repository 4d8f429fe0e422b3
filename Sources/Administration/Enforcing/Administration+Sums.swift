package import Access
internal import Store

extension Administration {
  /// What gates decided hour by hour from the hour of that time on, the earliest first; hours without a decision are
  /// left out. The result is nil where an earlier popsec wrote the gates' records, because it did not count.
  ///
  /// Errors: ``UseTrouble``, ``StoreError``.
  package func hourSums(since time: Timestamp) throws -> [TimedSum]? {
    try read { _ in }
    return try uses.hourSums(since: time)
  }

  /// What gates decided with a token on each of the days (UTC) for which sums are kept, up to today; the last entry is
  /// today's. The result is nil as in ``hourSums(since:)``.
  ///
  /// Errors: ``UseTrouble``, ``StoreError``.
  package func daySums(of token: TokenRowID) throws -> [TimedSum]? {
    try read { _ in }
    let days = Int(DecisionSums.keptDays)
    let first = now.startOfDay.adding(days: 1 - DecisionSums.keptDays)
    guard let kept = try uses.daySums(of: token, since: first, days: days) else { return nil }
    let sums = Dictionary(kept.map { ($0.start, $0.sum) }, uniquingKeysWith: +)
    return (0..<DecisionSums.keptDays).map { day in
      let start = first.adding(days: day)
      return TimedSum(start: start, sum: sums[start] ?? .none)
    }
  }
}
