/// How a law names things. The same law exists with the names that people wrote, and with what these names mean in one
/// state of a store.
package protocol LawNaming: Sendable {
  associatedtype Account: Hashable & Sendable
  associatedtype Team: Hashable & Sendable
  associatedtype Connector: Hashable & Sendable
  associatedtype Company: Hashable & Sendable
  associatedtype List: Hashable & Sendable
  associatedtype Item: Hashable & Sendable
}

/// Names as people wrote them. A law may name what does not exist yet, so it is kept in this form.
package enum AsWritten: LawNaming {
  package typealias Account = Name
  package typealias Team = Name
  package typealias Connector = Name
  package typealias Company = Name
  package typealias List = Name
  package typealias Item = Name
}

/// What the names of a law mean in one state of a store. Laws are decided in this form.
package enum AsFound: LawNaming {
  package typealias Account = Foreseen<AccountID>
  package typealias Team = Foreseen<TeamID>
  package typealias Connector = Foreseen<ConnectorID>
  package typealias Company = Foreseen<CompanyID>
  package typealias List = Foreseen<ListID>
  package typealias Item = Foreseen<ItemID>
}

/// A thing that exists, or one that may come to exist.
package enum Foreseen<ID: Hashable & Sendable>: Hashable, Sendable {
  case present(ID)
  /// Nothing has this name so far.
  case named(Name)
  /// Whatever may come. No law names it; only *all* in a grant stands for it.
  case any

  package var id: ID? { if case .present(let id) = self { id } else { nil } }
}
