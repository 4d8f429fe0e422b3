internal import Access
private import Synchronization

/// Counts the requests of one token in the minute that ends now: those of this minute of the clock, and of
/// the one before the share that still lies within.
package struct RateWindow: Hashable, Sendable {
  private var minute: Int64 = .min
  private var count = 0
  private var countBefore = 0

  package init() {}

  /// Takes one request where the limit allows it; else the seconds after which it may be tried again.
  package mutating func take(limit: Int, atMilliseconds now: Int64) -> Int? {
    advance(to: now / 60_000)
    let passed = now % 60_000
    let inWindow = count * 60_000 + countBefore * Int(60_000 - passed)
    guard inWindow + 60_000 <= limit * 60_000 else { return Self.wait(passed) }
    count += 1
    return nil
  }

  package func isIdle(atMilliseconds now: Int64) -> Bool { now / 60_000 > minute + 1 }

  private mutating func advance(to present: Int64) {
    guard present != minute else { return }
    countBefore = present == minute + 1 ? count : 0
    (minute, count) = (present, 0)
  }

  /// A tenth of a minute, or what is left of this one.
  private static func wait(_ passed: Int64) -> Int { Int(min(6, max(1, (60_000 - passed) / 1_000))) }
}

/// The rates of all tokens that have a limit, for all threads.
package final class RateBook: Sendable {
  private let windows = Mutex<[TokenRowID: RateWindow]>([:])

  package init() {}

  /// Nil where the request is within its token's limit; else after how many seconds to try again.
  func take(_ token: TokenRowID, limit: Int, atMilliseconds now: Int64) -> Int? {
    windows.withLock { $0[token, default: RateWindow()].take(limit: limit, atMilliseconds: now) }
  }

  func forgetIdle(atMilliseconds now: Int64) {
    windows.withLock { windows in windows = windows.filter { !$0.value.isIdle(atMilliseconds: now) } }
  }
}
