internal import Access
internal import Store

extension Change {
  /// Keeps a proposal.
  func propose(_ draft: ProposalDraft) throws -> Proposal {
    var details = AuditDetails("what", after: draft.title)
    details.add("kind", after: draft.kind.rawValue)
    details.add("reason", after: draft.reason?.text)
    details.add("decision", after: draft.decision?.rawValue)
    let number = try deletion(nil).number
    try record("proposal.ask", AuditTarget(.store, id: String(number), name: "store"), details)
    let open = try writer.proposals(limit: 1_000).filter { $0.owner == undoOwner && $0.isOpen(at: now) }
    guard open.count < Self.mostOpen,
      draft.kind != .request || open.count(where: { $0.kind == .request }) < Self.mostOpenRequests
    else { throw ProposalProblem.tooMany }
    let hours = try writer.settings(for: nil).number(.dualHours)
    let proposal = Proposal(
      number: number, at: now, expiresAt: now.adding(seconds: Int64(hours) * 3_600), owner: undoOwner,
      asker: operating.actor.name, kind: draft.kind, title: draft.title, basis: draft.basis,
      reason: draft.reason, decision: draft.decision, request: draft.request)
    try writer.insert(
      proposal, document: draft.document, purging: settledTime?.purging(keptDays: Self.keptDays))
    if let request = draft.request { try letWait(request, until: proposal.expiresAt) }
    return proposal
  }

  /// The number of days for which proposals are kept, decided or not.
  private static var keptDays: Int64 { 90 }
  /// The greatest number of one person's proposals that wait. More would hide those of others.
  private static var mostOpen: Int { 50 }
  /// The greatest number of one person's requests that wait, for people who look at each of them.
  private static var mostOpenRequests: Int { 10 }

  /// Agrees to another person's proposal, and carries it out where agreeing does so.
  func agree(to proposal: Proposal, applying: ProposedFile) throws {
    if proposal.kind == .request {
      try requireAnother(proposal)
      ledger.request = proposal
    } else {
      try requireSecondPerson(proposal)
      ledger.agreement = proposal
      ledger.request = try openRequest(of: proposal)
    }
    try recordDeciding("agree", proposal)
    try carryOut(proposal, applying)
    if proposal.kind.isCarriedOut {
      try decide(proposal, .done, until: proposal.expiresAt)
      return try settleRequest(of: proposal, .done)
    }
    let hours = try writer.settings(for: nil).number(.dualHours)
    try decide(proposal, .agreed, until: now.adding(seconds: Int64(hours) * 3_600))
  }

  /// - Parameter reason: the sentence for whoever asked; a request needs one.
  func decline(_ proposal: Proposal, because reason: Reason?) throws {
    guard proposal.owner != undoOwner else { throw ProposalProblem.own }
    try require(Permission.deciding.first(where: authority.may) ?? .usersManage)
    guard reason != nil || !proposal.isForRequester else { throw ProposalProblem.noReason }
    if let request = try request(of: proposal), request.owner == undoOwner { throw ProposalProblem.own }
    try recordDeciding("decline", proposal, because: reason)
    try decide(proposal, .declined, because: reason, until: proposal.expiresAt)
    try settleRequest(of: proposal, .declined, because: reason)
    try closeCarriedOn(proposal, .declined)
  }

  func withdraw(_ proposal: Proposal) throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    guard proposal.owner == undoOwner else { throw ProposalProblem.notOwn(proposal.number) }
    try recordDeciding("withdraw", proposal)
    try decide(proposal, .withdrawn, until: proposal.expiresAt)
    try settleRequest(of: proposal, .waiting)
    try closeCarriedOn(proposal, .withdrawn)
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

  func recordDeciding(_ verb: String, _ proposal: Proposal, because reason: Reason? = nil) throws {
    var details = AuditDetails("what", after: proposal.title)
    details.add("asked by", after: proposal.asker)
    details.add("because", after: reason?.text)
    try record("proposal.\(verb)", target(of: proposal), details)
  }

  func decide(
    _ proposal: Proposal, _ state: Proposal.State, because reason: Reason? = nil, until end: Timestamp
  ) throws {
    var decided = proposal
    decided.state = state
    decided.expiresAt = end
    decided.decidedBy = state == .waiting ? nil : operating.actor.name
    decided.decidedAt = state == .waiting ? nil : now
    decided.because = reason
    try writer.update(decided)
  }

  /// Checks the second person: a user, not the person who asked, and not somebody whom that person made for
  /// this purpose.
  private func requireSecondPerson(_ proposal: Proposal) throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    guard let user = operating.user else { throw ProposalProblem.noUser }
    guard proposal.owner != .user(user) else { throw ProposalProblem.own }
    let records = try writer.auditRecords(of: .user, Makings.actions, since: now.adding(days: -1))
    let makings = Makings(records)
    if makings.connect(proposal.owner, user) { throw ProposalProblem.made(proposal.asker) }
    // Who asked first counts for no pair of eyes, and so does nobody whom they made.
    guard let request = try request(of: proposal) else { return }
    guard request.owner != .user(user) else { throw ProposalProblem.own }
    if makings.isMade(user, by: request.owner) { throw ProposalProblem.made(request.asker) }
  }
}
