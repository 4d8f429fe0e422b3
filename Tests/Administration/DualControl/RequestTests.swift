import Access
import Administration
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Requests of people who may not make the change", .onEachEngine) struct RequestTests {
  let check: CheckScene
  let asker: Account
  let first: Account
  let second: Account

  private var scene: Scene { check.scene }
  private var asAsker: Administration { scene.administration(as: asker) }
  private var asFirst: Administration { scene.administration(as: first) }
  private var asSecond: Administration { scene.administration(as: second) }

  init() throws {
    check = try CheckScene()
    asker = try check.scene.user("sam", roles: [.builtIn(.securityRequester)])
    first = try check.scene.user("first", roles: [.builtIn(.administrator)])
    second = try check.scene.user("second", roles: [.builtIn(.administrator)])
  }

  /// What is denied: the portal asks the API for a list that its team was not given.
  private var denied: CheckRequest {
    CheckRequest(
      asker: .account(check.portal), surface: .api(.id(check.catalogue.connector)),
      company: .id(check.catalogue.companies[0]), list: .id(check.catalogue.lists[1]))
  }

  /// What is denied to an API user that was given nothing.
  private func deniedToNew(_ name: String = "New") throws -> CheckRequest {
    _ = try scene.apiUser(name)
    var request = denied
    request.asker = .account(AccountReference(.apiUser, .named(try Name(name))))
    return request
  }

  private func propose(
    _ request: CheckRequest, until: Timestamp? = nil, as administration: Administration? = nil
  ) throws -> Proposal {
    let administration = administration ?? asAsker
    let mending = try #require(try scene.administration.mendings(of: request).first)
    return try administration.propose(
      MendingRequest(
        mending, allowing: request, because: try Reason("the invoices of March"), until: until,
        after: DecisionID(rawValue: "0123456789abcdef")))
  }

  private static func never(_: Change, _: String, _: Proposal) throws { Issue.record("no file was proposed") }

  private func agree(_ number: Int64, _ administration: Administration) throws {
    try administration.agree(to: number, applying: Self.never)
  }

  private func isAllowed(_ request: CheckRequest) throws -> Bool {
    try scene.administration.check(request).decision.isAllowed
  }

  @Test(
    "a request waits with its reason, and agreeing carries it out; the rows name who asked and who agreed")
  func agreeing() throws {
    let before = try scene.records.count
    let proposal = try propose(denied)
    #expect(try scene.records.dropFirst(before).map(\.action) == ["proposal.ask"])
    #expect(try !isAllowed(denied))
    #expect(proposal.kind == .request && proposal.reason?.text == "the invoices of March")
    let kept = try #require(try asFirst.proposals().first)
    #expect(kept == proposal && kept.decision?.rawValue == "0123456789abcdef")
    #expect(kept.title.hasPrefix("add list “Sales Invoices” to the grant of"))
    let preview = try asFirst.preview(of: proposal.number, applying: Self.never)
    #expect(preview.obstacle == nil && preview.rows.map(\.action) == ["team.grant"])

    try agree(proposal.number, asFirst)
    #expect(try isAllowed(denied))
    let rows = try scene.records.filter { $0.sequence > proposal.number }
    #expect(rows.map(\.action) == ["proposal.agree", "team.grant"])
    #expect(rows.allSatisfy { $0.actor.name == "first" })
    #expect(try rows[1].field("requested by") == ["after": "sam"])
    #expect(try asAsker.proposal(proposal.number).state == .done)
    #expect(throws: ProposalProblem.self) { try agree(proposal.number, asFirst) }
    #expect(throws: RequestProblem.allowed) { try scene.administration.mendings(of: denied) }
  }

  @Test("an end goes into the grant and the roles that come into being")
  func until() throws {
    let request = try deniedToNew()
    let end = scene.now.adding(days: 14)
    let proposal = try propose(request, until: end)
    #expect(proposal.title.hasSuffix(", until \(end)"))
    try agree(proposal.number, asFirst)
    var later = request
    #expect(try isAllowed(later))
    later.at = end
    #expect(try !isAllowed(later))
  }

  @Test("an end is refused for what stays after it, and one that has passed always")
  func wrongEnd() throws {
    let error = #expect(throws: RequestProblem.self) { try propose(denied, until: scene.now.adding(days: 1)) }
    guard case .takesNoEnd? = error else { Issue.record("\(String(describing: error))"); return }
    #expect(error?.exitStatus == .badData)
    let request = try deniedToNew()
    #expect(throws: RequestProblem.endPassed(scene.now)) { try propose(request, until: scene.now) }
    #expect(try scene.read { try $0.proposals(limit: 9) }.isEmpty)
  }

  @Test("what has ended is prolonged up to the end that is named, and no further without one")
  func prolonging() throws {
    try scene.change { change in
      let was = try change.reader.roles(of: .team(check.team.id))
      var becomes = was
      for role in was.elements { becomes[role] = Bounds(until: scene.now.adding(days: -1)) }
      try change.saveRoles(of: .team(check.team.id), bounded: Edit(was: was, becomes: becomes))
    }
    var request = denied
    request.list = .id(check.catalogue.lists[0])
    #expect(throws: RequestProblem.needsEnd) { try propose(request) }
    let end = scene.now.adding(days: 3)
    try agree(try propose(request, until: end).number, asFirst)
    #expect(try isAllowed(request))
    request.at = end
    #expect(try !isAllowed(request))
  }

  @Test(
    "only who may propose does, and never in read-only mode",
    arguments: [BuiltInRole.securityReader, .tokenOperator, .auditReader, .securityAdministrator])
  func permission(role: BuiltInRole) throws {
    let other = scene.administration(as: try scene.user("other", roles: [.builtIn(role)]))
    #expect(throws: AdministrationError.self) { try propose(denied, as: other) }
    let reading = asAsker
    reading.isReadOnly = true
    #expect(throws: AdministrationError.readOnly) { try propose(denied, as: reading) }
    #expect(try scene.read { try $0.proposals(limit: 9) }.isEmpty)
  }

  @Test("a change is proposed only for the request that it would allow")
  func ofAnother() throws {
    let other = try #require(try scene.administration.mendings(of: try deniedToNew()).first)
    #expect(throws: RequestProblem.changedMeanwhile) {
      try asAsker.propose(MendingRequest(other, allowing: denied, because: try Reason("x")))
    }
  }

  @Test("it is carried out by the rights of whoever agrees, and the asker agrees to nothing")
  func rights() throws {
    let number = try propose(denied).number
    #expect(throws: ProposalProblem.own) { try agree(number, asAsker) }
    let operating = scene.administration(as: try scene.user("op", roles: [.builtIn(.tokenOperator)]))
    #expect(throws: AdministrationError.self) { try agree(number, operating) }
    let clerkRole = try scene.change {
      try $0.addRole(RoleContent(name: try Name("Clerk"), permissions: [.securityRead, .tokensManage]))
    }
    let clerk = scene.administration(as: try scene.user("clerk", roles: [.custom(clerkRole.id)]))
    #expect(throws: AdministrationError.notPermitted(.teamsManage)) { try agree(number, clerk) }
    #expect(try !isAllowed(denied))
    #expect(try asAsker.proposal(number).state == .waiting)
  }

  @Test("a request that concerns whoever asked says so")
  func ownGain() throws {
    var request = denied
    request.asker = .account(AccountReference(.user, .id(asker.id)))
    let number = try propose(request).number
    let preview = try asFirst.preview(of: number, applying: Self.never)
    #expect(preview.reasons == ["it concerns “sam”, who asked for it"])
  }

  @Test("it is declined with a sentence, which the asker reads, and withdrawn by the asker alone")
  func declining() throws {
    let numbers = [try propose(denied).number, try propose(denied).number]
    #expect(throws: ProposalProblem.noReason) { try asFirst.decline(numbers[0]) }
    try asFirst.decline(numbers[0], because: try Reason("ask the owner"))
    let declined = try asAsker.proposal(numbers[0])
    #expect(declined.state == .declined && declined.because?.text == "ask the owner")
    #expect(try scene.records.last?.field("because") == ["after": "ask the owner"])
    #expect(throws: ProposalProblem.notOwn(numbers[1])) { try asFirst.withdraw(numbers[1]) }
    try asAsker.withdraw(numbers[1])
    for number in numbers { #expect(throws: ProposalProblem.self) { try agree(number, asFirst) } }
  }

  @Test("what changed meanwhile, and an asker who may propose no more, stop it")
  func stopped() throws {
    let number = try propose(denied).number
    try asSecond.change { try $0.setEnabled(false, asker.id) }
    #expect(throws: ProposalProblem.self) { try agree(number, asFirst) }
    try asSecond.change { try $0.setEnabled(true, asker.id) }
    try asSecond.change { change in
      let grant = try #require(
        try change.reader.grant(of: .team(check.team.id), on: check.catalogue.connector))
      var permissions = grant.permissions
      permissions.companies = .all
      try change.setGrant(of: .team(check.team.id), on: check.catalogue.connector, permissions)
    }
    #expect(throws: ProposalProblem.self) { try agree(number, asFirst) }
    #expect(try !isAllowed(denied))
  }

  @Test("one person's requests end before they flood the Inbox, and end nobody else's")
  func flood() throws {
    for _ in 0..<10 { _ = try propose(denied) }
    #expect(throws: ProposalProblem.tooMany) { try propose(denied) }
    let other = scene.administration(as: try scene.user("other", roles: [.builtIn(.securityRequester)]))
    _ = try propose(denied, as: other)
  }

  // MARK: Edits of pages

  /// The edit that makes an API user a member of the team.
  private func joining(
    _ account: Account, was: Set<TeamID> = []
  ) -> (Administration) throws -> Void {
    { administration in
      try administration.change { try $0.saveTeams(of: account.id, Edit(was: was, becomes: [check.team.id])) }
    }
  }

  private func teams(of account: Account) throws -> [TeamID] {
    try scene.read { try $0.teams(of: account.id).map(\.value.id) }
  }

  @Test("edits are proposed as they are, tried before, and carried out by the rights of whoever agrees")
  func edits() throws {
    let new = try scene.apiUser("New")
    #expect(throws: AdministrationError.notPermitted(.teamsManage)) { try joining(new)(asAsker) }
    #expect(try !asAsker.proposedEffect(of: joining(new)).isEmpty)
    let proposal = try asAsker.propose(because: try Reason("joins"), joining(new))
    #expect(proposal.kind == .request && proposal.reason?.text == "joins" && proposal.decision == nil)
    #expect(try teams(of: new).isEmpty)
    #expect(throws: ProposalProblem.own) { try agree(proposal.number, asAsker) }
    try agree(proposal.number, asFirst)
    #expect(try teams(of: new) == [check.team.id])
    #expect(try scene.records.last?.field("requested by") == ["after": "sam"])
  }

  @Test("an edit that is stale or changes nothing, and one of a person who may not propose, propose nothing")
  func wrongEdits() throws {
    let new = try scene.apiUser("New")
    let reason = try Reason("joins")
    #expect(throws: EditConflict<Set<TeamID>>.self) {
      try asAsker.propose(because: reason, joining(new, was: [TeamID.random()]))
    }
    try joining(new)(asFirst)
    #expect(throws: RequestProblem.changesNothing) {
      try asAsker.propose(because: reason, joining(new, was: [check.team.id]))
    }
    let reader = scene.administration(as: try scene.user("reader", roles: [.builtIn(.securityReader)]))
    for attempt in [
      { _ = try reader.propose(because: reason, joining(new)) },
      { _ = try reader.proposedEffect(of: joining(new)) },
    ] as [() throws -> Void] {
      #expect(throws: AdministrationError.notPermitted(.changesPropose)) { try attempt() }
    }
    #expect(try scene.read { try $0.proposals(limit: 9) }.isEmpty)
  }

  // MARK: Where it takes two

  /// A request whose carrying out takes two: an API user that is Administrator is enabled.
  private func proposeForTwo() throws -> Int64 {
    let boss = try scene.apiUser("Boss")
    try scene.change { change in
      try change.saveRoles(of: .account(boss.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      try change.saveTeams(of: boss.id, Edit(was: [], becomes: [check.team.id]))
      try change.setEnabled(false, boss.id)
      try change.set(.dualAdministrator, to: .flag(true))
    }
    return try propose(request(of: boss)).number
  }

  private func request(of account: Account) -> CheckRequest {
    var request = denied
    request.asker = .account(AccountReference(account.kind, .id(account.id)))
    request.list = .id(check.catalogue.lists[0])
    return request
  }

  private func carriedOn(_ number: Int64) throws -> Int64 {
    let waiting = #expect(throws: WaitingNotice.self) { try agree(number, asFirst) }
    return try #require(waiting).number
  }

  private var isBossEnabled: Bool {
    get throws {
      try scene.read { try $0.account(.apiUser, named: NameKey(try Name("Boss"))) }?.isEnabled == true
    }
  }

  @Test("where it takes two, agreeing proposes it anew, to another who is not the asker")
  func two() throws {
    let request = try proposeForTwo()
    let number = try carriedOn(request)
    #expect(try !isBossEnabled)
    #expect(try asAsker.proposal(request).state == .agreed)
    let carried = try asSecond.proposal(number)
    #expect(carried.request == request && carried.asker == "first" && carried.reason != nil)
    #expect(throws: ProposalProblem.own) { try agree(number, asFirst) }
    // The asker has become Administrator meanwhile, and still counts for nobody.
    try scene.store.write { try $0.setRoles([.builtIn(.administrator)], of: .account(asker.id)) }
    #expect(throws: ProposalProblem.own) { try agree(number, asAsker) }
    #expect(throws: ProposalProblem.own) { try asAsker.decline(number, because: try Reason("x")) }
    try agree(number, asSecond)
    #expect(try isBossEnabled)
    #expect(try asAsker.proposal(request).state == .done)
    let row = try #require(try scene.records.last { $0.action == "apiUser.edit" })
    #expect(row.actor.name == "second")
    #expect(try row.field("asked by") == ["after": "first"])
    #expect(try row.field("requested by") == ["after": "sam"])
  }

  enum Ending: CaseIterable { case withdrawnByAsker, withdrawnByFirst, declinedBySecond }

  @Test("where it takes two, either proposal's end is the other's", arguments: Ending.allCases)
  func ending(ending: Ending) throws {
    let request = try proposeForTwo()
    let number = try carriedOn(request)
    switch ending {
    case .withdrawnByAsker:
      try asAsker.withdraw(request)
      #expect(try asSecond.proposal(number).state == .withdrawn)
    case .withdrawnByFirst:
      try asFirst.withdraw(number)
      let again = try asAsker.proposal(request)
      #expect(again.state == .waiting && again.decidedBy == nil)
    case .declinedBySecond:
      #expect(throws: ProposalProblem.noReason) { try asSecond.decline(number) }
      try asSecond.decline(number, because: try Reason("no"))
      let declined = try asAsker.proposal(request)
      #expect(declined.state == .declined && declined.because?.text == "no")
    }
    #expect(throws: ProposalProblem.self) { try agree(number, asSecond) }
    #expect(try !isBossEnabled)
  }

  @Test("a puppet of the asker is no second person")
  func puppet() throws {
    let request = try proposeForTwo()
    try scene.store.write { try $0.setRoles([.builtIn(.administrator)], of: .account(asker.id)) }
    let puppet = try asAsker.change { change in
      try change.addAccount(.user, name: try Name("puppet"), unixAccount: UnixAccountName("puppet"))
    }
    try scene.store.write {
      try $0.setRoles([.builtIn(.administrator)], of: .account(puppet.id))
      try $0.setRoles([.builtIn(.securityRequester)], of: .account(asker.id))
    }
    let number = try carriedOn(request)
    #expect(throws: ProposalProblem.made("sam")) { try agree(number, scene.administration(as: puppet)) }
    try agree(number, asSecond)
  }
}

@Suite("Reasons", .onEachEngine) struct ReasonTests {
  @Test(
    "a reason has 1 to 500 characters in one line",
    arguments: [
      ("why", "why"), ("  two\n lines ", "two lines"), (" \n", nil), ("", nil), ("a\u{202E}b", nil),
      (String(repeating: "ä", count: 500), String(repeating: "ä", count: 500)),
      (String(repeating: "a", count: 501), nil),
    ] as [(String, String?)])
  func reason(text: String, read: String?) { #expect((try? Reason(text))?.text == read) }
}
