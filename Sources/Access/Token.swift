/// The end of a token's validity. At the instant that is named the token is no longer valid.
package enum Expiry: Hashable, Sendable {
  case at(Timestamp)
  case never

  /// The number of days for which a token is valid where nobody chose another end.
  package static let defaultDays: Int64 = 90

  package func hasPassed(at now: Timestamp) -> Bool {
    if case .at(let end) = self { end <= now } else { false }
  }

  /// The instant; nil where the token never expires.
  package var timestamp: Timestamp? {
    if case .at(let end) = self { end } else { nil }
  }
}

/// Limits of a token beside what its user may see. A limit only takes away.
package struct TokenLimits: Hashable, Sendable {
  /// The widgets that the token opens. Where ``widgets`` and ``endpoints`` are both empty, the token has no
  /// such limit.
  package var widgets: Set<WidgetID>
  package var endpoints: Set<EndpointID>
  /// The source networks from which the token may be used; where there is none, any network may.
  package var networks: Set<Network>
  /// The number of requests that are allowed in a minute, 1 to 1,000,000; nil where there is no limit.
  package var requestsPerMinute: Int?

  package static let none = TokenLimits()
  package static let requestsPerMinuteRange = 1...1_000_000

  package init(
    widgets: Set<WidgetID> = [], endpoints: Set<EndpointID> = [], networks: Set<Network> = [],
    requestsPerMinute: Int? = nil
  ) {
    self.widgets = widgets
    self.endpoints = endpoints
    self.networks = networks
    self.requestsPerMinute = requestsPerMinute
  }
}

/// A token: a name, and a Token ID that stands for the token's user. The Token ID itself is not part of this
/// value.
package struct Token: Hashable, Sendable {
  package let id: TokenRowID
  package let account: AccountID
  package var name: Name
  /// Before that instant the token is not yet valid; nil: from when it was made.
  package var validFrom: Timestamp?
  package var expiry: Expiry
  /// Whether the token was ever set to never expire. The value stays true once it was true.
  package var wasEverWithoutExpiry: Bool
  package let createdAt: Timestamp
  /// Who made the token, as the audit log names them; nil where that is not known.
  package let createdBy: String?
  package var lastUsedAt: Timestamp?
  package var isDisabled: Bool
  /// The time of the revocation, which is set once and never changed.
  package var revokedAt: Timestamp?
  package var limits: TokenLimits
  package var particulars: Particulars
  /// The hint of the newest Token ID.
  package let hint: TokenHint

  package init(
    id: TokenRowID, account: AccountID, name: Name, validFrom: Timestamp? = nil, expiry: Expiry,
    wasEverWithoutExpiry: Bool = false,
    createdAt: Timestamp, createdBy: String? = nil, lastUsedAt: Timestamp? = nil, isDisabled: Bool = false,
    revokedAt: Timestamp? = nil, limits: TokenLimits = .none, particulars: Particulars = .none,
    hint: TokenHint
  ) {
    self.id = id
    self.account = account
    self.name = name
    self.validFrom = validFrom
    self.expiry = expiry
    self.wasEverWithoutExpiry = wasEverWithoutExpiry || expiry == .never
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.lastUsedAt = lastUsedAt
    self.isDisabled = isDisabled
    self.revokedAt = revokedAt
    self.limits = limits
    self.particulars = particulars
    self.hint = hint
  }

  /// The state of the token. Where there are several reasons why it is not live, the strongest is told.
  package func state(at now: Timestamp) -> TokenState {
    if revokedAt != nil { return .revoked }
    if isDisabled { return .disabled }
    if expiry.hasPassed(at: now) { return .expired }
    return validFrom.map { now < $0 } == true ? .notYetValid : .live
  }
}

package enum TokenState: String, Hashable, Sendable, CaseIterable {
  case live, disabled, expired, notYetValid, revoked

  /// For people, as in `not yet valid`.
  package var title: String { self == .notYetValid ? "not yet valid" : rawValue }
}

/// One Token ID of a token as the store keeps it: hashed and sealed, never in the clear.
package struct StoredTokenID: Hashable, Sendable {
  package let id: TokenSecretID
  package let token: TokenRowID
  package let account: AccountID
  package let lookup: LookupHash
  package let sealed: SealedTokenID
  package let hint: TokenHint
  package let createdAt: Timestamp

  package init(
    id: TokenSecretID, token: TokenRowID, account: AccountID, lookup: LookupHash, sealed: SealedTokenID,
    hint: TokenHint, createdAt: Timestamp
  ) {
    self.id = id
    self.token = token
    self.account = account
    self.lookup = lookup
    self.sealed = sealed
    self.hint = hint
    self.createdAt = createdAt
  }
}

/// What may be known of one Token ID of a token: neither the Token ID, nor anything by which it could be
/// found.
package struct IssuedTokenID: Codable, Hashable, Sendable {
  package let id: TokenSecretID
  package let hint: TokenHint

  package init(id: TokenSecretID, hint: TokenHint) {
    self.id = id
    self.hint = hint
  }

  package init(_ stored: StoredTokenID) { self.init(id: stored.id, hint: stored.hint) }
}

/// Names a key file without revealing anything of the key: 8 bytes, written as 16 hexadecimal digits.
package struct KeyID: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init?(rawValue: String) {
    guard HexWord.isOne(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  package init(_ bits: UInt64) { rawValue = HexWord.text(bits) }
}

/// The HMAC-SHA256 of a Token ID under the lookup key. A token is found by this hash.
package struct LookupHash: Hashable, Sendable {
  package let key: KeyID
  /// The 32 bytes of the hash.
  package let bytes: [UInt8]

  package init?(key: KeyID, bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.key = key
    self.bytes = bytes
  }

  package init(key: KeyID, digest: SIMD32<UInt8>) {
    self.key = key
    bytes = digest.indices.map { digest[$0] }
  }
}

/// A Token ID sealed with AES-GCM under the seal key: nonce, ciphertext and tag.
package struct SealedTokenID: Hashable, Sendable {
  package let key: KeyID
  /// The 70 bytes: a nonce of 12, a ciphertext of 42, and a tag of 16.
  package let bytes: [UInt8]

  package init?(key: KeyID, bytes: [UInt8]) {
    guard bytes.count == 12 + TokenID.characterCount + 16 else { return nil }
    self.key = key
    self.bytes = bytes
  }
}
