package import Access

/// The kinds of things that can be found by their names.
package enum FoundKind: String, Hashable, Sendable, CaseIterable {
  case apiUser, user, team, role, token, connector, list, widget, endpoint, law

  /// The kind for people, as in `API user`.
  package var title: String { self == .apiUser ? AccountKind.apiUser.title : rawValue }
}

/// A thing that was found by its name.
package struct FoundThing: Hashable, Sendable {
  package enum ID: Hashable, Sendable {
    case account(AccountID)
    case team(TeamID)
    case role(SystemRole)
    case token(TokenRowID, of: AccountID, AccountKind)
    case connector(ConnectorID)
    case list(ListID, of: ConnectorID)
    case widget(WidgetID)
    case endpoint(EndpointID)
    case law(Name)
  }

  package let id: ID
  package let kind: FoundKind
  package let name: String
  /// The name of the thing to which it belongs: the user of a token, the connector of a list, a widget or an endpoint.
  package let of: String?

  init(_ id: ID, _ kind: FoundKind, _ name: String, of: String? = nil) {
    (self.id, self.kind, self.name, self.of) = (id, kind, name, of)
  }

  /// The id for scripts; of a built-in role and of a law its name.
  package var idText: String {
    switch id {
    case .account(let id): id.description
    case .team(let id): id.description
    case .role(.builtIn(let role)): role.rawValue
    case .role(.custom(let id)): id.description
    case .token(let id, _, _): id.description
    case .connector(let id): id.description
    case .list(let id, _): id.description
    case .widget(let id): id.description
    case .endpoint(let id): id.description
    case .law(let name): name.text
    }
  }
}
