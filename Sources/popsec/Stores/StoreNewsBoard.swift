import Store
import Synchronization

/// The place where this process shows the news of its store: standard error, or the console while it has the
/// terminal.
enum StoreNewsBoard {
  private static let taker = Mutex<StoreNewsTaker>({ onStandardError($0) })

  /// Receives news from any thread.
  static let take: StoreNewsTaker = { news in taker.withLock { $0 }(news) }

  /// Gives the news to another receiver from now on; nil means standard error.
  static func tell(_ other: StoreNewsTaker?) { taker.withLock { $0 = other ?? onStandardError } }

  private static let onStandardError: StoreNewsTaker = { news in
    if let text = news.text { StandardError.line(text) }
  }
}
