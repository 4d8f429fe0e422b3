import Access
package import Administration
package import Store

/// Carries out all kinds of proposals, also those that hold a security file.
extension Administration {
  /// Agrees to a proposal of somebody else; see ``agree(to:applying:)``.
  @discardableResult
  package func agree(to number: Int64) throws -> Proposal { try agree(to: number, applying: Self.applying) }

  /// What the proposal would do now; see ``preview(of:applying:)``.
  package func preview(of number: Int64, rows: Int = .max) throws -> ProposalPreview {
    try preview(of: number, rows: rows, applying: Self.applying)
  }

  /// Tries a proposal in a transaction that is undone; see ``tryOut(_:applying:)``.
  package func tryOut(_ number: Int64) throws { try tryOut(number, applying: Self.applying) }

  private static func applying(_ change: Change, _ text: String, _ proposal: Proposal) throws {
    let file = try SecurityFile.parse(Array(text.utf8), named: "the file of proposal \(proposal.number)")
    let draft = try Planner(file, change.reader, now: change.now).draft()
    try Applier(file, change, draft, progress: { _, _ in }).run()
    guard try change.basis(of: draft.plan.basis) == proposal.basis else {
      throw ProposalProblem.outdated(proposal.number)
    }
  }
}
