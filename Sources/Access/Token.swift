/// When a token ends. It ends at the instant named: then it is no longer valid.
package enum Expiry: Hashable, Sendable {
  case at(Timestamp)
  case never

  /// How long a token lives where nobody says otherwise.
  package static let defaultDays: Int64 = 90

  package func hasPassed(at now: Timestamp) -> Bool {
    if case .at(let end) = self { end <= now } else { false }
  }

  /// The instant, or nil for never.
  package var timestamp: Timestamp? {
    if case .at(let end) = self { end } else { nil }
  }
}

/// What a token opens beside what its user may see; a limit only takes away.
package struct TokenLimits: Hashable, Sendable {
  /// With ``endpoints`` all that it opens; both empty: no limit.
  package var widgets: Set<WidgetID>
  package var endpoints: Set<EndpointID>
  /// The source networks from which it may be used; empty: any.
  package var networks: Set<Network>
  /// Requests a minute, 1 to 1,000,000; nil: no limit.
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

/// A name, and a Token ID that stands for its user. The Token ID itself is not in here.
package struct Token: Hashable, Sendable {
  package let id: TokenRowID
  package let account: AccountID
  package var name: Name
  package var expiry: Expiry
  /// Whether it was ever set to never expire; true for good once it was.
  package var wasEverWithoutExpiry: Bool
  package let createdAt: Timestamp
  package var lastUsedAt: Timestamp?
  package var isDisabled: Bool
  /// Set once, and final.
  package var revokedAt: Timestamp?
  package var limits: TokenLimits
  /// Of the newest Token ID.
  package let hint: TokenHint

  package init(
    id: TokenRowID, account: AccountID, name: Name, expiry: Expiry, wasEverWithoutExpiry: Bool = false,
    createdAt: Timestamp, lastUsedAt: Timestamp? = nil, isDisabled: Bool = false,
    revokedAt: Timestamp? = nil, limits: TokenLimits = .none, hint: TokenHint
  ) {
    self.id = id
    self.account = account
    self.name = name
    self.expiry = expiry
    self.wasEverWithoutExpiry = wasEverWithoutExpiry || expiry == .never
    self.createdAt = createdAt
    self.lastUsedAt = lastUsedAt
    self.isDisabled = isDisabled
    self.revokedAt = revokedAt
    self.limits = limits
    self.hint = hint
  }

  /// The strongest reason not to be live is the one told.
  package func state(at now: Timestamp) -> TokenState {
    if revokedAt != nil { return .revoked }
    if isDisabled { return .disabled }
    return expiry.hasPassed(at: now) ? .expired : .live
  }
}

package enum TokenState: String, Hashable, Sendable, CaseIterable {
  case live, disabled, expired, revoked
}

/// One Token ID of a token as the store keeps it, never in the clear.
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

/// What may be known of one Token ID of a token: neither itself, nor anything by which it could be found.
package struct IssuedTokenID: Codable, Hashable, Sendable {
  package let id: TokenSecretID
  package let hint: TokenHint

  package init(id: TokenSecretID, hint: TokenHint) {
    self.id = id
    self.hint = hint
  }

  package init(_ stored: StoredTokenID) { self.init(id: stored.id, hint: stored.hint) }
}

/// Names a key file without telling anything of the key: 8 bytes as 16 hexadecimal digits.
package struct KeyID: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init?(rawValue: String) {
    guard HexWord.isOne(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  package init(_ bits: UInt64) { rawValue = HexWord.text(bits) }
}

/// HMAC-SHA256 of a Token ID under the lookup key: by it a token is found.
package struct LookupHash: Hashable, Sendable {
  package let key: KeyID
  /// 32 bytes.
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
  /// 12 + 42 + 16 bytes.
  package let bytes: [UInt8]

  package init?(key: KeyID, bytes: [UInt8]) {
    guard bytes.count == 12 + TokenID.characterCount + 16 else { return nil }
    self.key = key
    self.bytes = bytes
  }
}
