internal import Access
internal import Store

extension Session {
  private static let proposalColumns =
    """
    number, at, expires_at, user_id, actor, kind, title, basis, state, decided_by, decided_at, reason, \
    decision_id, request_number, because
    """

  func proposals(limit: Int) throws -> [Proposal] {
    try rows(
      "SELECT \(Self.proposalColumns) FROM proposal ORDER BY number DESC LIMIT ?", [max(limit, 0)], proposal)
  }

  func waitingProposalCount(at now: Timestamp) throws -> Int {
    try count(
      "SELECT count(*) FROM proposal WHERE state = ? AND expires_at > ?",
      [Proposal.State.waiting.rawValue, now.secondsSince1970])
  }

  func proposal(_ number: Int64) throws -> Proposal? {
    try first("SELECT \(Self.proposalColumns) FROM proposal WHERE number = ?", [number], proposal)
  }

  func proposalDocument(_ number: Int64) throws -> String? {
    try first("SELECT number, document FROM proposal WHERE number = ?", [number]) { try $0.text(1) }
  }

  func agreedProposal(of owner: UndoOwner, _ kind: Proposal.Kind, at now: Timestamp) throws -> Proposal? {
    let (condition, value) = owner.condition
    return try first(
      """
      SELECT \(Self.proposalColumns) FROM proposal
      WHERE state = ? AND kind = ? AND expires_at > ? AND \(condition) ORDER BY number DESC LIMIT 1
      """, [Proposal.State.agreed.rawValue, kind.rawValue, now.secondsSince1970, value], proposal)
  }

  func auditRecords(of kind: AuditTarget.Kind, _ actions: [String], since time: Timestamp) throws
    -> [AuditRecord]
  {
    let marks = actions.map { _ in "?" }.joined(separator: ", ")
    return try rows(
      """
      SELECT \(Self.auditColumns) FROM audit AS a
      WHERE a.at >= ? AND a.target_kind = ? AND a.action IN (\(marks)) ORDER BY a.sequence
      """, [time.secondsSince1970, kind.rawValue] + actions, auditRecord)
  }

  private func proposal(_ fields: Fields) throws -> Proposal {
    let user: AccountID? = try fields.optionalID(3)
    let decided = try fields.optionalInteger(10)
    return Proposal(
      number: try fields.integer(0), at: try fields.time(1), expiresAt: try fields.time(2),
      owner: try user.map(UndoOwner.user) ?? .actor(fields.text(4)), asker: try fields.text(4),
      kind: try fields.value(5), title: try fields.text(6), basis: try fields.text(7),
      state: try fields.value(8), decidedBy: try fields.optionalText(9),
      decidedAt: try decided == nil ? nil : fields.time(10), reason: try fields.reason(11),
      decision: try fields.decision(12), request: try fields.optionalInteger(13),
      because: try fields.reason(14))
  }
}

extension UndoOwner {
  /// The condition on an owner's rows, in a table with the columns user_id and actor.
  var condition: (String, Session.Value) {
    switch self {
    case .user(let id): ("user_id = ?", id.rawValue)
    case .actor(let name): ("user_id IS NULL AND actor = ?", name)
    }
  }
}

extension Session {
  func insert(_ proposal: Proposal, document: String, purging bounds: PurgeBounds?) throws {
    let user: AccountID? = if case .user(let id) = proposal.owner { id } else { nil }
    // Where rows were cut off the audit log, their numbers are given again, and older proposals may still
    // have them.
    try execute("DELETE FROM proposal WHERE number >= ?", [proposal.number], altering: .nobody)
    try execute(
      """
      INSERT INTO proposal (
        number, at, expires_at, user_id, actor, kind, title, document, basis, state, reason, decision_id,
        request_number
      )
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        proposal.number, proposal.at.secondsSince1970, proposal.expiresAt.secondsSince1970, user?.rawValue,
        proposal.asker, proposal.kind.rawValue, proposal.title, document, proposal.basis,
        proposal.state.rawValue, proposal.reason?.text, proposal.decision?.rawValue, proposal.request,
      ], altering: .nobody)
    guard let bounds else { return }
    try execute(
      "DELETE FROM proposal WHERE at < ? \(PurgeBounds.condition("proposal.number"))",
      [bounds.before.secondsSince1970] + bounds.values, altering: .nobody)
  }

  func update(_ proposal: Proposal) throws {
    try execute(
      "UPDATE proposal SET state = ?, expires_at = ?, decided_by = ?, decided_at = ?, because = ? WHERE number = ?",
      [
        proposal.state.rawValue, proposal.expiresAt.secondsSince1970, proposal.decidedBy,
        proposal.decidedAt?.secondsSince1970, proposal.because?.text, proposal.number,
      ], altering: .nobody)
  }
}

extension Fields {
  fileprivate func reason(_ column: Int) throws -> Reason? {
    try optionalText(column).map { text in try checked(column, try? Reason(text)) }
  }

  fileprivate func decision(_ column: Int) throws -> DecisionID? {
    try optionalText(column).map { text in try checked(column, DecisionID(rawValue: text)) }
  }
}
