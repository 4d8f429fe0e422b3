internal import Access
internal import Sealing
internal import Store

/// Hands the ends of the audit log to where the store's writers can't reach: the system's log.
package struct HeadAnnouncer: Sendable {
  /// Whether there is somewhere to hand them to.
  package let isThere: @Sendable () -> Bool
  /// Sends one line, without waiting for anybody.
  package let send: @Sendable (String) -> Void

  package init(isThere: @escaping @Sendable () -> Bool, send: @escaping @Sendable (String) -> Void) {
    self.isThere = isThere
    self.send = send
  }

  package static let none = HeadAnnouncer(isThere: { false }, send: { _ in })
}

/// A head as it is announced: with its signature, where whoever wrote the row can sign.
struct AnnouncedHead {
  let head: AuditHead
  let signature: AuditSignature?

  var text: String {
    let signed = signature.map { " signed \($0.key) \(hex($0.bytes))" } ?? " unsigned"
    return head.signedText + signed
  }
}

extension Change {
  /// Signs the end of the audit log, where this transaction wrote to it.
  func signHead(_ announcer: HeadAnnouncer) throws -> AnnouncedHead? {
    guard let last = ledger.last else { return nil }
    let head = AuditHead(sequence: last.sequence, hash: last.hash, at: last.at)
    let signature = keys.audit.signer?.sign(head)
    if let signature {
      try writer.put(
        SignedAuditHead(head: head, signature: signature, isAnnounced: announcer.isThere()))
    }
    return AnnouncedHead(head: head, signature: signature)
  }
}
