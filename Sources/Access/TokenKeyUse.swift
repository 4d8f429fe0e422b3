/// Which of the two keys that Token IDs are kept under.
package enum TokenKeyKind: String, Hashable, Sendable, CaseIterable {
  /// By which they are found.
  case lookup
  /// By which they can be copied.
  case seal
}

/// What a store knows of its keys of one kind. While all are nil none was ever exchanged, and the store goes
/// by whichever key there is.
package struct TokenKeyUse: Hashable, Sendable {
  /// New Token IDs are kept under it.
  package var current: KeyID?
  /// It was made, and nothing is kept under it yet.
  package var coming: KeyID?
  /// What is kept under it is being rewritten.
  package var leaving: KeyID?

  package static let unknown = TokenKeyUse()

  package init(current: KeyID? = nil, coming: KeyID? = nil, leaving: KeyID? = nil) {
    self.current = current
    self.coming = coming
    self.leaving = leaving
  }

  /// Those that Token IDs may be kept under, the one of most of them to come first.
  package var inUse: [KeyID] { [current, leaving].compactMap { $0 } }

  /// Those that a process should know.
  package var named: [KeyID] { [current, coming, leaving].compactMap { $0 } }
}

/// What a store is, and all its backups: 128 random bits as 32 hexadecimal digits.
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

/// One Token ID of a token, by the ids of both.
package struct PresentedTokenID: Hashable, Sendable {
  package let token: TokenRowID
  package let secret: TokenSecretID

  package init(token: TokenRowID, secret: TokenSecretID) {
    self.token = token
    self.secret = secret
  }
}
