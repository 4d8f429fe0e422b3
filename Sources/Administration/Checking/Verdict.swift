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

  /// The instant at which what is allowed becomes something else by the passing of time alone; nil where that is
  /// never. It is computed at each call.
  package var until: Timestamp? { question.answerEnd(of: decision) }
}
