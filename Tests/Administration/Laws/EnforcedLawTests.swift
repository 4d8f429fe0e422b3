import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Enforced laws", .onEachEngine)
struct EnforcedLawTests {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let portal: Account
  let team: Team

  /// The API user sees Mexico, a team without members gives the US, and a law keeps the two apart.
  init() throws {
    scene = try Scene()
    let made = try scene.catalogue()
    catalogue = made
    portal = try scene.apiUser()
    team = try scene.change { try $0.addTeam(name: try Name("Sales US")) }
    let (portal, team) = (portal.id, team.id)
    try scene.change { change in
      try change.setGrant(of: .account(portal), on: made.connector, Self.sales(made.companies[0], made.lists))
      try change.setGrant(of: .team(team), on: made.connector, Self.sales(made.companies[1], made.lists))
      try change.addLaw(try Self.apart())
    }
  }

  private static func sales(
    _ company: CompanyID, _ lists: [ListID], _ bounds: Bounds = .always
  ) -> Permissions {
    Permissions(roles: [.user], companies: .only([company]), lists: .only([lists[0]]), bounds: bounds)
  }

  private static func apart(
    _ mode: LawMode = .enforce, reason: String = "one country each", except: [Name: Timestamp] = [:]
  ) throws -> Law<AsWritten> {
    func what(_ company: String) throws -> LawWhat<AsWritten> {
      try LawWhat(connector: Name("Business Central"), companies: .only([Name(company)]))
    }
    return try Law(
      name: Name("apart"), reason: Summary(reason), mode: mode,
      form: .apart(LawWho(apiUsers: .all), what("MX"), what("US")), exceptions: except)
  }

  private static let counterexample =
    "this would break the law “apart” (one country each): API user “Portal Mexico” can see both Sales Orders of MX "
    + "(Business Central), by apiUser:Portal Mexico, and Sales Orders of US (Business Central), by "

  private func isRefused(
    by giver: String = "team:Sales US", at place: SourceLocation = #_sourceLocation,
    _ body: (Change) throws -> Void
  ) throws {
    let before = try scene.records.filter(\.isChange).count
    do {
      try scene.change(body)
      Issue.record("the change was made", sourceLocation: place)
    } catch let trouble as LawTrouble {
      #expect(trouble.message == Self.counterexample + giver, sourceLocation: place)
      #expect(trouble.exitStatus == .badData, sourceLocation: place)
      #expect(
        trouble.hint?.contains("popsec explain --api-user 'Portal Mexico'") == true, sourceLocation: place)
    }
    #expect(try scene.records.filter(\.isChange).count == before, sourceLocation: place)
  }

  private func join(_ change: Change, _ bounds: Bounds = .always) throws {
    try change.saveMembers(of: team.id, bounded: BoundedSet(portal.id, bounds), removing: [])
  }

  @Test("no road leads past a law: grants, members, restored things, undone changes, what begins later")
  func roads() throws {
    try isRefused { try join($0) }
    try isRefused(by: "apiUser:Portal Mexico") { change in
      var both = Self.sales(catalogue.companies[0], catalogue.lists)
      both.companies = .only(Set(catalogue.companies))
      try change.setGrant(of: .account(portal.id), on: catalogue.connector, both)
    }
    let soon = scene.now.adding(days: 30)
    do {
      try scene.change { try join($0, Bounds(from: soon)) }
      Issue.record("what begins later was given")
    } catch let trouble as LawTrouble { #expect(trouble.message.hasSuffix(", from \(soon)")) }

    // The team is deleted with its member-to-be, who joins nothing that lives, and comes back with it.
    let deleted = DeletedThing(.team, team.id)
    try scene.change { change in
      try change.removeLaw(named: try Name("apart"))
      try join(change)
    }
    try scene.change { change in
      try change.deleteTeam(team.id)
      try change.addLaw(try Self.apart())
    }
    try isRefused { try $0.restore(deleted) }
    // Undoing what deleted the team and added the law takes both back, as the law does not outlive it.
    let taken = try #require(try scene.administration.ownChanges().first)
    try scene.administration.undo(taken.number)
    #expect(try scene.read { try $0.laws() } == [])
    #expect(throws: LawTrouble.self) { try scene.change { try $0.addLaw(try Self.apart()) } }
  }

  @Test("a removed member does not come back by undoing, once there is the law")
  func undoing() throws {
    try scene.change { change in
      try change.removeLaw(named: try Name("apart"))
      try join(change)
    }
    try scene.change { try $0.saveMembers(of: team.id, adding: [], removing: [portal.id]) }
    let number = try #require(try scene.administration.ownChanges().first).number
    try scene.change { try $0.addLaw(try Self.apart()) }
    #expect(throws: LawTrouble.self) { try scene.administration.undo(number) }
    #expect(try scene.read { try $0.memberCount(MemberQuery(team: team.id)) } == 0)
  }

  @Test("a proposal that would break a law is refused when it is made, and when somebody agrees to it")
  func proposing() throws {
    let asker = scene.administration(as: try scene.user("sam", roles: [.builtIn(.securityRequester)]))
    let decider = scene.administration(as: try scene.user("ada", roles: [.builtIn(.administrator)]))
    func propose() throws -> Proposal {
      try asker.propose(because: try Reason("the fair")) { try $0.change { try join($0) } }
    }
    #expect(throws: LawTrouble.self) { try propose() }
    try scene.change { try $0.removeLaw(named: try Name("apart")) }
    let proposal = try propose()
    try scene.change { try $0.addLaw(try Self.apart()) }
    #expect(throws: LawTrouble.self) {
      try decider.agree(to: proposal.number) { _, _, _ in Issue.record("no file was proposed") }
    }
    #expect(try scene.read { try $0.memberCount(MemberQuery(team: team.id)) } == 0)
  }

  @Test("changing or removing a law takes two where that is set, and adding one does not")
  func takingTwo() throws {
    for name in ["ada", "bob"] { _ = try scene.user(name, roles: [.builtIn(.administrator)]) }
    try scene.change { try $0.set(.dualLaws, to: .flag(true)) }
    #expect(throws: WaitingNotice.self) { try scene.change { try $0.removeLaw(named: try Name("apart")) } }
    #expect(try scene.read { try $0.laws().count } == 1)
    let owned = try Law(
      name: Name("watched"), mode: .watch, form: .owned(checked: LawWho<AsWritten>(apiUsers: .all)))
    try scene.change { try $0.addLaw(owned) }
  }

  @Test("the role Administrator lets an API user see everything")
  func administrator() throws {
    let roles: Set<SystemRole> = [.builtIn(.administrator)]
    #expect(throws: LawTrouble.self) {
      try scene.change { try $0.saveRoles(of: .account(portal.id), Edit(was: [], becomes: roles)) }
    }
    #expect(throws: LawTrouble.self) {
      try scene.change { change in
        try change.setGrant(of: .team(team.id), on: catalogue.connector, .none)
        try join(change)
        try change.saveRoles(of: .team(team.id), Edit(was: [], becomes: roles))
      }
    }
    // A user who is Administrator is exempt.
    _ = try scene.user("ada", roles: roles)
  }

  @Test("disabling, revoking, deleting and taking away go on, whatever they break")
  func taking() throws {
    let owner = try scene.user("ada")
    let token = try scene.token(of: portal)
    let within = try Law(
      name: Name("within"),
      form: .within(LawWho<AsWritten>(apiUsers: .members([Name("Sales MX")])), Name("Sales MX")))
    let owned = try Law(
      name: Name("owned"), form: .owned(checked: LawWho<AsWritten>(apiUsers: .all)))
    let inside = try scene.change { try $0.addTeam(name: try Name("Sales MX")) }
    try scene.change { change in
      try change.setGrant(
        of: .team(inside.id), on: catalogue.connector, Self.sales(catalogue.companies[0], catalogue.lists))
      try change.saveMembers(of: inside.id, adding: [portal.id], removing: [])
      try change.setParticulars(Particulars(owner: .user(owner.id)), of: portal.id)
      try change.addLaw(within)
      try change.addLaw(owned)
    }
    try scene.change { try $0.setEnabled(false, owner.id) }
    try scene.change { try $0.setGrant(of: .team(inside.id), on: catalogue.connector, .none) }
    try scene.change { try $0.revoke(token.id) }
    try scene.change { try $0.setEnabled(false, portal.id) }
    try scene.change { try $0.deleteAccount(owner.id) }
    try scene.change { try $0.deleteTeam(inside.id) }
    let broken = try scene.read { reader in
      let source = AccessSource(reader)
      return try LawChecker(try reader.laws(), source, at: scene.now).breaches(by: portal.id).map(
        \.law.name.text)
    }
    #expect(broken == ["owned"])
    // What is broken does not stop other work on the same API user.
    try scene.change { try $0.rename(portal.id, to: try Name("Portal of Mexico")) }
  }

  @Test("a law that is broken is taken to watch, and enforced once it holds")
  func watching() throws {
    try scene.change { change in
      try change.removeLaw(named: try Name("apart"))
      try join(change)
    }
    #expect(throws: LawTrouble.self) { try scene.change { try $0.addLaw(try Self.apart()) } }
    try scene.change { try $0.addLaw(try Self.apart(.watch)) }
    let edit = Edit(was: try Self.apart(.watch), becomes: try Self.apart())
    #expect(throws: LawTrouble.self) { try scene.change { try $0.changeLaw(edit) } }
    try scene.change { try $0.saveMembers(of: team.id, adding: [], removing: [portal.id]) }
    try scene.change { try $0.changeLaw(edit) }
    try isRefused { try join($0) }
    let excepted = try Self.apart(except: [portal.name: scene.now.adding(days: 3)])
    try scene.change { try $0.changeLaw(Edit(was: try Self.apart(), becomes: excepted)) }
    try scene.change { try join($0, Bounds(until: scene.now.adding(days: 3))) }
  }

  @Test("laws follow what is renamed, and undoing renames back in them")
  func renaming() throws {
    let connector = try scene.read { try #require(try $0.connector(catalogue.connector)) }
    let company = try scene.read {
      try #require(try $0.companies(of: connector.id).first { $0.name.text == "US" })
    }
    try scene.change { change in
      try change.update(Connector(id: connector.id, name: try Name("Navision")), was: connector)
      try change.update(
        Company(id: company.id, connector: connector.id, name: try Name("USA")), was: company)
    }
    let law = try scene.read { try #require(try $0.laws().first) }
    #expect(
      LawWords(law).rule
        == "API users never see both anything of MX (Navision) and anything of USA (Navision)")
    #expect(throws: LawTrouble.self) { try scene.change { try join($0) } }
    let number = try #require(try scene.administration.ownChanges().first).number
    try scene.administration.undo(number)
    #expect(try scene.read { try $0.laws() } == [try Self.apart()])
  }

  @Test("a preview tells what would be refused, and what would be broken by taking away")
  func previews() throws {
    let effect = try scene.administration.effect { administration in
      try administration.change { try join($0) }
    }
    let texts = EffectWords(effect).lines.filter { $0.tone == .warning }.map(\.text)
    #expect(
      texts.first?.hasPrefix("is refused, because it breaks the law “apart” (one country each): ") == true)
    let trial = try scene.administration.trial(of: { try join($0) }, isMeant: true)
    #expect(trial.effect?.warnings.isEmpty == false)
    let owned = try Law(name: Name("owned"), form: .owned(checked: LawWho<AsWritten>(apiUsers: .all)))
    let owner = try scene.user("ada")
    try scene.change { change in
      try change.setParticulars(Particulars(owner: .user(owner.id)), of: portal.id)
      try change.addLaw(owned)
    }
    let disabling = try scene.administration.effect { administration in
      try administration.change { try $0.setEnabled(false, owner.id) }
    }
    #expect(
      EffectWords(disabling).lines.first?.text
        == "breaks the law “owned”: API user “Portal Mexico”: its owner is disabled")
  }

  @Test("only an Administrator changes laws, or takes a subject out of whom a law means")
  func rights() throws {
    let label = try Labels([Label("kind=portal")])
    let law = try Law(
      name: Name("portals"), form: .owned(checked: LawWho<AsWritten>(apiUsers: .labelled(label))))
    try scene.change { change in
      try change.setParticulars(Particulars(owner: .text(try OwnerText("web")), labels: label), of: portal.id)
      try change.addLaw(law)
    }
    let manager = try scene.user("mary", roles: [.builtIn(.securityAdministrator)])
    let other = scene.administration(as: manager)
    #expect(throws: AdministrationError.notAdministrator("change the laws")) {
      try other.change { try $0.removeLaw(named: law.name) }
    }
    #expect(throws: LawTrouble.takesOut(subject: "the API user “Portal Mexico”", law: law.name)) {
      try other.change {
        try $0.setParticulars(Particulars(owner: .text(try OwnerText("web"))), of: portal.id)
      }
    }
    try other.change { try $0.rename(portal.id, to: try Name("Portal MX")) }
    try scene.change { try $0.setParticulars(Particulars(owner: .text(try OwnerText("web"))), of: portal.id) }
  }

  @Test("each change of a law has its audit row, and is undone")
  func auditing() throws {
    let rows = try scene.audited { change in
      try change.changeLaw(Edit(was: try Self.apart(), becomes: try Self.apart(.watch)))
      try change.removeLaw(named: try Name("APART"))
    }
    #expect(rows.map(\.action) == ["law.edit", "law.remove"])
    #expect(rows[0].target == AuditTarget(.law, id: "apart", name: "apart"))
    #expect(rows[0].fields.map(\.name) == ["mode"])
    let number = try #require(try scene.administration.ownChanges().first).number
    try scene.administration.undo(number)
    #expect(try scene.read { try $0.laws() } == [try Self.apart()])
  }
}
