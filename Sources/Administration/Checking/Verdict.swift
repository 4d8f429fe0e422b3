package import Access
package import Store

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

/// What ids are called, as far as a question touches them.
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

  package mutating func enter(_ catalogue: ConnectorCatalogue) {
    connectors[catalogue.id] = catalogue.connector.name
    for company in catalogue.companies { companies[company.id] = company.name }
    for list in catalogue.lists { lists[list.id] = list.name }
    for item in catalogue.items.values.joined() { items[item.id] = item }
  }

  mutating func enter(_ places: LoadedPlaces) {
    for widget in places.widgets { widgets[widget.id] = widget.name }
    for endpoint in places.endpoints { endpoints[endpoint.id] = endpoint.name }
  }

  package func name(_ role: SystemRole) -> String {
    switch role {
    case .builtIn(let role): role.rawValue
    case .custom(let id): roles[id]?.text ?? id.description
    }
  }
}
