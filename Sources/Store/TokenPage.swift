package import Access

/// The orders of a list of all tokens.
package enum TokenOrder: Hashable, Sendable {
  /// By the name of the token's account, then by the token's own name, then by its id.
  case account
  /// First the tokens that end after an instant and are neither revoked nor disabled, by their ends. All others follow,
  /// ordered by ``account``.
  case end(after: Timestamp)
}

/// The orders of a list of all tokens that people choose from.
package enum TokenSorting: String, Hashable, Sendable, CaseIterable {
  case user, expiry

  /// - Parameter now: the instant after which a token ends next.
  package func order(at now: Timestamp) -> TokenOrder { self == .user ? .account : .end(after: now) }
}

/// The conditions on the tokens of all living accounts, and the order in which they are listed.
package struct TokenQuery: Hashable, Sendable {
  package var conditions: Conditions
  package var order: TokenOrder

  package init(conditions: Conditions = .none, order: TokenOrder = .account) {
    (self.conditions, self.order) = (conditions, order)
  }
}

/// The place of a token in the order of a ``TokenQuery``. The place stays valid when tokens are added or removed.
package struct TokenCursor: Hashable, Sendable, Comparable {
  /// The end by which the token is ordered; nil where it is ordered by its account.
  package let end: Timestamp?
  package let accountKey: String
  package let nameKey: String
  package let id: TokenRowID

  package init(end: Timestamp? = nil, accountKey: String, nameKey: String, id: TokenRowID) {
    (self.end, self.accountKey, self.nameKey, self.id) = (end, accountKey, nameKey, id)
  }

  /// Keys are compared by their bytes, as the store does. A token with an end goes before all without one.
  package static func < (left: Self, right: Self) -> Bool {
    if left.end != right.end {
      guard let first = left.end else { return false }
      return right.end.map { first < $0 } ?? true
    }
    if left.accountKey != right.accountKey {
      return left.accountKey.utf8.lexicographicallyPrecedes(right.accountKey.utf8)
    }
    // The index of ends has no names of tokens.
    if left.end == nil, left.nameKey != right.nameKey {
      return left.nameKey.utf8.lexicographicallyPrecedes(right.nameKey.utf8)
    }
    return left.id < right.id
  }
}

/// A token as a list of all tokens shows it.
package struct ListedToken: Hashable, Sendable {
  package let token: Token
  package let account: Account
  package let cursor: TokenCursor

  package init(token: Token, account: Account, cursor: TokenCursor) {
    (self.token, self.account, self.cursor) = (token, account, cursor)
  }
}
