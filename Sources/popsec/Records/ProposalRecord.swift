import Access
import Administration
import Store

/// What waits for a second person, as JSON. The keys are what scripts rely on.
struct ProposalRecord: Encodable {
  let number: Int64
  let kind: String
  let what: String
  let askedBy: String
  let askedById: Nullable<String>
  let asked: String
  /// As it is kept; see `isOpen` for whether it has expired.
  let state: String
  let isOpen: Bool
  let expires: String
  let decidedBy: Nullable<String>
  let decided: Nullable<String>
  /// What a second person must not overlook: who becomes Administrator, how much is removed.
  let reasons: Nullable<[String]>
  /// What it would change now; null where that was not asked for.
  let changes: Nullable<[ChangeRecord]>
  /// Why it can't be carried out.
  let obstacle: Nullable<String>

  struct ChangeRecord: Encodable {
    let action: String
    let targetKind: String
    let targetId: String
    let targetName: String
    let fields: [String: AuditRowRecord.AuditFieldRecord]
  }

  init(_ proposal: Proposal, _ preview: ProposalPreview? = nil, now: Timestamp) {
    number = proposal.number
    kind = proposal.kind.rawValue
    what = proposal.title
    askedBy = proposal.asker
    askedById = Nullable(proposal.askerID?.description)
    asked = proposal.at.description
    state = proposal.state.rawValue
    isOpen = proposal.isOpen(at: now)
    expires = proposal.expiresAt.description
    decidedBy = Nullable(proposal.decidedBy)
    decided = Nullable(proposal.decidedAt?.description)
    reasons = Nullable(preview?.reasons)
    changes = Nullable(preview?.rows.map(ChangeRecord.init))
    obstacle = Nullable(preview?.obstacle)
  }
}

extension ProposalRecord.ChangeRecord {
  init(_ row: AuditRecord) {
    let whole = AuditRowRecord(row)
    self.init(
      action: whole.action, targetKind: whole.targetKind, targetId: whole.targetId,
      targetName: whole.targetName,
      fields: whole.changes)
  }
}
