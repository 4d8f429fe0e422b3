import Dispatch
import Synchronization

/// The files that are being written, so that the end of the process leaves no half of one.
final class UnfinishedFiles: Sendable {
  private let ended = Mutex(false)
  private let running = DispatchGroup()
  /// Whoever writes looks after each page whether to stop; a store that hangs holds nobody up for longer.
  private static let patience = DispatchTimeInterval.seconds(3)

  var isEnded: Bool { ended.withLock { $0 } }

  func work<Result>(_ body: () throws -> Result) rethrows -> Result {
    running.enter()
    defer { running.leave() }
    return try body()
  }

  func end() {
    ended.withLock { $0 = true }
    _ = running.wait(timeout: .now() + Self.patience)
  }
}
