internal import Crypto
private import Foundation

/// An Ed25519 key (RFC 8032) with both its halves.
struct SigningPair: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  init?(_ material: KeyMaterial) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: material.bytes) else { return nil }
    self.key = key
  }

  /// The public key, 32 bytes.
  var publicBytes: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// The signature, 64 bytes; nil where the system can't sign.
  func sign(_ text: String) -> [UInt8]? { (try? key.signature(for: Data(text.utf8))).map { Array($0) } }

  static func isGood(_ signature: [UInt8], of text: String, by publicBytes: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicBytes) else { return false }
    return key.isValidSignature(Data(signature), for: Data(text.utf8))
  }
}
