internal import Access
internal import Store

/// What takes a second person, whatever road it comes by: asked once, when all of a transaction is done.
extension Change {
  /// Refuses what takes two and was not agreed to, so that it is proposed. What is only tried is told so.
  func requireSecond() throws {
    guard ledger.agreement == nil, try takesTwo else { return }
    if isRehearsal { return ledger.triesProposal ? () : noteTakesTwo() }
    let draft = try draft(.changes)
    throw TakesTwo(draft: ledger.request.map(draft.carryingOn) ?? draft)
  }

  /// The proposal of what the transaction did, for somebody who may do it.
  func request() throws -> ProposalDraft {
    guard undoLog.title != nil else { throw RequestProblem.changesNothing }
    return try draft(.request)
  }

  /// The proposal of what the transaction did.
  private func draft(_ kind: Proposal.Kind) throws -> ProposalDraft {
    guard let title = undoLog.title, let steps = undoLog.proposed,
      let document = ProposedSteps(steps: steps, undoes: undoLog.undoes?.number).text,
      document.utf8.count <= UndoLog.mostBytes
    else { throw ProposalProblem.cannotWait }
    return ProposalDraft(
      kind: kind, title: title.asProposed, document: document, basis: try basis(of: ledger.basis))
  }

  /// Refuses what may only be done once somebody agreed, and uses that up. What they agreed to is told; nil
  /// where nobody has to.
  ///
  /// - Parameter isUsed: false only asks whether somebody agreed.
  func requirePermit(
    _ kind: Proposal.Kind, isDemanded: Bool, _ title: String, document: String = "", isUsed: Bool = true,
    isMet: (_ agreed: String) -> Bool = { _ in true }
  ) throws -> String? {
    guard isAlone, isDemanded else { return nil }
    if var proposal = try writer.agreedProposal(of: undoOwner, kind, at: now),
      let agreed = try writer.proposalDocument(proposal.number), isMet(agreed)
    {
      guard isUsed else { return agreed }
      proposal.state = .done
      try writer.update(proposal)
      try record("proposal.use", target(of: proposal), AuditDetails("what", after: proposal.title))
      return agreed
    }
    throw TakesTwo(draft: ProposalDraft(kind: kind, title: title, document: document, basis: ""))
  }

  /// Whether it is really done, and nobody agreed to it.
  var isAlone: Bool { !isRehearsal && ledger.agreement == nil }

  private var takesTwo: Bool {
    get throws {
      guard let dual else { return false }
      if ledger.relaxesDual { return true }
      if dual.isOn(.dualLaws), ledger.turnedLaws.values.contains(where: { $0.was != nil }) { return true }
      if let limit = dual.dualRemovals, ledger.removalCount >= limit { return true }
      return try dual.isOn(.dualAdministrator) && givesAdministrator
    }
  }

  /// Whether somebody is Administrator who wasn't, or can sign in as one by new means that somebody else gave.
  private var givesAdministrator: Bool {
    get throws {
      guard let before = ledger.administratorsBefore else { return false }
      let after = try writer.administrators()
      let administrators = after.accounts(from: now)
      let isLetIn = ledger.letIn.contains { administrators.contains($0) && $0 != operating.user }
      return isLetIn || !after.gained(over: before, from: now).isEmpty
    }
  }

  /// What is set of dual control, where anything is; the whole store's.
  static func dual(_ reader: any StoreReader) throws -> Settings? {
    let settings = try reader.settings(for: nil)
    return settings.isDual ? settings : nil
  }
}

extension Change {
  /// Takes note of a change to what takes two. Relaxing it takes two itself; the owner of the store's files could
  /// do anything, and so isn't locked out by it.
  func noteDual(_ setting: Setting, from before: SettingValue, to after: SettingValue) throws {
    guard after != before else { return }
    let isRelaxing =
      try setting.relaxes(from: before, to: after) || purgesMore(setting, from: before, to: after)
    guard setting.isDual || isRelaxing else { return }
    if isRelaxing {
      if !(operating.ownsStore && operating.user == nil) { ledger.relaxesDual = true }
    } else if setting != .dualHours {
      try requireTwoAdministrators()
    }
  }

  /// Whether by it things are purged sooner, any number at once, where removing takes two.
  private func purgesMore(
    _ setting: Setting, from before: SettingValue, to after: SettingValue
  ) throws -> Bool {
    guard setting == .deletedKeptDays, case (.number(let before), .number(let after)) = (before, after) else {
      return false
    }
    return try after < before && writer.settings(for: nil).dualRemovals != nil
  }

  private func requireTwoAdministrators() throws {
    let able = try writer.administrators().lasting(at: now).filter { id in
      guard let account = try writer.account(id), account.kind == .user, account.isEnabled else {
        return false
      }
      return try account.unixAccount != nil || !writer.publicKeys(of: id).isEmpty
    }
    if able.count < 2 { throw SettingTrouble.needsTwo }
  }
}

extension Change {
  /// Asked once the file was applied.
  ///
  /// - Parameters:
  ///   - file: the text of the security file, which waits.
  ///   - plan: the digest of the plan that was confirmed.
  package func requireSecond(toApply file: @autoclosure () -> String, _ summary: String, _ plan: String)
    throws
  {
    guard isAlone, dual?.isOn(.dualApply) == true else { return }
    let file = file()
    guard !file.isEmpty, file.utf8.count <= UndoLog.mostBytes else { throw ProposalProblem.cannotWait }
    // A comment may hold anything, and the file is kept as it is.
    guard !TokenID.isContained(in: file) else { throw ProposalProblem.tokenID }
    throw TakesTwo(
      draft: ProposalDraft(
        kind: .apply, title: "apply a security file: \(summary)", document: file,
        basis: try basis(of: plan)))
  }

  package func requireSecondToExport() throws {
    _ = try requirePermit(
      .export, isDemanded: dual?.isOn(.dualExport) == true, "export the store as a security file")
  }

  /// Rows from before when are archived: what was agreed to, where somebody had to. An agreement is for a time,
  /// and met by asking for that or a later one.
  func permittedArchiving(before time: Timestamp) throws -> Timestamp {
    // Who made whom stays there for so long as it says who may agree.
    let time = dual == nil ? time : min(time, now.adding(days: -1))
    let agreed = try requirePermit(
      .archive, isDemanded: dual?.isOn(.dualArchive) == true,
      "archive the audit log's rows from before \(time)",
      document: String(time.secondsSince1970)
    ) { agreed in Int64(agreed).map { $0 <= time.secondsSince1970 } ?? false }
    return agreed.flatMap(Int64.init).flatMap(Timestamp.init(secondsSince1970:)) ?? time
  }
}
