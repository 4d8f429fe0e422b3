internal import Access
internal import Store

extension Change {
  /// Keeps a proposal.
  func propose(_ draft: ProposalDraft) throws -> WaitingNotice {
    var details = AuditDetails("what", after: draft.title)
    details.add("kind", after: draft.kind.rawValue)
    let number = try deletion(nil).number
    try record("proposal.ask", AuditTarget(.store, id: String(number), name: "store"), details)
    let open = try writer.proposals(limit: 1_000).filter { $0.owner == undoOwner && $0.isOpen(at: now) }
    guard open.count < Self.mostOpen else { throw ProposalProblem.tooMany }
    let hours = try writer.settings(for: nil).number(.dualHours)
    let proposal = Proposal(
      number: number, at: now, expiresAt: now.adding(seconds: Int64(hours) * 3_600), owner: undoOwner,
      asker: operating.actor.name, kind: draft.kind, title: draft.title, basis: draft.basis)
    try writer.insert(
      proposal, document: draft.document, purging: settledTime?.purging(keptDays: Self.keptDays))
    return WaitingNotice(number: number, expiresAt: proposal.expiresAt)
  }

  /// The number of days for which proposals are kept, decided or not.
  private static var keptDays: Int64 { 90 }
  /// The greatest number of one person's proposals that wait. More would hide those of others.
  private static var mostOpen: Int { 50 }

  /// Agrees to another person's proposal, and carries it out where agreeing does so.
  func agree(to proposal: Proposal, applying: ProposedFile) throws {
    try requireSecondPerson(proposal)
    ledger.agreement = proposal
    try recordDeciding("agree", proposal)
    try carryOut(proposal, applying)
    if proposal.kind.isCarriedOut { return try decide(proposal, .done, until: proposal.expiresAt) }
    let hours = try writer.settings(for: nil).number(.dualHours)
    try decide(proposal, .agreed, until: now.adding(seconds: Int64(hours) * 3_600))
  }

  func decline(_ proposal: Proposal) throws {
    guard proposal.owner != undoOwner else { throw ProposalProblem.own }
    try require(Permission.deciding.first(where: authority.may) ?? .usersManage)
    try recordDeciding("decline", proposal)
    try decide(proposal, .declined, until: proposal.expiresAt)
  }

  func withdraw(_ proposal: Proposal) throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    guard proposal.owner == undoOwner else { throw ProposalProblem.notOwn(proposal.number) }
    try recordDeciding("withdraw", proposal)
    try decide(proposal, .withdrawn, until: proposal.expiresAt)
  }

  /// The proposal, if it waits and has not expired.
  func openProposal(_ number: Int64, _ states: Set<Proposal.State>) throws -> Proposal {
    guard let proposal = try writer.proposal(number) else { throw ProposalProblem.missing(number) }
    if proposal.state == .done, !proposal.kind.isCarriedOut { throw ProposalProblem.used(number) }
    guard states.contains(proposal.state) else {
      throw ProposalProblem.decided(number, proposal.state, by: proposal.decidedBy)
    }
    guard proposal.isOpen(at: now) else { throw ProposalProblem.expired(number) }
    return proposal
  }

  func target(of proposal: Proposal) -> AuditTarget {
    AuditTarget(.store, id: String(proposal.number), name: "store")
  }

  private func recordDeciding(_ verb: String, _ proposal: Proposal) throws {
    var details = AuditDetails("what", after: proposal.title)
    details.add("asked by", after: proposal.asker)
    try record("proposal.\(verb)", target(of: proposal), details)
  }

  private func decide(_ proposal: Proposal, _ state: Proposal.State, until end: Timestamp) throws {
    var decided = proposal
    decided.state = state
    decided.expiresAt = end
    decided.decidedBy = operating.actor.name
    decided.decidedAt = now
    try writer.update(decided)
  }

  /// Checks the second person: a user, not the person who asked, and not somebody whom that person made for
  /// this purpose.
  private func requireSecondPerson(_ proposal: Proposal) throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    guard let user = operating.user else { throw ProposalProblem.noUser }
    guard proposal.owner != .user(user) else { throw ProposalProblem.own }
    let records = try writer.auditRecords(of: .user, Makings.actions, since: now.adding(days: -1))
    if Makings(records).connect(proposal.owner, user) { throw ProposalProblem.made(proposal.asker) }
  }
}
