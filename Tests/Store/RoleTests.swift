import Access
import Store
import TestSupport
import Testing

@Suite struct RoleTests {
  @Test("a custom role is found, changed, and deleted from all who have it", arguments: Engine.all)
  func lives(engine: Engine) throws {
    let fixture = try Fixture(engine)
    var role = try Sample.role("Auditor", [.auditRead, .securityRead])
    let (user, team) = (try Sample.account("ops", .user), try Sample.team("Audit"))
    try fixture.write { writer in
      try writer.insert(role)
      try writer.insert(user)
      try writer.insert(team)
      #expect(try writer.customRole(named: Sample.key("AUDITOR")) == role)
      role.permissions = [.auditRead]
      role.summary = try Summary("sees the record")
      try writer.update(role)
      #expect(try writer.customRole(role.id) == role)
      #expect(try writer.customRoles() == [role])
      try writer.setRoles([.custom(role.id), .builtIn(.apiReader)], of: .account(user.id))
      try writer.setRoles([.custom(role.id)], of: .team(team.id))
      #expect(try writer.roles(of: .account(user.id)) == [.custom(role.id), .builtIn(.apiReader)])
      try writer.delete(role.id, .start)
      #expect(try writer.customRole(role.id) == nil)
      #expect(try writer.customRoles().isEmpty)
      #expect(try writer.roles(of: .account(user.id)) == [.builtIn(.apiReader)])
      #expect(try writer.roles(of: .team(team.id)).isEmpty)
      try writer.insert(try Sample.role("Auditor"))
    }
  }

  @Test("two living roles can't have one name", arguments: Engine.all)
  func nameIsTaken(engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.write { try $0.insert(try Sample.role("Auditor")) }
    #expect(throws: StoreError.self) { try fixture.write { try $0.insert(try Sample.role("auditor")) } }
  }

  @Test("holders are counted by kind, and listed by name", arguments: Engine.all)
  func holders(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let role = try Sample.role("Auditor")
    var user = try Sample.account("b", .user)
    let (portal, team) = (try Sample.account("c"), try Sample.team("a"))
    try fixture.write { writer in
      try writer.insert(role)
      for account in [user, portal] { try writer.insert(account) }
      try writer.insert(team)
      for role in [SystemRole.custom(role.id), .builtIn(.widgetReader)] {
        for subject in [SubjectID.account(user.id), .account(portal.id), .team(team.id)] {
          try writer.setRoles([role], of: subject)
        }
        #expect(try writer.holders(of: role) == RoleHolders(userCount: 1, apiUserCount: 1, teamCount: 1))
        let subjects = try writer.subjects(with: role, limit: 9)
        #expect(subjects.map(\.name.text) == ["a", "b", "c"])
        #expect(subjects.map(\.kind) == [nil, .user, .apiUser])
        #expect(subjects.map(\.id) == [.team(team.id), .account(user.id), .account(portal.id)])
        #expect(try writer.subjects(with: role, limit: 2).count == 2)
      }
      #expect(try writer.holders(of: .custom(role.id)).total == 0)
      user.name = try Name("z")
      try writer.update(user)
      try writer.delete(team.id, .start)
      #expect(try writer.subjects(with: .builtIn(.widgetReader), limit: 9).map(\.name.text) == ["c", "z"])
    }
  }
}
