internal import Access
internal import Store

/// What is done outside of any transaction of this store, once a second person agreed.
extension Change {
  /// - Parameter isDone: whether the agreement is used up by it.
  func requirePermit(toBackUpWithKeys isDone: Bool) throws {
    _ = try requirePermit(
      .backup, isDemanded: dual?.isOn(.dualExport) == true, "back up the store with its keys", isUsed: isDone)
  }

  /// What was agreed to must do now what it did then. It is not used up here: the state in which it stands is
  /// replaced, by one that was made before it was asked for.
  func requirePermit(toRestore outlook: RestoreOutlook) throws {
    guard let document = outlook.document else { throw ProposalProblem.cannotWait }
    _ = try requirePermit(
      .restore, isDemanded: dual != nil,
      "replace the store by the backup with the SHA-256 \(outlook.backup.prefix(16))…", document: document,
      isUsed: false
    ) { RestoreOutlook(document: $0)?.basis == outlook.basis }
  }

  /// What a proposal says of itself that a second person must not overlook, beside what it changes.
  func outlookLines(of proposal: Proposal) throws -> [String] {
    guard proposal.kind == .restore else { return [] }
    let document = try writer.proposalDocument(proposal.number)
    guard let outlook = document.flatMap(RestoreOutlook.init(document:)) else {
      throw ProposalProblem.unreadable(proposal.number)
    }
    return outlook.lines
  }
}
