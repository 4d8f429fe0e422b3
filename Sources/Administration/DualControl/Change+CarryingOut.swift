internal import Access
package import Store

/// How a security file that waits is applied: by whoever knows the format. It is told the file, and by which
/// plan it was asked for; it throws ``ProposalProblem/outdated(_:)`` where the file would now do something else.
package typealias ProposedFile = (_ change: Change, _ file: String, _ proposal: Proposal) throws -> Void

extension Change {
  /// Does what was proposed, with all checks of whoever does it, and only where all is as it was when it was
  /// proposed.
  func carryOut(_ proposal: Proposal, _ applying: ProposedFile) throws {
    guard let document = try writer.proposalDocument(proposal.number) else {
      throw ProposalProblem.unreadable(proposal.number)
    }
    switch proposal.kind {
    case .changes: try carryOut(proposal, steps: document)
    case .apply:
      try requireAdministrator(to: "apply a security file")
      try applying(self, document, proposal)
    case .export: try requireAdministrator(to: "export a security file")
    case .archive: try requireAdministrator(to: "archive the audit log")
    }
  }

  private func carryOut(_ proposal: Proposal, steps document: String) throws {
    guard let proposed = ProposedSteps(document) else { throw ProposalProblem.unreadable(proposal.number) }
    ledger.beginBasis()
    do {
      for step in proposed.steps { try carryOut(step, since: proposal.number) }
    } catch is UnreadableUndo {
      throw ProposalProblem.unreadable(proposal.number)
    }
    guard ledger.basis == proposal.basis else { throw ProposalProblem.outdated(proposal.number) }
    if let undone = proposed.undoes, let first = ledger.firstSequence {
      try writer.markUndone(undone, by: first)
    }
  }

  private func carryOut(_ step: UndoStep, since sequence: Int64) throws {
    guard step.isAddition else { return try takeBack(step.opposite, doneAt: sequence) }
    switch step.change {
    case .account(let id, let isUser, let turn):
      guard let general = try turn.became?.general else { throw UnreadableUndo() }
      try addAccount(isUser ? .user : .apiUser, as: try id.identifier(), general)
    case .team(let id, let turn):
      guard let general = try turn.became?.general else { throw UnreadableUndo() }
      try addTeam(as: try id.identifier(), general)
    case .role(let id, let turn):
      guard let content = try turn.became?.content else { throw UnreadableUndo() }
      try addRole(as: try id.identifier(), content)
    case .token(let id, let account, _, let turn):
      guard let token = turn.became else { throw UnreadableUndo() }
      try addToken(token, as: try id.identifier(), to: try account.identifier())
    case .entry(let turn):
      guard let entry = try turn.became?.entry else { throw UnreadableUndo() }
      try addAgain(entry)
    default: throw UnreadableUndo()
    }
  }

  private func addToken(_ saved: SavedToken, as id: TokenRowID, to account: AccountID) throws {
    try require(.tokensManage)
    _ = try addTokenUnchecked(
      to: try self.account(account), try saved.name.savedName(), try saved.expiry,
      isDisabled: saved.isDisabled,
      try saved.limits.limits, as: id)
  }

  /// It must be the one that was meant, not another that came back instead.
  private func addAgain<Entry: CatalogueEntry>(_ entry: Entry) throws {
    guard try add(entry) == entry.id else {
      throw UndoProblem.changedSince(quoted(entry.name.text), by: nil, at: nil)
    }
  }
}
