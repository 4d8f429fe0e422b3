import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct TeamTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private func team(_ name: String) throws -> Team {
    try scene.change { try $0.addTeam(name: try Name(name)) }
  }

  @Test("a team is added, edited and deleted, each recorded")
  func lifecycle() throws {
    let team = try team("Sales MX")
    let was = TeamGeneral(team)
    let becomes = TeamGeneral(name: try Name("Sales"), summary: try Summary("people who sell"))
    let records = try scene.audited { change in
      try change.saveGeneral(team.id, Edit(was: was, becomes: becomes))
      try change.deleteTeam(team.id)
    }
    #expect(records.map(\.action) == ["team.edit", "team.delete"])
    #expect(try records.first?.field("description") == ["before": "", "after": "people who sell"])
    #expect(try scene.read { try $0.team(team.id) } == nil)
  }

  @Test("its name is unique")
  func names() throws {
    _ = try team("Sales")
    #expect(throws: AdministrationError.self) { try team("SALES") }
  }

  @Test("members come and go, and only what changes is recorded")
  func members() throws {
    let team = try team("Sales")
    let (one, two) = (try scene.apiUser("one"), try scene.apiUser("two"))
    let joined = try scene.audited {
      try $0.saveMembers(of: team.id, adding: [one.id, two.id], removing: [])
    }
    #expect(joined.map(\.action) == ["team.addMember", "team.addMember"])
    let changed = try scene.audited { try $0.saveMembers(of: team.id, adding: [one.id], removing: [two.id]) }
    #expect(changed.map(\.action) == ["team.removeMember"])
    #expect(try scene.read { try $0.teams(of: one.id) }.map(\.value.id) == [team.id])
    #expect(try scene.read { try $0.teams(of: two.id) }.isEmpty)
  }

  @Test("the teams of an account are saved as a whole, and conflicts are reported")
  func teamsOfAccount() throws {
    let (one, two) = (try team("one"), try team("two"))
    let account = try scene.apiUser()
    try scene.change { try $0.saveTeams(of: account.id, Edit(was: [], becomes: [one.id])) }
    #expect(throws: EditConflict<Set<TeamID>>.self) {
      try scene.change { try $0.saveTeams(of: account.id, Edit(was: [], becomes: [two.id])) }
    }
    #expect(try scene.read { try $0.teams(of: account.id) }.map(\.value.id) == [one.id])
  }
}

@Suite(.onEachEngine) struct RoleTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private func content(_ name: String) throws -> RoleContent {
    RoleContent(name: try Name(name), permissions: [.securityRead])
  }

  @Test(
    "a custom role can't have a built-in one's name",
    arguments: ["Administrator", "administrator", "APIREADER"])
  func reserved(name: String) throws {
    let content = try content(name)
    #expect(throws: AdministrationError.nameReserved(content.name)) {
      try scene.change { try $0.addRole(content) }
    }
  }

  @Test("a custom role is added, edited and deleted, each recorded")
  func lifecycle() throws {
    let before = try content("Auditor")
    let role = try scene.change { try $0.addRole(before) }
    var after = before
    after.permissions = [.auditRead]
    let edited = try scene.audited { try $0.saveRole(role.id, Edit(was: before, becomes: after)) }
    #expect(try edited.first?.field("permissions") == ["before": "security.read", "after": "audit.read"])
    #expect(throws: EditConflict<RoleContent>.self) {
      try scene.change { try $0.saveRole(role.id, Edit(was: before, becomes: try content("Other"))) }
    }
    #expect(throws: AdministrationError.self) { try scene.change { try $0.addRole(try content("AUDITOR")) } }
  }

  @Test("deleting a role takes it from all who have it")
  func deletes() throws {
    let role = try scene.change { try $0.addRole(try content("Auditor")) }
    let account = try scene.apiUser()
    let subject = SubjectID.account(account.id)
    try scene.change {
      try $0.saveRoles(of: subject, Edit(was: [], becomes: [.custom(role.id), .builtIn(.apiReader)]))
    }
    let records = try scene.audited { try $0.deleteRole(role.id) }
    #expect(try records.first?.field("holders") == ["before": "1", "after": "0"])
    #expect(try scene.read { try $0.roles(of: subject) } == [.builtIn(.apiReader)])
  }

  @Test("roles of a subject are saved as a whole, and conflicts are reported")
  func roles() throws {
    let account = try scene.apiUser()
    let subject = SubjectID.account(account.id)
    let records = try scene.audited {
      try $0.saveRoles(of: subject, Edit(was: [], becomes: [.builtIn(.widgetReader)]))
    }
    #expect(records.map(\.action) == ["apiUser.roles"])
    #expect(try records.first?.field("roles") == ["before": "", "after": "WidgetReader"])
    #expect(throws: EditConflict<Set<SystemRole>>.self) {
      try scene.change { try $0.saveRoles(of: subject, Edit(was: [], becomes: [.builtIn(.apiReader)])) }
    }
  }
}
