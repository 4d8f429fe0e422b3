package import Access
package import Store

/// What was given and is over, with the names of all that it names.
package struct EndedHoldings: Sendable {
  package let holdings: [Bounded<BoundedThing>]
  package private(set) var names = NameBook()

  /// - Parameters:
  ///   - instant: what ended at that instant or before.
  ///   - isMeant: leaves out others.
  ///
  /// Errors: ``StoreError``.
  package init(
    by instant: Timestamp, _ reader: any SecurityReader, where isMeant: (BoundedThing) -> Bool = { _ in true }
  ) throws {
    holdings = try reader.ended(by: instant).filter { isMeant($0.value) }
    try names.enterRoles(reader)
    for connector in try reader.connectors() { names.connectors[connector.id] = connector.name }
    for held in holdings {
      switch held.value {
      case .grant(let place): try enter(place.subject, reader)
      case .role(_, let subject): try enter(subject, reader)
      case .membership(let team, let account):
        try enter(.team(team), reader)
        try enter(.account(account), reader)
      }
    }
  }

  private mutating func enter(_ subject: SubjectID, _ reader: any SecurityReader) throws {
    switch subject {
    case .team(let id):
      if names.teams[id] == nil { names.teams[id] = try reader.team(id)?.name }
    case .account(let id):
      if names.accounts[id] == nil { names.accounts[id] = try reader.account(id).map { ($0.kind, $0.name) } }
    }
  }
}

extension BoundedThing {
  /// Whose it is.
  package var holder: SubjectID {
    switch self {
    case .grant(let place): place.subject
    case .role(_, let subject): subject
    case .membership(_, let account): .account(account)
    }
  }

  /// The connector of a grant; nil for another thing.
  package var connector: ConnectorID? { if case .grant(let place) = self { place.connector } else { nil } }
}
