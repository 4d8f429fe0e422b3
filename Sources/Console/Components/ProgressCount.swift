private import Access
private import Synchronization
private import Terminal

/// How far something has come that works off the main actor, for a screen that looks now and then.
package final class ProgressCount: Sendable {
  private struct Counts {
    var done = 0
    /// 0 where the total is not known.
    var total = 0
    var isStopped = false
  }

  private let counts = Mutex(Counts())

  package init() {}

  func tell(_ done: Int, of total: Int) { counts.withLock { ($0.done, $0.total) = (done, total) } }

  /// Tells how many are done, of as many as before.
  package func tell(_ done: Int) { counts.withLock { $0.done = done } }

  /// Whether the person wants the work to end now, undone.
  package var isStopped: Bool { counts.withLock { $0.isStopped } }
  func stop() { counts.withLock { $0.isStopped = true } }

  /// As in `1,200 of 200,000 rows`.
  var rows: String {
    let (done, total) = counts.withLock { ($0.done, $0.total) }
    // More may have come since they were counted.
    return total >= max(done, 1) ? "\(done.grouped) of \(total.grouped) rows" : "\(done.grouped) rows"
  }

  /// As in `importing [#####     ]  50 %`.
  func text(_ label: String, columns: Int) -> String {
    let (done, total) = counts.withLock { ($0.done, $0.total) }
    let share = total > 0 ? min(max(done, 0), total) * 100 / total : 0
    let cells = max(0, min(40, columns - cellWidth(of: label) - 9))
    let filled = cells * share / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: cells - filled)
    return "\(label) [\(bar)] \(share) %"
  }

  /// Works in the background, and has the screen look now and then how far that has come.
  func run<Message>(
    _ label: String, tick: Message, _ work: @escaping @Sendable (ProgressCount) throws -> Void,
    ended: @escaping @Sendable (Problem?) -> Message
  ) -> Effect<Message> {
    .batch(
      Self.look(tick), .run(label, awaited: false) { ended(Problem.catching { try work(self) }.problem) })
  }

  /// The next look.
  static func look<Message>(_ tick: Message) -> Effect<Message> {
    .after(milliseconds: 100, key: "progress", tick)
  }
}
