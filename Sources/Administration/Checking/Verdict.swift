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
}

/// The names of ids, as far as a question needs them.
package struct NameBook: Sendable {
  package var connectors: [ConnectorID: Name] = [:]
  package var companies: [CompanyID: Name] = [:]
  package var lists: [ListID: Name] = [:]
  package var items: [ItemID: Item] = [:]
  package var widgets: [WidgetID: Name] = [:]
  package var endpoints: [EndpointID: Name] = [:]
  package var roles: [RoleID: Name] = [:]
  package var accounts: [AccountID: (kind: AccountKind, name: Name)] = [:]
  package var teams: [TeamID: Name] = [:]
  package var tokens: [TokenRowID: Name] = [:]

  package init() {}

  package func name(_ role: SystemRole) -> String {
    switch role {
    case .builtIn(let role): role.rawValue
    case .custom(let id): roles[id]?.text ?? id.description
    }
  }
}
