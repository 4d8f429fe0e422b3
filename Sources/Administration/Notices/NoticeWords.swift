internal import Access
package import Store

extension Notice.State {
  package var word: String {
    switch self {
    case .waiting: "waits"
    case .delivered: "delivered"
    case .givenUp: "given up"
    }
  }
}

extension Notice {
  /// The words for the state, as in `waits until 2026-11-24 12:05`.
  package var stateWords: String {
    state == .waiting && attemptCount > 0 ? "\(state.word) until \(nextAttemptAt.minute)" : state.word
  }

  /// All that is known about the notice, for people. Times are in UTC.
  package var facts: [(title: String, text: String)] {
    let facts: [(String, String?)] = [
      ("What", event.words), ("Since (UTC)", event.at.minute), ("Raised (UTC)", raisedAt.minute),
      ("State", stateWords), ("Settled", settledAt?.minute), ("Attempts", String(attemptCount)),
      ("Problem", problem), ("Type", NoticeCondition.eventType(of: event.condition)),
      ("Subject", event.subject), ("Event", event.id),
    ]
    return facts.compactMap { title, text in text.map { (title, $0) } }
  }
}
