/// The two kinds of key under which Token IDs are kept.
package enum TokenKeyKind: String, Hashable, Sendable, CaseIterable {
  /// The key by which Token IDs are found.
  case lookup
  /// The key by which Token IDs can be revealed for copying.
  case seal
}

/// The keys of one kind that a store names. While all of them are nil, the key was never exchanged, and the
/// store uses whichever key there is.
package struct TokenKeyUse: Hashable, Sendable {
  /// The key under which new Token IDs are kept.
  package var current: KeyID?
  /// The key that was made, but under which nothing is kept yet.
  package var coming: KeyID?
  /// The key that is being replaced: what is kept under it is being rewritten.
  package var leaving: KeyID?

  package static let unknown = TokenKeyUse()

  package init(current: KeyID? = nil, coming: KeyID? = nil, leaving: KeyID? = nil) {
    self.current = current
    self.coming = coming
    self.leaving = leaving
  }

  /// The keys under which Token IDs may be kept, the key of most Token IDs first.
  package var inUse: [KeyID] { [current, leaving].compactMap { $0 } }

  /// The keys that a process should know.
  package var named: [KeyID] { [current, coming, leaving].compactMap { $0 } }
}

/// The identity of a store and of all its backups: 128 random bits as 32 hexadecimal digits.
package struct StoreID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(rawValue: String) {
    guard rawValue.utf8.count == 32, bytes(hex: rawValue) != nil, rawValue == rawValue.lowercased() else {
      return nil
    }
    self.rawValue = rawValue
  }

  package var description: String { rawValue }
}

/// One Token ID of a token, named by the ids of both.
package struct PresentedTokenID: Hashable, Sendable {
  package let token: TokenRowID
  package let secret: TokenSecretID

  package init(token: TokenRowID, secret: TokenSecretID) {
    self.token = token
    self.secret = secret
  }
}
