internal import Access
package import Store

/// Applies a security file that waits; the module that knows the format provides this. It receives the file
/// and the plan with which the change was asked for. It throws ``ProposalProblem/outdated(_:)`` where the
/// file would now do something else.
package typealias ProposedFile = (_ change: Change, _ file: String, _ proposal: Proposal) throws -> Void

extension Change {
  /// Carries out a proposal with all checks of the person who carries it out, and only if everything is as it
  /// was when it was proposed.
  func carryOut(_ proposal: Proposal, _ applying: ProposedFile) throws {
    guard let document = try writer.proposalDocument(proposal.number) else {
      throw ProposalProblem.unreadable(proposal.number)
    }
    switch proposal.kind {
    case .changes, .request: try carryOut(proposal, steps: document)
    case .apply:
      try requireAdministrator(to: "apply a security file")
      try beginBasis()
      try applying(self, document, proposal)
    case .export: try requireAdministrator(to: "export a security file")
    case .archive: try requireAdministrator(to: "archive the audit log")
    case .backup: try requireAdministrator(to: "back up the store")
    case .restore: try requireAdministrator(to: "replace the store")
    }
  }

  private func carryOut(_ proposal: Proposal, steps document: String) throws {
    guard let proposed = ProposedSteps(document) else { throw ProposalProblem.unreadable(proposal.number) }
    try requireUntouched(proposed.steps, since: proposal)
    try beginBasis()
    do {
      for step in proposed.steps { try carryOut(step, since: proposal.number) }
    } catch is UnreadableUndo {
      throw ProposalProblem.unreadable(proposal.number)
    } catch let problem as UndoProblem {
      throw ProposalProblem.changedSince(proposal.number, problem.recordedMessage)
    }
    guard try basis(of: ledger.basis) == proposal.basis else {
      throw ProposalProblem.outdated(proposal.number)
    }
    if let undone = proposed.undoes, let first = ledger.firstSequence {
      try writer.markUndone(undone, by: first)
    }
  }

  /// Checks that nothing on which the proposal rests has changed since it was made, not even in another
  /// field. A second person agrees to what was computed then.
  private func requireUntouched(_ steps: [UndoStep], since proposal: Proposal) throws {
    var involved: [AuditKey: UndoStep] = [:]
    for step in steps { for (kind, id) in step.involved { involved[AuditKey(kind, id)] = step } }
    // The transaction itself has so far only recorded the agreement.
    let end = ledger.firstSequence ?? .max
    var last = proposal.number
    while true {
      let records = try writer.auditRecords(after: last, limit: 1_000)
      for record in records where record.sequence < end && record.isChange {
        guard let step = involved[AuditKey(record.target.kind, record.target.id)] else { continue }
        let problem = UndoProblem.changedSince(
          step.thingWords, by: LaterAuthor(name: record.actor.name), at: record.at)
        throw ProposalProblem.changedSince(proposal.number, problem.message)
      }
      guard let next = records.last, next.sequence < end else { return }
      last = next.sequence
    }
  }

  private func carryOut(_ step: UndoStep, since sequence: Int64) throws {
    guard step.isAddition else { return try takeBack(step.opposite, doneAt: sequence) }
    switch step.change {
    case .account(let id, let isUser, let turn):
      try addAccount(isUser ? .user : .apiUser, as: id, try must(turn.became))
    case .team(let id, let turn): try addTeam(as: id, try must(turn.became))
    case .role(let id, let turn): try addRole(as: id, try must(turn.became))
    case .token(let id, let account, _, _, let turn): try addToken(try must(turn.became), as: id, to: account)
    case .entry(let turn): try addAgain(try must(turn.became))
    default: throw UnreadableUndo()
    }
  }

  private func must<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw UnreadableUndo() }
    return value
  }

  private func addToken(_ terms: TokenTerms, as id: TokenRowID, to account: AccountID) throws {
    try require(.tokensManage)
    _ = try addTokenUnchecked(
      to: try self.account(account), terms.name, validFrom: terms.validFrom, terms.expiry,
      isDisabled: terms.isDisabled, terms.limits, terms.particulars, as: id)
  }

  /// Adds an entry again. The entry must be the one that was meant, and not another one that came back
  /// instead.
  private func addAgain(_ entry: CatalogueEntry) throws {
    guard try add(entry) == entry.thing else {
      throw UndoProblem.changedSince(quoted(entry.name.text), by: nil, at: nil)
    }
  }
}

private struct AuditKey: Hashable {
  let kind: AuditTarget.Kind
  let id: String

  init(_ kind: AuditTarget.Kind, _ id: String) {
    self.kind = kind
    self.id = id
  }
}
