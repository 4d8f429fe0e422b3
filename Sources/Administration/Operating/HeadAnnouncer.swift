internal import Access
internal import Sealing
internal import Store

/// Hands the ends of the audit log to where the store's writers can't reach: the system's log.
package struct HeadAnnouncer: Sendable {
  /// Whether there is somewhere to hand them to.
  package let isThere: @Sendable () -> Bool
  /// Sends one line, without waiting for long; whether it was taken.
  package let send: @Sendable (String) -> Bool

  package init(isThere: @escaping @Sendable () -> Bool, send: @escaping @Sendable (String) -> Bool) {
    self.isThere = isThere
    self.send = send
  }

  package static let none = HeadAnnouncer(isThere: { false }, send: { _ in false })
}

/// A head as it is announced: with its signature, where whoever wrote the row can sign.
struct AnnouncedHead {
  let head: AuditHead
  let signature: AuditSignature?
  /// The key of the store's log, by which its heads are told from those of others.
  let key: String?
  /// Whether the store says of it that it was handed on.
  let isToldAsSent: Bool

  var text: String {
    let unsigned = " unsigned" + (key.map { " " + $0 } ?? "")
    let signed = signature.map { " signed \($0.key) \(hex($0.bytes))" } ?? unsigned
    return head.signedText(.head) + signed
  }
}

extension Change {
  /// Signs the end of the audit log, where this transaction wrote to it.
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
