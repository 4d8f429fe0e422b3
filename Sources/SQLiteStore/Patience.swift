internal import Store
private import Glibc
private import Synchronization

/// How long one write waits for those of others, all in all, and that somebody is told of it.
final class Patience: Sendable {
  private let limit: Duration
  private let database: String
  private let news: StoreNewsTaker
  private let began = ContinuousClock.now
  private let hasTold = Atomic(false)

  /// Whoever waits longer is told who is writing.
  private static let silence = Duration.seconds(1)
  private static let longestPauseMicroseconds: UInt32 = 20_000

  /// `seconds`: zero for one that waits for nobody.
  init(seconds: Double, database: String, news: @escaping StoreNewsTaker) {
    limit = .seconds(seconds)
    self.database = database
    self.news = news
  }

  /// Rests for about so many milliseconds; false, at once, where the time is up.
  func rest(milliseconds: Int = 1) -> Bool {
    let waited = ContinuousClock.now - began
    guard waited < limit else { return false }
    if waited >= Self.silence, !hasTold.load(ordering: .relaxed) { tell(isLast: waited >= Self.silence * 2) }
    usleep(min(UInt32(clamping: max(1, milliseconds)) * 1_000, Self.longestPauseMicroseconds))
    return true
  }

  /// Between two writers nobody is writing for a moment.
  private func tell(isLast: Bool) {
    let writer = currentWriter(of: database)
    guard writer != nil || isLast, !hasTold.exchange(true, ordering: .relaxed) else { return }
    news(.waiting(writer: writer))
  }

  /// What was waited for has come, or is waited for no longer.
  func end() { if hasTold.load(ordering: .relaxed) { news(.doneWaiting) } }
}
