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
