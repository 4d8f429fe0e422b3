internal import Store
private import Synchronization

/// The waiting of one open store's writes for those of others: first in the queue, then for a writer outside
/// the queue, such as an earlier popsec.
final class WriteWaiting: Sendable {
  private let queue: WriteQueue
  private let database: String
  private let seconds: Double
  private let news: StoreNewsTaker
  /// The patience of the write on which SQLite is at work. SQLite asks it through ``mayGoOn()``.
  private let atWork = Mutex<Patience?>(nil)

  init(_ folder: StoreFolder, seconds: Double, news: @escaping StoreNewsTaker) {
    queue = WriteQueue(folder)
    database = folder.database
    self.seconds = seconds
    self.news = news
  }

  func inTurn<Result>(atOnce: Bool, _ body: () throws -> Result) throws -> Result {
    let patience = Patience(seconds: atOnce ? 0 : seconds, database: database, news: news)
    defer { patience.end() }
    let ticket = try queue.ticket(patience)
    return try withExtendedLifetime(ticket) {
      atWork.withLock { $0 = patience }
      return try body()
    }
  }

  /// Lets SQLite wait only for the given time, within a turn.
  func briefly<Result>(milliseconds: Int, _ body: () throws -> Result) rethrows -> Result {
    let brief = Patience(seconds: Double(milliseconds) / 1_000, database: database, news: news)
    let before = atWork.withLock { patience in
      defer { patience = brief }
      return patience
    }
    defer {
      atWork.withLock { $0 = before }
      brief.end()
    }
    return try body()
  }

  /// Whether SQLite, which found the store locked, should try again. The function sleeps a little first.
  func mayGoOn() -> Bool {
    atWork.withLock { $0 }?.rest(milliseconds: 2) ?? false
  }
}
