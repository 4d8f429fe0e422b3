import Access
import Administration
import Store
import Testing

@Suite struct PermissionTests {
  let scene: Scene
  let account: Account
  let user: Account
  let token: Token
  let team: Team
  let role: CustomRole
  let catalogue: Scene.Catalogue

  init() throws {
    let scene = try Scene()
    let account = try scene.apiUser()
    (self.scene, self.account) = (scene, account)
    token = try scene.token(of: account)
    user = try scene.change { try $0.addAccount(.user, name: try Name("ops")) }
    team = try scene.change { try $0.addTeam(name: try Name("Sales")) }
    role = try scene.change {
      try $0.addRole(RoleContent(name: try Name("Auditor"), permissions: [.auditRead]))
    }
    catalogue = try scene.catalogue()
  }

  /// Every use case, and the permissions without each of which it is refused.
  private var useCases: [([Permission], (Change) throws -> Void)] {
    let name = account.name
    let none = Permissions(roles: [.reader])
    return [
      ([.apiUsersManage], { _ = try $0.addAccount(.apiUser, name: try Name("new")) }),
      ([.usersManage], { _ = try $0.addAccount(.user, name: try Name("new")) }),
      ([.apiUsersManage], { try $0.rename(account.id, to: try Name("new")) }),
      ([.usersManage], { try $0.rename(user.id, to: try Name("new")) }),
      ([.apiUsersManage], { try $0.setEnabled(false, account.id) }),
      ([.apiUsersManage], { try $0.deleteAccount(account.id) }),
      ([.usersManage], { try $0.deleteAccount(user.id) }),
      ([.usersManage], { try $0.setPublicKeys(["k"], of: user.id) }),
      ([.tokensManage], { _ = try $0.addToken(to: account.id, name: name) }),
      ([.tokensManage], { try $0.rename(token.id, to: name) }),
      ([.tokensManage], { try $0.setExpiry(.never, of: token.id) }),
      ([.tokensManage], { try $0.setDisabled(true, token.id) }),
      ([.tokensManage], { try $0.setLimits(TokenLimits(requestsPerMinute: 1), of: token.id) }),
      ([.tokensManage], { _ = try $0.rotate(token.id, olderValidUntil: $0.now) }),
      ([.tokensManage], { try $0.revoke(token.id) }),
      ([.tokensCopy], { _ = try $0.reveal(token.id, for: .copy) }),
      ([.teamsManage], { _ = try $0.addTeam(name: name) }),
      ([.teamsManage], { try $0.deleteTeam(team.id) }),
      ([.teamsManage], { try $0.saveMembers(of: team.id, adding: [account.id], removing: []) }),
      ([.teamsManage], { try $0.saveTeams(of: account.id, Edit(was: [], becomes: [team.id])) }),
      ([.rolesManage], { _ = try $0.addRole(RoleContent(name: name, permissions: [])) }),
      ([.rolesManage, .auditRead], { try $0.deleteRole(role.id) }),
      (
        [.apiUsersManage, .auditRead],
        { try $0.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.custom(role.id)])) }
      ),
      (
        [.teamsManage, .auditRead],
        { try $0.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.custom(role.id)])) }
      ),
      ([.apiUsersManage], { try $0.setGrant(of: .account(account.id), on: catalogue.connector, none) }),
      (
        [.teamsManage, .apiUsersManage],
        { try $0.setGrant(of: .team(team.id), on: catalogue.connector, none) }
      ),
      ([.catalogueManage], { _ = try $0.addConnector(name) }),
      ([.catalogueManage], { _ = try $0.addCompany(name, to: catalogue.connector) }),
      ([.catalogueManage], { _ = try $0.addList(name, group: nil, to: catalogue.connector) }),
      ([.catalogueManage], { _ = try $0.addItem(name, .detail, to: catalogue.lists[0]) }),
    ]
  }

  @Test("with any one permission less than it needs every use case is refused, and only the refusal recorded")
  func refuses() throws {
    let before = try scene.records
    for (index, (needed, body)) in useCases.enumerated() {
      for missing in needed {
        let others = Set(Permission.allCases).subtracting([missing])
        let error = #expect(throws: AdministrationError.self, "use case \(index)") {
          try scene.administration(only: others).change(body)
        }
        #expect(error?.isRefusal == true, "use case \(index)")
      }
    }
    let added = try scene.records.dropFirst(before.count)
    #expect(!added.isEmpty)
    #expect(added.allSatisfy { $0.action == "attempt.refused" })
    #expect(try scene.read { try $0.account(account.id) } == account)
    #expect(try scene.read { try $0.token(token.id) } == token)
  }

  @Test("with what it needs alone every use case is carried out, and recorded")
  func permits() throws {
    for (index, (needed, body)) in useCases.enumerated() {
      // Each on a store of its own kind: what one deletes another needs.
      let before = try scene.records.count
      #expect(throws: Undo.self, "use case \(index)") {
        try scene.administration(only: Set(needed)).change { change in
          try body(change)
          #expect(
            try change.reader.auditRecords(after: Int64(before), limit: 10).count > 0, "use case \(index)")
          throw Undo()
        }
      }
      #expect(try scene.records.count == before)
    }
  }

  @Test("reading needs a permission, too")
  func reading() {
    #expect(throws: AdministrationError.notPermitted(.securityRead)) {
      try scene.administration(only: [.auditRead]).read { _ in }
    }
    #expect(throws: AdministrationError.notPermitted(.securityRead)) {
      try scene.administration(only: []).whois(pasted: TokenID.generate().revealed)
    }
  }

  private struct Undo: Error {}
}
