private import Access

/// When a notice that could not be delivered is handed over again.
package enum NoticeBackoff {
  static let firstSeconds: Int64 = 60
  static let longestSeconds: Int64 = 4 * 3_600

  /// Seconds until the next attempt: twice as long after each, up to ``longestSeconds``, and of that between the half
  /// and the whole, so that many who lost the same receiver don't come back at one moment.
  ///
  /// - Parameters:
  ///   - attemptCount: how many attempts have failed; 1 or more.
  ///   - jitter: a random number, 0 or more and less than 1.
  package static func seconds(after attemptCount: Int, jitter: Double) -> Int64 {
    // 2^8 minutes are more than the longest.
    let doublings = min(max(attemptCount, 1), 9) - 1
    let whole = min(firstSeconds << Int64(doublings), longestSeconds)
    let share = jitter > 0 ? min(jitter, 1) : 0
    return whole / 2 + Int64(Double(whole - whole / 2) * share)
  }
}

/// What became of an attempt to deliver a notice.
package enum NoticeReceipt: Hashable, Sendable {
  case delivered
  /// The receiver will never take this notice, for that reason.
  case refused(String)
  /// The receiver may take it later.
  case failed(String)
}
