internal import Store
private import Glibc
private import Synchronization

/// The time that one write may wait for other writes, and the news that it waits.
final class Patience: Sendable {
  private let limit: Duration
  private let database: String
  private let news: StoreNewsTaker
  private let began = ContinuousClock.now
  private let hasTold = Atomic(false)

  /// After this time a waiting write is reported, with the name of the writer.
  private static let silence = Duration.seconds(1)
  private static let longestPauseMicroseconds: UInt32 = 20_000

  /// - Parameter seconds: the time; zero for a write that waits for nobody.
  init(seconds: Double, database: String, news: @escaping StoreNewsTaker) {
    limit = .seconds(seconds)
    self.database = database
    self.news = news
  }

  /// Sleeps for about this number of milliseconds. Where the time is up, the result is false at once.
  func rest(milliseconds: Int = 1) -> Bool {
    let waited = ContinuousClock.now - began
    guard waited < limit else { return false }
    if waited >= Self.silence, !hasTold.load(ordering: .relaxed) { tell(isLast: waited >= Self.silence * 2) }
    usleep(min(UInt32(clamping: max(1, milliseconds)) * 1_000, Self.longestPauseMicroseconds))
    return true
  }

  /// Reports the waiting. Between two writers nobody is writing for a moment, so the writer may be unknown.
  private func tell(isLast: Bool) {
    let writer = currentWriter(of: database)
    guard writer != nil || isLast, !hasTold.exchange(true, ordering: .relaxed) else { return }
    news(.waiting(writer: writer))
  }

  /// Ends the waiting, whether the lock was obtained or given up.
  func end() { if hasTold.load(ordering: .relaxed) { news(.doneWaiting) } }
}
