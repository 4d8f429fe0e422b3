/// The last row of the audit log at some time. It is signed, and sent to a place that those who write the
/// store can't reach.
package struct AuditHead: Hashable, Sendable {
  /// The number of the last row.
  package let sequence: Int64
  /// The hash of the last row, 32 bytes.
  package let hash: [UInt8]
  package let at: Timestamp

  package init(sequence: Int64, hash: [UInt8], at: Timestamp) {
    self.sequence = sequence
    self.hash = hash
    self.at = at
  }

  /// The statement that a signature makes about a row: that it was the last one, or that popsec took out the
  /// rows up to it. A signature of one statement is invalid for the other. Otherwise whoever writes the store
  /// could turn the signature of any head into a checkpoint.
  package enum Claim: String, Sendable {
    case head, checkpoint
  }

  /// The text that is signed.
  package func signedText(_ claim: Claim) -> String {
    "popsec audit \(claim.rawValue) \(sequence) \(hex(hash)) \(at)"
  }
}

/// An audit head with its signature.
package struct SignedAuditHead: Hashable, Sendable {
  package let head: AuditHead
  package let signature: AuditSignature
  /// Whether the head was handed to the system's log.
  package let isAnnounced: Bool

  package init(head: AuditHead, signature: AuditSignature, isAnnounced: Bool) {
    self.head = head
    self.signature = signature
    self.isAnnounced = isAnnounced
  }
}

/// An Ed25519 signature (RFC 8032), and the id of the key that made the signature.
package struct AuditSignature: Hashable, Sendable {
  /// The key's id, 16 hexadecimal digits.
  package let key: String
  /// The signature, 64 bytes.
  package let bytes: [UInt8]

  package init?(key: String, bytes: [UInt8]) {
    guard key.utf8.count == 16, bytes.count == 64 else { return nil }
    self.key = key
    self.bytes = bytes
  }
}

/// Writes bytes as hexadecimal digits.
package func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// Reads hexadecimal digits; nil for any other text.
package func bytes(hex text: some StringProtocol) -> [UInt8]? {
  let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
  guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
