package import Access
package import Store

/// What a proposal would do now.
package struct ProposalPreview: Sendable {
  package let proposal: Proposal
  /// The most important effects: who becomes Administrator and by what means they log in, how much is deleted
  /// or revoked, and whether dual control is relaxed. This list is never cut.
  package var reasons: [String] = []
  /// The audit rows that the proposal would write, up to the requested number, without those about deciding.
  package var rows: [AuditRecord] = []
  package var rowCount = 0
  /// The words of the commands that would do the same; empty where commands can't do all of it.
  package var commands: [[String]] = []
  /// The reason why the proposal can't be carried out any more; nil where it can.
  package var obstacle: String?
  /// Whether the effects were computed. They are for the person who asked, and for those who can decide.
  package var isShown = true
}

extension Administration {
  /// The proposals, the latest first: those that wait, and those that were decided recently.
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

  /// Whether the operator made the proposal.
  package func isOwn(_ proposal: Proposal) -> Bool { proposal.owner == operating.undoOwner }

  /// Agrees to another person's proposal. Changes and files are carried out in the same transaction.
  ///
  /// Errors: ``ProposalProblem``, including that something was changed since; ``AdministrationError``,
  /// ``StoreError``.
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

  /// Declines another person's proposal.
  ///
  /// - Parameter reason: the sentence for the person who asked. A request needs one.
  package func decline(_ number: Int64, because reason: Reason? = nil) throws {
    try change { try $0.decline(try $0.openProposal(number, [.waiting, .agreed]), because: reason) }
  }

  package func withdraw(_ number: Int64) throws {
    try change { try $0.withdraw(try $0.openProposal(number, [.waiting, .agreed])) }
  }

  /// Computes what a proposal would do now, by carrying it out with all rights and undoing it. Nobody else
  /// can write meanwhile, so this is done only for people who could decide or who asked.
  ///
  /// - Parameter count: the greatest number of rows that are kept.
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
      if preview.rowCount == preview.rows.count { preview.commands = try commands(making: preview.rows) }
    } catch let complaint as any Complaint { preview.obstacle = complaint.message }
    return preview
  }

  /// Whether the operator has any permission to change something. Agreeing then checks whether they may do
  /// what is proposed.
  package var mayDecideProposals: Bool { Permission.deciding.contains(where: may) }

  /// Carries out a proposal in a transaction that is undone. For its effect on who may see what, see
  /// ``effect(of:bounds:)``.
  package func tryOut(_ number: Int64, applying: ProposedFile) throws {
    try rehearsed(number, applying)
  }

  private typealias Rehearsed = (ledger: ChangeLedger, reasons: [String])

  @discardableResult
  private func rehearsed(_ number: Int64, rows: Int = 0, _ applying: ProposedFile) throws -> Rehearsed {
    try change { change in
      let proposal = try change.openProposal(number, [.waiting])
      change.ledger.keptRowCount = rows
      change.ledger.triesProposal = proposal.kind != .request
      try change.carryOut(proposal, applying)
      return (
        change.ledger,
        try change.outlookLines(of: proposal) + change.reasonsForTwo() + change.ownGain(of: proposal)
      )
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

  /// Checks that the person who asked is still a user and may still do what they asked for. Otherwise a
  /// removed person's proposal could be carried out.
  private func requireAskerStillMay(_ number: Int64, _ applying: ProposedFile) throws {
    let asker = try read(.useCase(.securityRead)) { reader -> Asker? in
      guard let proposal = try reader.proposal(number) else { return nil }
      if let request = proposal.kind == .request ? proposal : try proposal.request.flatMap(reader.proposal) {
        try requireStillProposing(request, reader)
      }
      return proposal.kind == .request ? nil : try standingAsker(of: proposal, reader)
    }
    guard let asker else { return }
    do { _ = try rehearse(number, as: .standIn(asker.id, asker.authority), applying) } catch let error
      as AdministrationError
      where error.isRefusal
    {
      throw ProposalProblem.askerMayNot(asker.name, why: error.message)
    }
  }

  private typealias Asker = (name: String, id: AccountID, authority: Authority)

  private func standingAsker(of proposal: Proposal, _ reader: any StoreReader) throws -> Asker? {
    guard case .user(let id) = proposal.owner else { return nil }
    let isThere = try reader.account(id)?.isEnabled == true
    return (proposal.asker, id, isThere ? try reader.authority(of: id).at(now) : .none)
  }

  /// Checks that whoever made a request may still make one.
  private func requireStillProposing(_ request: Proposal, _ reader: any StoreReader) throws {
    guard let asker = try standingAsker(of: request, reader), !asker.authority.may(.changesPropose) else {
      return
    }
    let error = AdministrationError.notPermitted(.changesPropose)
    throw ProposalProblem.askerMayNot(asker.name, why: error.message)
  }
}
