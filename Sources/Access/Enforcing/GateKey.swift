/// The public half of a gate's Ed25519 key (RFC 8032): 32 bytes.
package struct GatePublicKey: Hashable, Sendable {
  package let bytes: [UInt8]

  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads the `x` of a JWK (RFC 8037, section 2).
  package init?(x: some StringProtocol) {
    guard let bytes = Base64URLText.decode(x) else { return nil }
    self.init(bytes: bytes)
  }

  package var x: String { Base64URLText.encode(bytes) }

  private static let prefix = "ed25519:"

  /// Reads the text that ``argument`` gives.
  package init?(argument: some StringProtocol) {
    guard argument.hasPrefix(Self.prefix) else { return nil }
    self.init(x: argument.dropFirst(Self.prefix.count))
  }

  /// The key as people pass it to commands. The prefix keeps a command from reading a leading `-` as an
  /// option.
  package var argument: String { Self.prefix + x }

  /// The text whose SHA-256 is the key's id (RFC 7638, section 3; RFC 8037, section 2).
  package var thumbprintText: String { #"{"crv":"Ed25519","kty":"OKP","x":"\#(x)"}"# }
}

/// The id of a gate's key, used as `kid`: its thumbprint (RFC 7638) in 43 characters of base64url.
package struct GateKeyID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(rawValue: String) {
    guard Base64URLText.decode(rawValue)?.count == 32 else { return nil }
    self.rawValue = rawValue
  }

  package init(_ digest: SIMD32<UInt8>) {
    rawValue = Base64URLText.encode(digest.indices.map { digest[$0] })
  }

  package var description: String { rawValue }
}

/// A gate's public key as the store keeps it. Applications believe what this gate signs until the key is
/// retired.
package struct GateKey: Hashable, Sendable {
  package let id: GateKeyID
  package let publicKey: GatePublicKey
  /// The key's name, which is unique among the keys that are not retired.
  package let name: Name
  package let addedAt: Timestamp
  /// The name of the person who added the key.
  package let addedBy: String
  /// The time at which the key was retired, which is set once and never changed.
  package let retiredAt: Timestamp?
  /// The signature over ``signedText(of:)`` by the store's signing key. Somebody who can only write the
  /// database can't make this signature.
  package let signature: AuditSignature

  package init(
    id: GateKeyID, publicKey: GatePublicKey, name: Name, addedAt: Timestamp, addedBy: String,
    retiredAt: Timestamp? = nil, signature: AuditSignature
  ) {
    self.id = id
    self.publicKey = publicKey
    self.name = name
    self.addedAt = addedAt
    self.addedBy = addedBy
    self.retiredAt = retiredAt
    self.signature = signature
  }

  /// The text that the store's signing key signs.
  package func signedText(of store: StoreID) -> String {
    Self.signedText(publicKey, id, name, store, at: addedAt, by: addedBy)
  }

  /// The text that is signed. Only its last two parts could hold a line break, and names can't, so no two
  /// keys have the same text.
  package static func signedText(
    _ key: GatePublicKey, _ id: GateKeyID, _ name: Name, _ store: StoreID, at: Timestamp, by actor: String
  ) -> String {
    ["popsec gate key", store.rawValue, id.rawValue, key.x, at.description, name.text, actor]
      .joined(separator: "\n")
  }
}
