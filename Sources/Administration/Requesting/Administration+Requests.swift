package import Access
package import Store

/// One of the smallest changes that would allow a request.
package struct Mending: Hashable, Sendable {
  package let additions: [Addition]
  /// The additions in words, as in `add list “Sales Invoices” to the grant of team “Sales MX” on …`.
  package let words: String
}

/// What somebody asks for who may not do it: to have a denial mended.
package struct MendingRequest: Hashable, Sendable {
  /// The request that is denied.
  package let request: CheckRequest
  package let mending: Mending
  package let reason: Reason
  /// The end of what comes into being, or is prolonged; nil for none.
  package let until: Timestamp?
  /// The denial from which it came; nil where it came from none.
  package let decision: DecisionID?

  package init(
    _ mending: Mending, allowing request: CheckRequest, because reason: Reason, until: Timestamp? = nil,
    after decision: DecisionID? = nil
  ) {
    self.mending = mending
    self.request = request
    self.reason = reason
    self.until = until
    self.decision = decision
  }
}

extension Verdict {
  /// The smallest changes that would allow the request; none where it is allowed.
  package func mendings(limit: Int = 8) -> [Mending] {
    let words = AdditionWords(names: names)
    return smallestChanges(for: question, limit: limit).changes.map {
      Mending(additions: $0, words: words.text($0))
    }
  }
}

extension Administration {
  /// The smallest changes that would allow a request now.
  ///
  /// Errors: ``RequestProblem`` where it is allowed, or where none would do; ``AdministrationError``,
  /// ``StoreError``.
  package func mendings(of request: CheckRequest) throws -> [Mending] {
    let verdict = try check(request)
    guard !verdict.decision.isAllowed else { throw RequestProblem.allowed }
    let mendings = verdict.mendings()
    guard !mendings.isEmpty else { throw RequestProblem.noFix }
    return mendings
  }

  /// The request of a denial, to be decided again as of now.
  ///
  /// Errors: ``RequestProblem/notKept(_:)``, ``AdministrationError``, ``StoreError``.
  package func request(of denial: Denial) throws -> CheckRequest {
    let kind = try denial.account.flatMap { account in try read { try $0.account(account)?.kind } }
    guard let request = kind.flatMap(denial.asked) else {
      throw denial.decision.map(RequestProblem.notKept) ?? RequestProblem.noFix
    }
    return request
  }

  /// Proposes to mend a denial. The change is tried with all rights and undone, and its steps wait until
  /// somebody agrees who may make the change.
  ///
  /// Errors: ``RequestProblem``, ``ProposalProblem``, ``AdministrationError``, ``StoreError``.
  package func propose(_ mending: MendingRequest) throws -> Proposal {
    let end = mending.until.map { ", until \($0)" } ?? ""
    return try propose(because: mending.reason, mending.mending.words + end, after: mending.decision) {
      asking in try asking.change { try asking.make(mending, in: $0) }
    }
  }

  /// Proposes changes that the operator may not make, as one transaction of the use cases. They are tried
  /// with all rights and undone, and their steps wait until somebody agrees who may make them.
  ///
  /// Errors: ``RequestProblem``, ``ProposalProblem``, ``AdministrationError``, ``StoreError``, and what the
  /// use cases throw.
  package func propose(
    because reason: Reason, _ changes: (Administration) throws -> Void
  ) throws -> Proposal {
    try propose(because: reason, nil, after: nil, changes)
  }

  /// What changes would do to access that the operator may propose. The name differs from that of
  /// ``effect(of:bounds:)``, so that a closure alone never means the trial with all rights.
  ///
  /// Errors: as ``effect(of:bounds:)``.
  package func proposedEffect(of changes: (Administration) throws -> Void) throws -> AccessEffect {
    try requireProposing(try authority())
    return try allowedAll.effect(of: changes)
  }

  /// The reason why the operator can't propose changes now; nil where they can.
  package var proposingProblem: AdministrationError? {
    if isReadOnly { return .readOnly }
    let lacking = [Permission.securityRead, .changesPropose].first { !may($0) }
    return lacking.map { .notPermitted($0) }
  }

  private func requireProposing(_ authority: Authority) throws {
    guard !isReadOnly else { throw AdministrationError.readOnly }
    for permission in [Permission.securityRead, .changesPropose] where !authority.may(permission) {
      throw AdministrationError.notPermitted(permission)
    }
  }

  private func propose(
    because reason: Reason, _ title: String?, after decision: DecisionID?,
    _ changes: (Administration) throws -> Void
  ) throws -> Proposal {
    try recordingRefusals(isChange: true) {
      try requireProposing(try authority())
      var draft = try draft(of: changes)
      (draft.reason, draft.decision) = (reason, decision)
      if let title { draft.title = title }
      return try changeUnrecorded { change in
        try requireProposing(change.authority)
        return try change.propose(draft)
      }
    }
  }

  /// Makes the changes in a transaction that is undone, and keeps its steps.
  private func draft(of changes: (Administration) throws -> Void) throws -> ProposalDraft {
    do { try changes(allowedAll.asking) } catch let made as TakesTwo { return made.draft }
    throw RequestProblem.changesNothing
  }

  /// The same use cases with all rights, for trying what others are asked to do.
  private var allowedAll: Administration {
    let actor = Actor(name: operating.actor.name, frontEnd: operating.actor.frontEnd)
    return with(Operator(actor: actor, standing: .fixed(.administrator)))
  }

  private func make(_ mending: MendingRequest, in change: Change) throws {
    let verdict = try check(mending.request, in: change)
    guard !verdict.decision.isAllowed else { throw RequestProblem.allowed }
    guard verdict.mendings().contains(mending.mending) else { throw RequestProblem.changedMeanwhile }
    try change.make(mending.mending.additions, until: mending.until, verdict)
    try change.checkOutcome()
    guard try check(mending.request, in: change).decision.isAllowed else { throw RequestProblem.mendsNothing }
  }

  private func check(_ request: CheckRequest, in change: Change) throws -> Verdict {
    try Checker(AccessSource(change.reader), ring: ring, uses: uses, now: change.now).check(request)
  }
}
