/// A user or an API user with all that laws look at.
package struct LawSubject: Hashable, Sendable {
  package let id: AccountID
  package let kind: AccountKind
  /// What the subject and its teams have, on all connectors.
  package var access: SubjectAccess
  package var labels: Labels
  package var ownership: Ownership
  package var tokens: [Token]

  package init(
    _ account: Account, access: SubjectAccess, ownership: Ownership = .none, tokens: [Token] = []
  ) {
    (id, kind, labels) = (account.id, account.kind, account.particulars.labels)
    self.access = access
    self.ownership = ownership
    self.tokens = tokens
  }
}

/// The part of a store's state that laws need beside the subject.
package struct LawGround: Hashable, Sendable {
  /// What one connector has.
  package struct Part: Hashable, Sendable {
    package let whole: Located
    package let items: [ListID: [Item]]

    package init(whole: Located, items: [ListID: [Item]]) { (self.whole, self.items) = (whole, items) }
  }

  /// The connectors on which the subject, or the team of the law `within`, has grants, and those that the law names.
  package var parts: [ConnectorID: Part]
  /// The own grants of the team of the law `within`.
  package var teamGrants: [Grant]

  package init(parts: [ConnectorID: Part], teamGrants: [Grant] = []) {
    (self.parts, self.teamGrants) = (parts, teamGrants)
  }
}

/// A pair of company and list, or an item of it, that exists or may come.
package struct SeenThing: Hashable, Sendable {
  package let connector: Foreseen<ConnectorID>
  /// Nil on a connector without companies.
  package let company: Foreseen<CompanyID>?
  package let list: Foreseen<ListID>
  /// The item with its kind; nil where the pair is meant.
  package let item: SeenItem?

  package init(
    connector: Foreseen<ConnectorID>, company: Foreseen<CompanyID>?, list: Foreseen<ListID>,
    item: SeenItem? = nil
  ) {
    (self.connector, self.company, self.list, self.item) = (connector, company, list, item)
  }
}

package struct SeenItem: Hashable, Sendable {
  package let kind: ItemKind
  package let item: Foreseen<ItemID>

  package init(kind: ItemKind, item: Foreseen<ItemID>) { (self.kind, self.item) = (kind, item) }
}

/// A thing that somebody can see, and what gives it.
package struct Sight: Hashable, Sendable {
  package let thing: SeenThing
  package let giver: Giver
}

/// What breaks a law, as one counterexample.
package struct LawBreach: Hashable, Sendable {
  package enum Breaker: Hashable, Sendable {
    case account(AccountID)
    /// A widget that asks for no token.
    case openWidget(WidgetID)
  }

  package enum Finding: Hashable, Sendable {
    /// The subject can see what it never may.
    case sees(Sight)
    /// The subject can see both at the same instant.
    case seesBoth(Sight, Sight)
    /// The subject can see what no grant of the team covers.
    case seesBeyondTeam(Sight)
    /// The open widget shows this to everybody.
    case shows(SeenThing)
    case token(TokenRowID, TokenFault)
    case unowned(Ownership)
  }

  package let breaker: Breaker
  package let finding: Finding
  /// The first instant at which this is so.
  package let at: Timestamp
}

/// What a token lacks that a law demands.
package enum TokenFault: Hashable, Sendable {
  /// The token lives longer than this number of days.
  case longerThan(days: Int)
  case neverExpires
  case anyNetwork
  case anyPlace
  /// The token was not used for this number of days or more.
  case unused(days: Int)
}
