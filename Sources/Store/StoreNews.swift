/// What a store tells during its work, for somebody who waits for it.
package enum StoreNews: Hashable, Sendable {
  /// A write waits longer than usual. `writer` names who is writing meanwhile, as in `ops (popsec, process
  /// 1234)`, where that is known.
  case waiting(writer: String?)
  /// The write that was reported as waiting no longer waits, whether it was carried out or refused.
  case doneWaiting
  /// The disk is full, and the reserved space is used for a change that takes access away.
  case reserveGivenUp
  /// A file that was left by a killed command is removed.
  case leftoverRemoved(path: String)
}

extension StoreNews {
  /// The news in words, for a line of its own; nil where there is nothing to say.
  package var text: String? {
    switch self {
    case .waiting(let writer): "waiting: \(writer ?? "another process") is writing"
    case .doneWaiting: nil
    case .reserveGivenUp:
      "warning: the disk is full, and the room that was kept for taking access away is used up; make room"
    case .leftoverRemoved(let path): "removed \(path), which a command that was interrupted had left"
    }
  }
}

/// Receives the news of a store, on the thread on which they arise.
package typealias StoreNewsTaker = @Sendable (StoreNews) -> Void
