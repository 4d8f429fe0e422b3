private import Synchronization
private import Terminal

/// How far something has come that works off the main actor, for a screen that looks now and then.
final class ProgressCount: Sendable {
  private let counts = Mutex((done: 0, total: 0))

  func tell(_ done: Int, of total: Int) { counts.withLock { $0 = (done, total) } }

  /// As in `importing [#####     ]  50 %`.
  func text(_ label: String, columns: Int) -> String {
    let (done, total) = counts.withLock { $0 }
    let share = total > 0 ? min(max(done, 0), total) * 100 / total : 0
    let cells = max(0, min(40, columns - cellWidth(of: label) - 9))
    let filled = cells * share / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: cells - filled)
    return "\(label) [\(bar)] \(share) %"
  }
}
