private import Access

/// Decides when a notice that could not be delivered is handed over again.
package enum NoticeBackoff {
  static let firstSeconds: Int64 = 60
  static let longestSeconds: Int64 = 4 * 3_600

  /// Seconds until the next attempt. The longest wait doubles after each attempt, up to ``longestSeconds``. The
  /// wait itself is chosen at random between half of that and all of it, so that many senders that lost the
  /// same receiver do not all come back at the same moment.
  ///
  /// - Parameters:
  /// - attemptCount: the number of failed attempts, at least 1.
  /// - jitter: a random number from 0 up to, but not including, 1.
  package static func seconds(after attemptCount: Int, jitter: Double) -> Int64 {
    // 2^8 minutes are more than the longest time.
    let doublings = min(max(attemptCount, 1), 9) - 1
    let whole = min(firstSeconds << Int64(doublings), longestSeconds)
    let share = jitter > 0 ? min(jitter, 1) : 0
    return whole / 2 + Int64(Double(whole - whole / 2) * share)
  }
}

/// The result of an attempt to deliver a notice.
package enum NoticeReceipt: Hashable, Sendable {
  case delivered
  /// The receiver will never take this notice, for this reason.
  case refused(String)
  /// The receiver may take the notice later.
  case failed(String)
}
