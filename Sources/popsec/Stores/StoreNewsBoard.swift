import Store
import Synchronization

/// Where this process tells what its store tells: on standard error, or in the console while that has the terminal.
enum StoreNewsBoard {
  private static let taker = Mutex<StoreNewsTaker>({ onStandardError($0) })

  /// Takes news from any thread.
  static let take: StoreNewsTaker = { news in taker.withLock { $0 }(news) }

  /// From now on somebody else is told; nil is standard error.
  static func tell(_ other: StoreNewsTaker?) { taker.withLock { $0 = other ?? onStandardError } }

  private static let onStandardError: StoreNewsTaker = { news in
    if let text = news.text { StandardError.line(text) }
  }
}
