package import Access

/// What somebody with ``Permission/auditRead`` can read: the audit log.
///
/// Errors: ``StoreError``.
package protocol AuditReader {
  /// The number and hash of the last row.
  func auditHead() throws -> (sequence: Int64, hash: [UInt8])?
  /// The rows after the given number, in order.
  func auditRecords(after sequence: Int64, limit: Int) throws -> [AuditRecord]
  func auditRecord(_ sequence: Int64) throws -> AuditRecord?
  /// The time of the last row, and the latest time of a row that is not later than `notAfter`.
  func auditTimes(notAfter: Timestamp) throws -> (last: Timestamp?, settled: Timestamp?)
  /// A window over the rows that match, the latest first.
  func auditRecords(
    _ query: AuditQuery, _ position: PagePosition<Int64>, limit: Int
  ) throws -> Page<AuditRecord>
  /// The signed heads that are kept, in order.
  func auditHeads() throws -> [SignedAuditHead]
  /// The last row that was archived and removed; nil where no row was archived.
  func auditCheckpoint() throws -> SignedAuditHead?
  /// The rows of these actions on things of one kind since `time`, the earliest first.
  func auditRecords(of kind: AuditTarget.Kind, _ actions: [String], since time: Timestamp) throws
    -> [AuditRecord]
}

/// The conditions on rows of the audit log. A nil condition excludes no row.
package struct AuditQuery: Hashable, Sendable {
  /// A part of the actor's name; case is ignored.
  package var actor: String?
  /// The beginning of the action, such as `token` or `token.copy`.
  package var action: String?
  /// A part of the target's name; case is ignored.
  package var target: String?
  package var from: Timestamp?
  /// The instant before which the rows were written.
  package var until: Timestamp?

  package init(
    actor: String? = nil, action: String? = nil, target: String? = nil, from: Timestamp? = nil,
    until: Timestamp? = nil
  ) {
    self.actor = actor
    self.action = action
    self.target = target
    self.from = from
    self.until = until
  }

  package var isEverything: Bool { self == AuditQuery() }
}
