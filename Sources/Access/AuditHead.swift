/// The end of the audit log at some time: what is signed, and sent to where the store's writers can't
/// reach.
package struct AuditHead: Hashable, Sendable {
  /// The number of the last row.
  package let sequence: Int64
  /// Its hash, 32 bytes.
  package let hash: [UInt8]
  package let at: Timestamp

  package init(sequence: Int64, hash: [UInt8], at: Timestamp) {
    self.sequence = sequence
    self.hash = hash
    self.at = at
  }

  /// What a signature says of a row: that it was the last one, or that those up to it were taken out by popsec. Neither
  /// can stand for the other, or whoever writes the store could make a checkpoint of any end that was signed.
  package enum Claim: String, Sendable {
    case head, checkpoint
  }

  /// What is signed.
  package func signedText(_ claim: Claim) -> String {
    "popsec audit \(claim.rawValue) \(sequence) \(hex(hash)) \(at)"
  }
}

/// A head with its signature.
package struct SignedAuditHead: Hashable, Sendable {
  package let head: AuditHead
  package let signature: AuditSignature
  /// Whether it was handed to the system's log.
  package let isAnnounced: Bool

  package init(head: AuditHead, signature: AuditSignature, isAnnounced: Bool) {
    self.head = head
    self.signature = signature
    self.isAnnounced = isAnnounced
  }
}

/// An Ed25519 signature (RFC 8032) and the id of the key that made it.
package struct AuditSignature: Hashable, Sendable {
  /// 16 hexadecimal digits.
  package let key: String
  /// 64 bytes.
  package let bytes: [UInt8]

  package init?(key: String, bytes: [UInt8]) {
    guard key.utf8.count == 16, bytes.count == 64 else { return nil }
    self.key = key
    self.bytes = bytes
  }
}

/// Bytes as hexadecimal digits.
package func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// Hexadecimal digits as bytes; nil for anything else.
package func bytes(hex text: some StringProtocol) -> [UInt8]? {
  let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
  guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
