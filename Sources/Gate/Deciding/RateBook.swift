internal import Access
private import Synchronization

/// Counts the requests of one token in the last minute: all requests of the clock's present minute, and of
/// the minute before the share that lies within the last 60 seconds.
package struct RateWindow: Hashable, Sendable {
  private var minute: Int64 = .min
  private var count = 0
  private var countBefore = 0

  package init() {}

  /// Counts one request, if the limit allows it. Otherwise returns the seconds after which the client may try
  /// again.
  package mutating func take(limit: Int, atMilliseconds now: Int64) -> Int? {
    advance(to: now / 60_000)
    let passed = now % 60_000
    let inWindow = count * 60_000 + countBefore * Int(60_000 - passed)
    guard inWindow + 60_000 <= limit * 60_000 else { return Self.wait(passed) }
    count += 1
    return nil
  }

  package func isIdle(atMilliseconds now: Int64) -> Bool { now / 60_000 > minute + 1 }

  /// The number of requests in the last minute, rounded up.
  package mutating func count(atMilliseconds now: Int64) -> Int {
    advance(to: now / 60_000)
    return (count * 60_000 + countBefore * Int(60_000 - now % 60_000) + 59_999) / 60_000
  }

  private mutating func advance(to present: Int64) {
    guard present != minute else { return }
    countBefore = present == minute + 1 ? count : 0
    (minute, count) = (present, 0)
  }

  /// The seconds to wait: a tenth of a minute, or the rest of this minute.
  private static func wait(_ passed: Int64) -> Int { Int(min(6, max(1, (60_000 - passed) / 1_000))) }
}

/// The rates of all tokens with a limit, for all threads.
package final class RateBook: Sendable {
  private struct Book {
    var windows: [TokenRowID: RateWindow] = [:]
    /// What other gates let through in the last minute, as they told.
    var others: [TokenRowID: Int] = [:]
  }

  private let book = Mutex(Book())

  package init() {}

  /// The seconds after which the client may try again; nil where the request is within its token's limit.
  func take(_ token: TokenRowID, limit: Int, atMilliseconds now: Int64) -> Int? {
    book.withLock { book in
      let left = limit - (book.others[token] ?? 0)
      return book.windows[token, default: RateWindow()].take(limit: left, atMilliseconds: now)
    }
  }

  func forgetIdle(atMilliseconds now: Int64) {
    book.withLock { book in book.windows = book.windows.filter { !$0.value.isIdle(atMilliseconds: now) } }
  }

  /// The number of requests of each token in the last minute.
  func counts(atMilliseconds now: Int64) -> [TokenRowID: Int] {
    book.withLock { book in
      var counts: [TokenRowID: Int] = [:]
      for token in Array(book.windows.keys) {
        let count = book.windows[token]?.count(atMilliseconds: now) ?? 0
        if count > 0 { counts[token] = count }
      }
      return counts
    }
  }

  /// Takes what other gates let through in the last minute.
  func setOthers(_ counts: [TokenRowID: Int]) { book.withLock { $0.others = counts } }
}
