package import Access
private import Crypto
private import Foundation

/// The SHA-256 of an SSH public key, as `ssh-keygen -l` shows it.
package struct KeyFingerprint: Hashable, Sendable, CustomStringConvertible {
  private let digest: [UInt8]

  package init(_ key: SSHPublicKey) { digest = Array(SHA256.hash(data: Data(key.blob))) }

  /// The fingerprint as `SHA256:` and base64 without padding.
  package var description: String {
    "SHA256:" + Data(digest).base64EncodedString().replacing("=", with: "")
  }

  /// The first 16 hexadecimal digits of the fingerprint.
  package var shortDigest: String { hex(digest.prefix(8)) }
}
