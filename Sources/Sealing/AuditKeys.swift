package import Access
private import Crypto
private import Foundation

/// What signs the ends of the audit log, and what tells whether a signature is good: Ed25519 (RFC 8032).
/// A process that has only the second can check, and never sign.
package struct AuditKeys: Sendable {
  package let signer: AuditSigner?
  package let verifier: AuditVerifier?

  package static let none = AuditKeys(signer: nil, verifier: nil)

  /// Keys that are kept nowhere.
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
  private let seed: [UInt8]
  package let verifier: AuditVerifier

  init?(_ material: KeyMaterial) {
    let seed = material.bytes
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
    self.seed = seed
    verifier = AuditVerifier(KeyMaterial(bytes: Array(key.publicKey.rawRepresentation)))
  }

  /// Nil where the system can't sign.
  package func sign(_ head: AuditHead) -> AuditSignature? {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let bytes = try? key.signature(for: Data(head.signedText.utf8))
    else { return nil }
    return AuditSignature(key: verifier.id, bytes: Array(bytes))
  }
}

package struct AuditVerifier: Sendable {
  let material: KeyMaterial

  init(_ material: KeyMaterial) { self.material = material }

  /// By which signatures name the key.
  package var id: String { material.id.rawValue }

  package func isGood(_ signature: AuditSignature, of head: AuditHead) -> Bool {
    guard signature.key == id,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: material.bytes)
    else { return false }
    return key.isValidSignature(Data(signature.bytes), for: Data(head.signedText.utf8))
  }
}
