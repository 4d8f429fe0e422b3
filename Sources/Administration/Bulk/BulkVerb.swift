package import Access
private import Store

/// What can be done with many users or API users at once, in the order in which it is offered. The raw values are
/// the words on the command line and in its JSON.
package enum BulkVerb: String, CaseIterable, Sendable {
  case enable, disable
  case addToTeam = "add-to-team"
  case removeFromTeam = "remove-from-team"
  case copyRights = "copy-rights"
  case duplicate
  case revokeTokens = "revoke-tokens"
  case setExpiry = "set-expiry"
  case delete

  /// The entry of a menu.
  package var title: String {
    switch self {
    case .enable: "Enable"
    case .disable: "Disable"
    case .addToTeam: "Add to a team"
    case .removeFromTeam: "Remove from a team"
    case .copyRights: "Copy the rights of another"
    case .duplicate: "Duplicate"
    case .revokeTokens: "Revoke all their tokens"
    case .setExpiry: "Change when their tokens end"
    case .delete: "Delete"
    }
  }

  /// Whether the action needs a team.
  package var hasTeam: Bool { self == .addToTeam || self == .removeFromTeam }

  /// The permission without which the action is refused. It may need others, too.
  package func permission(for kind: AccountKind) -> Permission {
    switch self {
    case .enable, .disable, .copyRights, .duplicate, .delete: DeletedKind(kind).managing
    case .addToTeam, .removeFromTeam: .teamsManage
    case .revokeTokens, .setExpiry: .tokensManage
    }
  }
}
