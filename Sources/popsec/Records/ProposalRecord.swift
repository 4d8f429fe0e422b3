import Access
import Administration
import Store

/// A change that waits for a second person.
struct ProposalRecord: Record {
  let proposal: Proposal
  /// The changes that the proposal would make now; nil where the caller did not ask for them.
  let preview: ProposalPreview?
  let now: Timestamp

  init(_ proposal: Proposal, _ preview: ProposalPreview? = nil, now: Timestamp) {
    (self.proposal, self.preview, self.now) = (proposal, preview, now)
  }

  struct ChangeRecord: PrintedObject {
    let action: String
    let targetKind: String
    let targetId: String
    let targetName: String
    let fields: [String: AuditRowRecord.AuditFieldRecord]

    static let columns: [Column<Self>] = [
      .data("action") { $0.action },
      .data("targetKind") { $0.targetKind },
      .data("targetId") { $0.targetId },
      .data("targetName") { $0.targetName },
      .data("fields") { $0.fields },
    ]
  }

  private var isOpen: Bool { proposal.isOpen(at: now) }

  static let columns: [Column<Self>] = [
    Column("number", "Number") { $0.proposal.number },
    .data("kind") { Word($0.proposal.kind) },
    Column("asked", "Asked (UTC)", { $0.proposal.at.printed }) { $0.proposal.at.minute },
    Column("askedBy", "By") { $0.proposal.asker },
    .data("askedById") { $0.proposal.askerID?.description },
    // The state as the store has it. `isOpen` tells whether the proposal has expired.
    Column("state", "State", { Word($0.proposal.state) }) { $0.proposal.stateWords(at: $0.now) },
    .data("isOpen") { $0.isOpen },
    Column("expires", "Until (UTC)", { $0.proposal.expiresAt.printed }) {
      $0.isOpen ? $0.proposal.expiresAt.minute : ""
    },
    Column("what", "What") { $0.proposal.title },
    .data("reason") { $0.proposal.reason?.text },
    // The denial that it mends.
    .data("decision") { $0.proposal.decision?.rawValue },
    // The request that it carries on.
    .data("request") { $0.proposal.request },
    .data("decidedBy") { $0.proposal.decidedBy },
    .data("decided") { $0.proposal.decidedAt?.printed },
    .data("because") { $0.proposal.because?.text },
    // The reasons to look twice, such as who becomes Administrator, and how much is removed.
    .data("reasons") { $0.preview?.reasons },
    .data("changes") { $0.preview?.rows.map(ChangeRecord.init) },
    // The reason why the proposal can't be carried out.
    .data("obstacle") { $0.preview?.obstacle },
  ]
}

extension ProposalRecord.ChangeRecord {
  init(_ row: AuditRecord) {
    action = row.action
    targetKind = row.target.kind.rawValue
    targetId = row.target.id
    targetName = row.target.name
    fields = AuditRowRecord.changes(row)
  }
}
