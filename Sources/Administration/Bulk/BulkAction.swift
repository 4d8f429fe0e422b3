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
