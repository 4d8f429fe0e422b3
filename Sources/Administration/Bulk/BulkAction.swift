package import Access
package import Store

/// An action on many users or API users at once.
package enum BulkAction: Hashable, Sendable {
  case enable, disable
  /// Without bounds those who are members already stay so, and others become members for good. With bounds all of
  /// them are members within these.
  case addToTeam(TeamID, Bounds? = nil)
  case removeFromTeam(TeamID)
  /// Gives them the teams, system roles and grants of another account, which are added to what they have or, where
  /// `isReplacing`, take its place.
  case copyRights(of: AccountID, isReplacing: Bool)
  /// Adds a copy of each, which is named like the original with the suffix.
  case duplicate(NameSuffix)
  /// Revokes all tokens of the accounts that are not revoked yet, for good.
  case revokeTokens
  /// Sets the expiry of all tokens that are not revoked.
  case setExpiry(Expiry)
  /// Deletes the accounts and revokes their tokens.
  case delete

  package var verb: BulkVerb {
    switch self {
    case .enable: .enable
    case .disable: .disable
    case .addToTeam: .addToTeam
    case .removeFromTeam: .removeFromTeam
    case .copyRights: .copyRights
    case .duplicate: .duplicate
    case .revokeTokens: .revokeTokens
    case .setExpiry: .setExpiry
    case .delete: .delete
    }
  }

  /// Whether the action takes something away.
  package var isDestructive: Bool {
    switch self {
    case .disable, .removeFromTeam, .revokeTokens, .setExpiry, .delete: true
    case .copyRights(_, let isReplacing): isReplacing
    case .enable, .addToTeam, .duplicate: false
    }
  }
}

/// The accounts for the action.
package enum BulkTargets: Hashable, Sendable {
  case these(Set<AccountID>)
  /// All accounts that match the query.
  case matching(AccountQuery)
}

/// What the plan of an action on accounts has besides.
package struct BulkDetails: Hashable, Sendable {
  /// The name of the team, or of the account whose rights are copied; nil for other actions.
  package let named: Name?
  /// The rights that are copied; nil for other actions.
  package let rights: Rights?
  /// The number of days for which deleted accounts are kept.
  package let keptDays: Int64

  init(_ work: BulkWork, keptDays: Int64) {
    (named, rights, self.keptDays) = (work.named, work.rights, keptDays)
  }
}
