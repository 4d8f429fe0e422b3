package import Access

/// A request with what was found of it, and what was decided.
package struct Verdict: Sendable {
  package let request: CheckRequest
  /// All that the decision was made of, so that the smallest change and its words can be made from it.
  package let question: AccessQuestion
  package let decision: Decision
  /// What the ids of these are called.
  package let names: NameBook
  /// The Token ID that was presented, where it is known.
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
}
