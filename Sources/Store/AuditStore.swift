package import Access

package protocol AuditReading {
  /// The number and hash of the last row.
  func auditHead() throws -> (sequence: Int64, hash: [UInt8])?
  /// Rows after that number, in order.
  func auditRecords(after sequence: Int64, limit: Int) throws -> [AuditRecord]
  func auditRecord(_ sequence: Int64) throws -> AuditRecord?
  /// The latest time of a row that is not after that one.
  func latestAuditTime(notAfter: Timestamp) throws -> Timestamp?
  /// Windows over the rows, the latest first.
  func auditRecords(
    _ query: AuditQuery, _ position: PagePosition<Int64>, limit: Int
  ) throws -> Page<AuditRecord>
  /// The signed heads that are kept, in order.
  func auditHeads() throws -> [SignedAuditHead]
  /// Behind which row the log was archived; nil where it is whole.
  func auditCheckpoint() throws -> SignedAuditHead?
}

package protocol AuditWriting {
  func append(_ record: AuditRecord) throws
  /// Keeps a signed head; of each day only the last is kept.
  func put(_ head: SignedAuditHead) throws
  /// Says of a kept head that it was not handed to the system's log after all.
  func takeBackAnnouncing(_ sequence: Int64) throws
  /// Removes the rows up to that head, which is kept as the checkpoint behind which they were.
  func archiveAudit(behind head: SignedAuditHead) throws
}

/// Which rows of the audit log are meant; what is nil is not asked for.
package struct AuditQuery: Hashable, Sendable {
  /// A part of the name of who did it, without regard to case.
  package var actor: String?
  /// The beginning of the action, such as `token` or `token.copy`.
  package var action: String?
  /// A part of the name of what it was done to, without regard to case.
  package var target: String?
  package var from: Timestamp?
  /// Rows of that instant are no longer meant.
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
