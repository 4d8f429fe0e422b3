package import Access
package import Store

/// What a proposal would do now.
package struct ProposalPreview: Sendable {
  package let proposal: Proposal
  /// What matters most of it: who becomes Administrator and by what means they sign in, how much is deleted or
  /// revoked, and that it relaxes what takes two. Never cut.
  package var reasons: [String] = []
  /// The audit rows that it would write, without those that tell of deciding; at most so many as were asked for.
  package var rows: [AuditRecord] = []
  package var rowCount = 0
  /// Why it can't be carried out any more; nil where it can.
  package var obstacle: String?
  /// Whether it was looked at: by whoever asked, and who could decide.
  package var isShown = true
}

extension Administration {
  /// The latest first: those that wait, and those that were decided not long ago.
  package func proposals() throws -> [Proposal] {
    try read(.useCase(.securityRead)) { try $0.proposals(limit: 500) }
  }
  package func waitingProposalCount() throws -> Int {
    try read(.useCase(.securityRead)) { try $0.waitingProposalCount(at: now) }
  }
  package func proposal(_ number: Int64) throws -> Proposal {
    try read(.useCase(.securityRead)) { reader in
      guard let proposal = try reader.proposal(number) else { throw ProposalProblem.missing(number) }
      return proposal
    }
  }

  /// Whether whoever acts asked for it.
  package func isOwn(_ proposal: Proposal) -> Bool { proposal.owner == operating.undoOwner }

  /// Agrees to what somebody else proposed; changes and files are carried out with it, in the same transaction.
  ///
  /// Errors: ``ProposalProblem``, where something was changed since, too; ``AdministrationError``, ``StoreError``.
  @discardableResult
  package func agree(to number: Int64, applying: ProposedFile) throws -> Proposal {
    do { try requireAskerStillMay(number, applying) } catch let problem as ProposalProblem {
      if let refusal = Refusal(problem, isChange: true) { record(refusal) }
      throw problem
    }
    return try change { change in
      let proposal = try change.openProposal(number, [.waiting])
      try change.agree(to: proposal, applying: applying)
      return proposal
    }
  }

  package func decline(_ number: Int64) throws {
    try change { try $0.decline(try $0.openProposal(number, [.waiting, .agreed])) }
  }

  package func withdraw(_ number: Int64) throws {
    try change { try $0.withdraw(try $0.openProposal(number, [.waiting, .agreed])) }
  }

  /// What it would do now: tried by somebody who may do everything, and undone. Nobody else writes meanwhile, so
  /// that it isn't tried for whoever could only look.
  ///
  /// - Parameter count: the most rows that are kept.
  package func preview(of number: Int64, rows count: Int = .max, applying: ProposedFile) throws
    -> ProposalPreview
  {
    let proposal = try proposal(number)
    var preview = ProposalPreview(proposal: proposal)
    guard proposal.state == .waiting else { return preview }
    guard isOwn(proposal) || mayDecideProposals else {
      preview.isShown = false
      return preview
    }
    do {
      let rehearsed = try rehearse(number, as: .fixed(.administrator), rows: count, applying)
      preview.reasons = rehearsed.reasons
      preview.rows = rehearsed.ledger.rows
      preview.rowCount = rehearsed.ledger.rowCount
    } catch let complaint as any Complaint { preview.obstacle = complaint.message }
    return preview
  }

  /// Whether whoever acts has any of the permissions by which things are changed; whether they may do what is
  /// proposed, agreeing asks.
  package var mayDecideProposals: Bool { Permission.deciding.contains(where: may) }

  /// Carries it out where it is undone: for what it does to who may see what, see ``effect(of:bounds:)``.
  package func tryOut(_ number: Int64, applying: ProposedFile) throws {
    try rehearsed(number, applying)
  }

  private typealias Rehearsed = (ledger: ChangeLedger, reasons: [String])

  @discardableResult
  private func rehearsed(_ number: Int64, rows: Int = 0, _ applying: ProposedFile) throws -> Rehearsed {
    try change { change in
      let proposal = try change.openProposal(number, [.waiting])
      change.ledger.keptRowCount = rows
      change.ledger.triesProposal = true
      try change.carryOut(proposal, applying)
      return (change.ledger, try change.outlookLines(of: proposal) + change.reasonsForTwo())
    }
  }

  private func rehearse(
    _ number: Int64, as standing: Operator.Standing, rows: Int = 0, _ applying: ProposedFile
  ) throws -> Rehearsed {
    let actor = Actor(name: operating.actor.name, frontEnd: operating.actor.frontEnd)
    let rehearsing = with(Operator(actor: actor, standing: standing))
      .rehearsing(on: RehearsalStore(base: store) { _ in }, TouchLog())
    return try rehearsing.rehearsed(number, rows: rows, applying)
  }

  /// Whoever asked must still be there, and may still do it: so that one who was put out meanwhile has nothing
  /// carried out.
  private func requireAskerStillMay(_ number: Int64, _ applying: ProposedFile) throws {
    let asker = try read(.useCase(.securityRead)) {
      reader -> (name: String, id: AccountID, authority: Authority)? in
      guard let proposal = try reader.proposal(number), case .user(let id) = proposal.owner else {
        return nil
      }
      let isThere = try reader.account(id)?.isEnabled == true
      return (proposal.asker, id, isThere ? try reader.authority(of: id).at(now) : .none)
    }
    guard let asker else { return }
    do { _ = try rehearse(number, as: .standIn(asker.id, asker.authority), applying) } catch let error
      as AdministrationError
      where error.isRefusal
    {
      throw ProposalProblem.askerMayNot(asker.name, why: error.message)
    }
  }
}
