/// What a store tells while it works on something, for whoever waits for that.
package enum StoreNews: Hashable, Sendable {
  /// A write waits longer than usual; who is writing meanwhile, as in `ops (popsec, process 1234)`, where that
  /// can be told.
  case waiting(writer: String?)
  /// The write that was told to wait does so no longer, whether it was carried out or refused.
  case doneWaiting
  /// The disk is full, and the room that was kept for it is used for what takes access away.
  case reserveGivenUp
  /// Something that a command that was killed had left is removed.
  case leftoverRemoved(path: String)
}

extension StoreNews {
  /// In words, for a line of its own; nil where there is nothing to say.
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

/// Takes the news of a store, on the thread on which they come.
package typealias StoreNewsTaker = @Sendable (StoreNews) -> Void
