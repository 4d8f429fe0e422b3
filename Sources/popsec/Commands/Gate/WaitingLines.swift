import Synchronization

/// Lines that wait to be written. Lines beyond a bound are dropped.
final class WaitingLines: Sendable {
  private static let maximum = 10_000
  private let count = Atomic<Int>(0)

  func enter() -> Bool {
    if count.add(1, ordering: .relaxed).newValue <= Self.maximum { return true }
    leave()
    return false
  }

  func leave() { count.subtract(1, ordering: .relaxed) }
}
