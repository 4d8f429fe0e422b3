package import Access
package import Store

/// What a proposal would do now.
package struct ProposalPreview: Sendable {
  package let proposal: Proposal
  /// The audit rows that it would write, without those that tell of deciding; at most ``mostRows``.
  package let rows: [AuditRecord]
  package let rowCount: Int
  /// Why it can't be carried out any more; nil where it can.
  package let obstacle: String?

  package static let mostRows = 200
}

extension Administration {
  /// The latest first: those that wait, and those that were decided not long ago.
  package func proposals() throws -> [Proposal] { try read { try $0.proposals(limit: 500) } }
  package func waitingProposalCount() throws -> Int { try read { try $0.waitingProposalCount(at: now) } }
  package func proposal(_ number: Int64) throws -> Proposal {
    try read { reader in
      guard let proposal = try reader.proposal(number) else { throw ProposalProblem.missing(number) }
      return proposal
    }
  }

  /// Whether whoever acts asked for it.
  package func isOwn(_ proposal: Proposal) -> Bool { proposal.owner == operating.undoOwner }

  /// Agrees to what somebody else proposed; changes and files are carried out with it, in the same transaction.
  ///
  /// Errors: ``ProposalProblem``, ``UndoProblem`` where something was changed since, ``AdministrationError``,
  /// ``StoreError``.
  @discardableResult
  package func agree(to number: Int64, applying: ProposedFile) throws -> Proposal {
    try requireAskerStillMay(number, applying)
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

  /// What it would do now: tried by somebody who may do everything, and undone.
  package func preview(of number: Int64, applying: ProposedFile) throws -> ProposalPreview {
    let proposal = try proposal(number)
    guard proposal.state == .waiting else {
      return ProposalPreview(proposal: proposal, rows: [], rowCount: 0, obstacle: nil)
    }
    do {
      let ledger = try rehearse(number, as: .fixed(.administrator), applying)
      return ProposalPreview(
        proposal: proposal, rows: ledger.rows, rowCount: ledger.rowCount, obstacle: nil)
    } catch let complaint as any Complaint {
      return ProposalPreview(proposal: proposal, rows: [], rowCount: 0, obstacle: complaint.message)
    }
  }

  /// Carries it out where it is undone: for what it does to who may see what, see ``effect(of:bounds:)``.
  package func tryOut(_ number: Int64, applying: ProposedFile) throws {
    try rehearsed(number, applying)
  }

  @discardableResult
  private func rehearsed(_ number: Int64, _ applying: ProposedFile) throws -> ChangeLedger {
    try change { change in
      let proposal = try change.openProposal(number, [.waiting])
      change.ledger.keepsRows = true
      try change.carryOut(proposal, applying)
      return change.ledger
    }
  }

  private func rehearse(
    _ number: Int64, as standing: Operator.Standing, _ applying: ProposedFile
  ) throws -> ChangeLedger {
    let actor = Actor(name: operating.actor.name, frontEnd: operating.actor.frontEnd)
    let rehearsing = with(Operator(actor: actor, standing: standing))
      .rehearsing(on: RehearsalStore(base: store) { _ in }, TouchLog())
    return try rehearsing.rehearsed(number, applying)
  }

  /// Whoever asked must still be there, and may still do it: so that one who was put out meanwhile has nothing
  /// carried out.
  private func requireAskerStillMay(_ number: Int64, _ applying: ProposedFile) throws {
    let asker = try read { reader -> (name: String, authority: Authority)? in
      guard let proposal = try reader.proposal(number), case .user(let id) = proposal.owner else {
        return nil
      }
      guard let account = try reader.account(id), account.isEnabled else { return (proposal.asker, .none) }
      return (proposal.asker, try reader.authority(of: id))
    }
    guard let asker else { return }
    do { _ = try rehearse(number, as: .fixed(asker.authority), applying) } catch let error
      as AdministrationError
      where error.isRefusal
    {
      throw ProposalProblem.askerMayNot(asker.name, why: error.message)
    }
  }
}
