internal import Access
internal import Sealing
internal import Store

/// Sends the heads of the audit log to a place that those who write the store can't reach: the system's log.
package struct HeadAnnouncer: Sendable {
  /// Whether that place exists.
  package let isThere: @Sendable () -> Bool
  /// Sends one line without waiting long. Returns whether it was received.
  package let send: @Sendable (String) -> Bool

  package init(isThere: @escaping @Sendable () -> Bool, send: @escaping @Sendable (String) -> Bool) {
    self.isThere = isThere
    self.send = send
  }

  package static let none = HeadAnnouncer(isThere: { false }, send: { _ in false })
}

/// A head as it is announced: with its signature, where the process that wrote the row can sign.
struct AnnouncedHead {
  let head: AuditHead
  let signature: AuditSignature?
  /// The key of the store's log, which distinguishes its heads from those of other stores.
  let key: String?
  /// Whether the store says that the head was sent.
  let isToldAsSent: Bool

  var text: String {
    let unsigned = " unsigned" + (key.map { " " + $0 } ?? "")
    let signed = signature.map { " signed \($0.key) \(hex($0.bytes))" } ?? unsigned
    return head.signedText(.head) + signed
  }
}

extension Change {
  /// Signs the head of the audit log, if this transaction wrote to the log.
  func signHead(_ announcer: HeadAnnouncer) throws -> AnnouncedHead? {
    guard let last = ledger.last else { return nil }
    let head = AuditHead(sequence: last.sequence, hash: last.hash, at: last.at)
    let signature = keys.audit.signer?.sign(head, as: .head)
    let isToldAsSent = signature != nil && announcer.isThere()
    if let signature {
      try writer.put(SignedAuditHead(head: head, signature: signature, isAnnounced: isToldAsSent))
    }
    return AnnouncedHead(
      head: head, signature: signature, key: keys.audit.verifier?.id, isToldAsSent: isToldAsSent)
  }
}
