package import Access

/// A request with what was found about it, and the decision.
package struct Verdict: Sendable {
  package let request: CheckRequest
  /// Everything from which the decision was made, so that the smallest change and its words can be made
  /// later.
  package let question: AccessQuestion
  package let decision: Decision
  /// The names of the ids in the question.
  package let names: NameBook
  /// The Token ID that was presented; nil where it is not known.
  package let presented: TokenSecretID?

  package init(
    request: CheckRequest, question: AccessQuestion, decision: Decision, names: NameBook,
    presented: TokenSecretID? = nil
  ) {
    self.presented = presented
    self.request = request
    self.question = question
    self.decision = decision
    self.names = names
  }

  /// The instant until which the same request, asked later in the same state of the store, has the same decision with the
  /// same trace; nil where that is always. It is computed at each call.
  ///
  /// A decision about an older Token ID rests on uses too, which do not change the state; see ``restsOnUses``.
  package var sameUntil: Timestamp? { request.at == nil ? question.nextInstant : nil }

  /// Whether the decision may change because a token is used.
  package var restsOnUses: Bool { question.request.replaced != nil }

  /// The instant at which what is allowed becomes something else by the passing of time alone; nil where that is
  /// never. It is computed at each call.
  package var until: Timestamp? { question.answerEnd(of: decision) }
}
