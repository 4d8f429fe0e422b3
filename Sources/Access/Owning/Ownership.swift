/// Whether somebody answers for an API user or a token.
package enum Ownership: Hashable, Sendable {
  case none
  /// An owner who is no user, or a user who is enabled.
  case owned
  case disabledUser
  case deletedUser

  /// What is amiss, as in `no owner`; nil where nothing is.
  package var finding: String? {
    switch self {
    case .none: "no owner"
    case .owned: nil
    case .disabledUser: "its owner is disabled"
    case .deletedUser: "its owner is deleted"
    }
  }
}
