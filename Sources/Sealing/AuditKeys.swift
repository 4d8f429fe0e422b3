package import Access

/// The keys that sign heads of the audit log, and check their signatures: Ed25519 (RFC 8032). A process that
/// has only the public key can check, and never sign.
package struct AuditKeys: Sendable {
  package let signer: AuditSigner?
  package let verifier: AuditVerifier?

  package static let none = AuditKeys(signer: nil, verifier: nil)

  /// Makes keys that are not stored anywhere.
  package static func ephemeral() -> AuditKeys {
    let signer = AuditSigner(KeyMaterial())
    return AuditKeys(signer: signer, verifier: signer?.verifier)
  }

  init(signer: AuditSigner?, verifier: AuditVerifier?) {
    self.signer = signer
    self.verifier = verifier ?? signer?.verifier
  }
}

package struct AuditSigner: Sendable {
  private let pair: SigningPair
  package let verifier: AuditVerifier

  init?(_ material: KeyMaterial) {
    guard let pair = SigningPair(material) else { return nil }
    self.pair = pair
    verifier = AuditVerifier(KeyMaterial(bytes: pair.publicBytes))
  }

  /// Signs a head; nil where the system can't sign.
  package func sign(_ head: AuditHead, as claim: AuditHead.Claim) -> AuditSignature? {
    signature(of: head.signedText(claim))
  }

  /// The key of a gate with a signature that vouches for it; nil where the system can't sign.
  package func vouched(
    _ key: GatePublicKey, named name: Name, in store: StoreID, at now: Timestamp, by actor: String
  ) -> GateKey? {
    let id = key.id
    return signature(of: GateKey.signedText(key, id, name, store, at: now, by: actor)).map {
      GateKey(id: id, publicKey: key, name: name, addedAt: now, addedBy: actor, signature: $0)
    }
  }

  private func signature(of text: String) -> AuditSignature? {
    pair.sign(text).flatMap { AuditSignature(key: verifier.id, bytes: $0) }
  }
}

package struct AuditVerifier: Sendable {
  let material: KeyMaterial

  init(_ material: KeyMaterial) { self.material = material }

  /// The id by which signatures name the key.
  package var id: String { material.id.rawValue }

  package func isGood(_ signature: AuditSignature, of head: AuditHead, as claim: AuditHead.Claim) -> Bool {
    isGood(signature, of: head.signedText(claim))
  }

  /// Whether the holder of the signing key vouched for a gate's key in this store. A retired key is still
  /// vouched for.
  package func vouches(for key: GateKey, in store: StoreID) -> Bool {
    key.id == key.publicKey.id && isGood(key.signature, of: key.signedText(of: store))
  }

  private func isGood(_ signature: AuditSignature, of text: String) -> Bool {
    signature.key == id && SigningPair.isGood(signature.bytes, of: text, by: material.bytes)
  }
}
