package import Access

/// What popsec tells of by itself. It has no secret, and no more of a token than lists show.
package struct NoticeEvent: Hashable, Sendable {
  /// By which receivers tell one event from another: one that is handed over again has the same.
  package let id: String
  /// What is raised once only. Nil once it may be raised again, since what it told of has ended.
  package var raisedKey: String?
  /// The key of its condition, such as `token.ends`.
  package let condition: String
  /// What it is about, such as `token/3f9k2`.
  package let subject: String
  /// In words, without a full stop.
  package var words: String
  /// For programs: a JSON object.
  package var document: String
  /// When it came about.
  package let at: Timestamp

  package init(
    id: String, raisedKey: String?, condition: String, subject: String, words: String, document: String,
    at: Timestamp
  ) {
    self.id = id
    self.raisedKey = raisedKey
    self.condition = condition
    self.subject = subject
    self.words = words
    self.document = document
    self.at = at
  }
}

/// An event that was raised, and what became of it.
package struct Notice: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    case waiting, delivered, givenUp
  }

  /// 1, 2, 3, …: the order in which notices are handed over.
  package let number: Int64
  package var event: NoticeEvent
  package let raisedAt: Timestamp
  package var state: State
  package var attemptCount: Int
  /// It is not handed over before.
  package var nextAttemptAt: Timestamp
  /// Why the last attempt failed, or why it was given up.
  package var problem: String?
  /// When it was delivered or given up.
  package var settledAt: Timestamp?

  package init(
    number: Int64, event: NoticeEvent, raisedAt: Timestamp, state: State = .waiting, attemptCount: Int = 0,
    nextAttemptAt: Timestamp, problem: String? = nil, settledAt: Timestamp? = nil
  ) {
    self.number = number
    self.event = event
    self.raisedAt = raisedAt
    self.state = state
    self.attemptCount = attemptCount
    self.nextAttemptAt = nextAttemptAt
    self.problem = problem
    self.settledAt = settledAt
  }
}

/// A token's place in the order by their ends.
package struct TokenEnd: Hashable, Sendable {
  package let at: Timestamp
  package let token: TokenRowID

  package init(at: Timestamp, token: TokenRowID) {
    self.at = at
    self.token = token
  }
}
