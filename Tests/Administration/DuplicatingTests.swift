import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Duplicating an account or a team", .onEachEngine)
struct DuplicatingTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  @Test("the copy has teams, roles and grants with their bounds, and no token, in one transaction")
  func copies() throws {
    let catalogue = try scene.catalogue()
    let bounds = Bounds(until: scene.now.adding(days: 3))
    let original = try scene.apiUser()
    try scene.change { change in
      let team = try change.addTeam(name: try Name("Desk"))
      try change.saveMembers(of: team.id, bounded: BoundedSet(original.id, bounds), removing: [])
      try change.saveRoles(
        of: .account(original.id),
        bounded: Edit(
          was: try change.reader.roles(of: .account(original.id)),
          becomes: BoundedSet(.builtIn(.widgetReader), bounds)))
      try change.setGrant(
        of: .account(original.id), on: catalogue.connector,
        Permissions(roles: [.user], lists: .only([catalogue.lists[0]]), bounds: bounds))
      _ = try change.addToken(to: original.id, name: try Name("t"))
      try change.setEnabled(false, original.id)
    }
    var copy: Account?
    let rows = try scene.audited { copy = try $0.duplicate(original.id, as: try Name("Copy")) }
    #expect(rows.map(\.action) == ["apiUser.add", "apiUser.roles", "team.addMember", "apiUser.grant"])
    let id = try #require(copy).id
    #expect(copy?.isEnabled == false)
    let (was, now) = (try held(original.id), try held(id))
    #expect(now == was)
    #expect(now.teams == [bounds] && now.roles.count == 1 && now.grants.count == 1)
    #expect(try scene.read { try $0.tokens(of: id) }.isEmpty)
  }

  private struct Held: Equatable {
    let roles: BoundedSet<SystemRole>
    let teams: [Bounds]
    let grants: [Permissions]
  }

  private func held(_ id: AccountID) throws -> Held {
    try scene.read { reader in
      Held(
        roles: try reader.roles(of: .account(id)), teams: try reader.teams(of: id).map(\.bounds),
        grants: try reader.grants(of: .account(id)).map(\.permissions))
    }
  }

  @Test("nobody duplicates what they may not give")
  func refuses() throws {
    let original = try scene.apiUser()
    try scene.change { change in
      let team = try change.addTeam(name: try Name("Desk"))
      try change.saveTeams(of: original.id, Edit(was: [], becomes: [team.id]))
    }
    let limited = scene.administration(only: [.apiUsersManage, .securityRead])
    #expect(throws: AdministrationError.notPermitted(.teamsManage)) {
      try limited.change { try $0.duplicate(original.id, as: try Name("Copy")) }
    }
    #expect(try scene.read { try $0.account(.apiUser, named: NameKey(try Name("Copy"))) } == nil)
    #expect(throws: AdministrationError.nameTaken(kind: "API user", name: original.name)) {
      try scene.change { try $0.duplicate(original.id, as: original.name) }
    }
  }

  @Test(
    "a team's copy has its roles and grants, and members only where that is said", arguments: [false, true])
  func team(withMembers: Bool) throws {
    let catalogue = try scene.catalogue()
    let member = try scene.apiUser()
    let bounds = Bounds(until: scene.now.adding(days: 3))
    let team = try scene.change { change in
      let team = try change.addTeam(name: try Name("Desk"), summary: try Summary("of the phone"))
      try change.saveMembers(of: team.id, bounded: BoundedSet(member.id, bounds), removing: [])
      try change.saveRoles(
        of: .team(team.id), bounded: Edit(was: [], becomes: BoundedSet(.builtIn(.widgetReader), bounds)))
      try change.setGrant(
        of: .team(team.id), on: catalogue.connector, Permissions(roles: [.user], lists: .all, bounds: bounds))
      return team
    }
    let copy = try scene.change {
      try $0.duplicate(team.id, as: try Name("Desk 2"), withMembers: withMembers)
    }
    #expect(copy.summary == team.summary)
    let rights = try scene.read { reader in try [team, copy].map { try reader.rights(of: .team($0.id)) } }
    #expect(rights[0] == rights[1] && rights[1].roles.count == 1 && rights[1].grants.count == 1)
    let members = try scene.read { try $0.members(of: copy.id, among: [member.id]) }
    #expect(members == (withMembers ? BoundedSet(member.id, bounds) : []))
  }
}
