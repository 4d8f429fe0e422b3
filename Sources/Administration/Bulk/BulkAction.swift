package import Access
package import Store

/// An action on many users or API users at once.
package enum BulkAction: Hashable, Sendable {
  case enable, disable
  /// Revokes all tokens of the accounts that are not revoked yet, for good.
  case revokeTokens
  /// Without bounds those who are members already stay so, and others become members for good. With bounds all of
  /// them are members within these.
  case addToTeam(TeamID, Bounds? = nil)
  /// Sets the expiry of all tokens that are not revoked.
  case setExpiry(Expiry)
}

/// The accounts for the action.
package enum BulkTargets: Hashable, Sendable {
  case these(Set<AccountID>)
  /// All accounts that match the query.
  case matching(AccountQuery)
}

/// The plan of an action on many accounts. It is computed before a person confirms it, and carried out as it
/// was computed.
package struct BulkPlan: Hashable, Sendable {
  package let action: BulkAction
  /// The team to which the accounts are added; nil for other actions.
  package let team: Name?
  /// The ids of the accounts that need a change.
  package let accounts: [AccountID]
  /// The number of accounts that were meant, including those that need no change.
  package let meantCount: Int
  /// The number of tokens that change.
  package let tokenCount: Int
  /// The names of some of the accounts.
  package let someNames: [Name]

  package var isEmpty: Bool { accounts.isEmpty }
}
