package import Access

/// The orders of a list of all tokens.
package enum TokenOrder: String, Hashable, Sendable, CaseIterable {
  /// By the name of the token's account, then by the token's own name, then by its id.
  case account
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
  package let accountKey: String
  package let nameKey: String
  package let id: TokenRowID

  package init(accountKey: String, nameKey: String, id: TokenRowID) {
    (self.accountKey, self.nameKey, self.id) = (accountKey, nameKey, id)
  }

  /// Keys are compared by their bytes, as the store does.
  package static func < (left: Self, right: Self) -> Bool {
    if left.accountKey != right.accountKey {
      return left.accountKey.utf8.lexicographicallyPrecedes(right.accountKey.utf8)
    }
    if left.nameKey != right.nameKey {
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
