internal import Access
internal import Store

/// Actions outside any transaction of this store, which need the agreement of a second person.
extension Change {
  /// - Parameter isDone: whether the backup was made, so that the agreement is used up.
  func requirePermit(toBackUpWithKeys isDone: Bool) throws {
    _ = try requirePermit(
      .backup, isDemanded: dual?.isOn(.dualExport) == true, "back up the store with its keys", isUsed: isDone)
  }

  /// The restore must do now what it did when the second person agreed. The agreement is not used up here,
  /// because the state that holds it is replaced by an earlier one.
  func requirePermit(toRestore outlook: RestoreOutlook) throws {
    guard let document = outlook.document else { throw ProposalProblem.cannotWait }
    _ = try requirePermit(
      .restore, isDemanded: dual != nil,
      "replace the store by the backup with the SHA-256 \(outlook.backup.prefix(16))…", document: document,
      isUsed: false
    ) { RestoreOutlook(document: $0)?.basis == outlook.basis }
  }

  /// What a second person must not overlook in a proposal, beside what it changes.
  func outlookLines(of proposal: Proposal) throws -> [String] {
    guard proposal.kind == .restore else { return [] }
    let document = try writer.proposalDocument(proposal.number)
    guard let outlook = document.flatMap(RestoreOutlook.init(document:)) else {
      throw ProposalProblem.unreadable(proposal.number)
    }
    return outlook.lines
  }
}
