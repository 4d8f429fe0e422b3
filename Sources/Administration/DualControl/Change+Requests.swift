internal import Access
internal import Store

/// A request, and the proposal by which it is carried on where carrying it out takes two.
extension Change {
  /// The request that a proposal carries on; nil where it carries on none.
  func request(of proposal: Proposal) throws -> Proposal? {
    guard let number = proposal.request else { return nil }
    guard let request = try writer.proposal(number), request.kind == .request else {
      throw ProposalProblem.missing(number)
    }
    return request
  }

  /// The request that a proposal carries on, which must not have been withdrawn meanwhile.
  func openRequest(of proposal: Proposal) throws -> Proposal? {
    try request(of: proposal).map { try openProposal($0.number, [.agreed]) }
  }

  /// Has a request wait for the second person, as long as the proposal waits that carries it on.
  func letWait(_ number: Int64, until end: Timestamp) throws {
    let request = try openProposal(number, [.waiting])
    try recordDeciding("agree", request)
    try decide(request, .agreed, until: end)
  }

  /// Does with a request what became of the proposal that carried it on.
  func settleRequest(of proposal: Proposal, _ state: Proposal.State, because reason: Reason? = nil) throws {
    guard let request = try request(of: proposal), request.state == .agreed else { return }
    try decide(request, state, because: reason, until: request.expiresAt)
  }

  /// Closes the proposal that carried on a request which was closed.
  func closeCarriedOn(_ request: Proposal, _ state: Proposal.State) throws {
    guard request.kind == .request, request.state == .agreed else { return }
    for proposal in try writer.proposals(limit: 1_000)
    where proposal.request == request.number && proposal.isOpen(at: now) {
      try decide(proposal, state, until: proposal.expiresAt)
    }
  }

  /// Refuses whoever asked, and read-only mode. Whoever carries out a request does it by their own rights, and
  /// need not be a second person.
  func requireAnother(_ request: Proposal) throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    guard request.owner != undoOwner else { throw ProposalProblem.own }
    try require(Permission.deciding.first(where: authority.may) ?? .usersManage)
  }

  /// Says where what a person asks for concerns that person, directly or by a team.
  func ownGain(of proposal: Proposal) throws -> [String] {
    let request = proposal.kind == .request ? proposal : try request(of: proposal)
    guard let request, let asker = request.askerID,
      let steps = try writer.proposalDocument(proposal.number).flatMap(ProposedSteps.init)?.steps
    else { return [] }
    let teams = try writer.teams(of: asker).map { (AuditTarget.Kind.team, $0.value.id.description) }
    let own = teams + [(.user, asker.description)]
    let isOwn = steps.contains { step in
      step.involved.contains { involved in own.contains { $0 == involved } }
    }
    return isOwn ? ["it concerns \(quoted(request.asker)), who asked for it"] : []
  }
}

extension Proposal {
  /// Whether somebody asked for it who could not do it, and who is owed a sentence where it is declined.
  package var isForRequester: Bool { kind == .request || request != nil }
}
