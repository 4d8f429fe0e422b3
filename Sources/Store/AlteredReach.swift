package import Access

/// Whose decisions changes of the store may have altered.
package enum AlteredReach: Hashable, Sendable {
  /// Decisions about anybody, as a change of the catalogue, a role or a team may.
  case anybody
  /// Decisions about these users and API users and their tokens, and about nobody else.
  case accounts(Set<AccountID>)

  package static let nobody = AlteredReach.accounts([])

  /// The greatest number of accounts that are told apart.
  package static let mostAccounts = 100

  package static func account(_ id: AccountID) -> AlteredReach { .accounts([id]) }

  /// The reach of a change of what a subject was given. What a team was given, all its members have.
  package init(_ subject: SubjectID) {
    switch subject {
    case .account(let id): self = .account(id)
    case .team: self = .anybody
    }
  }

  /// Adds the reach of another change.
  package mutating func add(_ other: AlteredReach) {
    guard case .accounts(let these) = self, case .accounts(let others) = other else {
      self = .anybody
      return
    }
    if others.isSubset(of: these) { return }
    let all = these.union(others)
    self = all.count > Self.mostAccounts ? .anybody : .accounts(all)
  }
}
