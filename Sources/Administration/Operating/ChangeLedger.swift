internal import Access

/// What a transaction has done so far, as far as its end must know.
final class ChangeLedger {
  /// Whether anything was done that decides who may sign in, and what they may do.
  private(set) var isStandingTouched = false
  /// The number of the first row that it wrote to the audit log.
  private(set) var firstSequence: Int64?
  /// The last row that it wrote to the audit log.
  private(set) var last: AuditRecord?

  func add(_ record: AuditRecord) {
    last = record
    if firstSequence == nil { firstSequence = record.sequence }
    switch record.target.kind {
    case .user, .team, .role: isStandingTouched = true
    default: break
    }
  }
}
