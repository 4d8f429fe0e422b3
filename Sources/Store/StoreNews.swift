/// What a store tells while it works on something, for whoever waits for that.
package enum StoreNews: Hashable, Sendable {
  /// A write waits longer than usual; who is writing meanwhile, as in `ops (popsec, process 1234)`, where that
  /// can be told.
  case waiting(writer: String?)
  /// The write that was told to wait does so no longer, whether it was carried out or refused.
  case doneWaiting
}

extension StoreNews {
  /// In words, for a line of its own; nil where there is nothing to say.
  package var text: String? {
    switch self {
    case .waiting(let writer): "waiting: \(writer ?? "another process") is writing"
    case .doneWaiting: nil
    }
  }
}

/// Takes the news of a store, on the thread on which they come.
package typealias StoreNewsTaker = @Sendable (StoreNews) -> Void
