package import Access
package import Store

/// What can be done with many users or API users at once.
package enum BulkAction: Hashable, Sendable {
  case enable, disable
  /// Revokes all their tokens that are not revoked yet, for good.
  case revokeTokens
  case addToTeam(TeamID)
  /// Of all their tokens that are not revoked.
  case setExpiry(Expiry)
}

/// With whom.
package enum BulkTargets: Hashable, Sendable {
  case these(Set<AccountID>)
  /// All that match, however many there are.
  case matching(AccountQuery)
}

/// What doing something with many would do: worked out before it is confirmed, and done as it was worked out.
package struct BulkPlan: Hashable, Sendable {
  package let action: BulkAction
  /// The team to which they are added; nil for other actions.
  package let team: Name?
  /// Those with whom something has to be done, by id.
  package let accounts: [AccountID]
  /// How many were meant, those with whom nothing has to be done included.
  package let meantCount: Int
  /// How many tokens are changed.
  package let tokenCount: Int
  /// Some of them, by name.
  package let someNames: [Name]

  package var isEmpty: Bool { accounts.isEmpty }
}
