package import Access

/// The kinds of lists that take conditions.
package enum ListedKind: String, Hashable, Sendable, CaseIterable {
  case tokens, apiUsers, users, teams, grants
  /// Connectors, widgets and endpoints in one list.
  case catalogue
  case widgets
  case laws

  /// The things of the list, as in `API users`.
  package var title: String {
    switch self {
    case .apiUsers: "API users"
    case .catalogue: "things of the catalogue"
    case .tokens, .users, .teams, .grants, .widgets, .laws: rawValue
    }
  }

  package init(_ kind: AccountKind) { self = kind == .user ? .users : .apiUsers }

  /// The states of the things, as the condition `state` names them.
  var states: [ConditionState] {
    switch self {
    case .tokens: TokenState.allCases.map(ConditionState.token)
    case .apiUsers, .users: [.isEnabled(true), .isEnabled(false)]
    case .catalogue, .widgets: [.isEnabled(true), .isEnabled(false), .open]
    case .grants: [.inForce, .ended, .toCome]
    case .laws: LawMode.allCases.map(ConditionState.law)
    case .teams: []
    }
  }

  /// The kinds of the things, as the condition `kind` names them.
  var kinds: [ConditionKind] {
    switch self {
    case .catalogue: CatalogueKind.allCases.map(ConditionKind.catalogue)
    case .laws: LawKind.allCases.map(ConditionKind.law)
    case .tokens, .apiUsers, .users, .teams, .grants, .widgets: []
    }
  }
}

/// A state that a condition asks for.
package enum ConditionState: Hashable, Sendable {
  case token(TokenState)
  case isEnabled(Bool)
  /// A widget that asks for no token.
  case open
  /// The standing of what has bounds.
  case inForce, ended, toCome
  /// Whether a law refuses, or only reports.
  case law(LawMode)

  /// The word by which people name the state.
  package var word: String {
    switch self {
    case .token(let state): state.rawValue
    case .isEnabled(let isEnabled): isEnabled ? "enabled" : "disabled"
    case .open: "open"
    case .inForce: "inForce"
    case .ended: "ended"
    case .toCome: "toCome"
    case .law(let mode): mode.rawValue
    }
  }

  /// The form in which words are compared, so that `not-yet-valid` and `"not yet valid"` mean `notYetValid`.
  static func folded(_ word: String) -> String {
    word.lowercased().filter { !" -_".contains($0) }
  }
}

/// The kinds of things of the catalogue, as the condition `kind` names them.
package enum CatalogueKind: String, Hashable, Sendable, CaseIterable {
  case connector, widget, endpoint
}

/// A kind that a condition asks for.
package enum ConditionKind: Hashable, Sendable {
  case catalogue(CatalogueKind)
  case law(LawKind)

  /// The word by which people name the kind.
  package var word: String {
    switch self {
    case .catalogue(let kind): kind.rawValue
    case .law(let kind): kind.rawValue
    }
  }
}
