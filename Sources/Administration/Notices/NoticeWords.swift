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
  package var stateWords: String { stateWords { $0.minute } }

  private func stateWords(_ time: (Timestamp) -> String) -> String {
    state == .waiting && attemptCount > 0 ? "\(state.word) until \(time(nextAttemptAt))" : state.word
  }

  /// All that is known about the notice, for people.
  ///
  /// - Parameter times: the way in which instants are written.
  package func facts(_ times: TimeWords) -> [(title: String, text: String)] {
    let facts: [(String, String?)] = [
      ("What", event.words), (times.titled("Since"), times.fact(event.at)),
      (times.titled("Raised"), times.fact(raisedAt)),
      ("State", stateWords(times.told)), (times.titled("Settled"), settledAt.map(times.fact)),
      ("Attempts", String(attemptCount)),
      ("Problem", problem), ("Type", NoticeCondition.eventType(of: event.condition)),
      ("Subject", event.subject), ("Event", event.id),
    ]
    return facts.compactMap { title, text in text.map { (title, $0) } }
  }
}
