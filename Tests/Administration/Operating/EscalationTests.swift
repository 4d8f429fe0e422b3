import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

/// Nobody gives, by whatever road, what they lack.
@Suite(.onEachEngine) struct EscalationTests {
  let scene: Scene
  let boss: Account
  /// SecurityAdministrator.
  let clerk: Account
  /// An API user.
  let portal: Account
  let admins: Team
  let readers: Team
  let auditor: CustomRole
  let catalogue: Scene.Catalogue

  init() throws {
    let scene = try Scene()
    self.scene = scene
    boss = try scene.user("boss", roles: [.builtIn(.administrator)])
    clerk = try scene.user("clerk", roles: [.builtIn(.securityAdministrator)])
    portal = try scene.apiUser()
    admins = try scene.change { try $0.addTeam(name: try Name("Admins")) }
    readers = try scene.change { try $0.addTeam(name: try Name("Readers")) }
    auditor = try scene.change {
      try $0.addRole(RoleContent(name: try Name("Auditor"), permissions: [.auditRead, .securityRead]))
    }
    catalogue = try scene.catalogue()
    try scene.change { [admins, readers] in
      try $0.saveRoles(of: .team(admins.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      try $0.saveRoles(of: .team(readers.id), Edit(was: [], becomes: [.builtIn(.widgetReader)]))
    }
  }

  private func give(_ role: SystemRole, to subject: SubjectID, _ change: Change) throws {
    let was = try change.reader.roles(of: subject).elements
    try change.saveRoles(of: subject, Edit(was: was, becomes: was.union([role])))
  }

  /// What a SecurityAdministrator tries, and may not.
  private var roads: [(String, (Change) throws -> Void)] {
    [
      ("Administrator to oneself", { try give(.builtIn(.administrator), to: .account(clerk.id), $0) }),
      ("Administrator to an API user", { try give(.builtIn(.administrator), to: .account(portal.id), $0) }),
      ("Administrator to a team", { try give(.builtIn(.administrator), to: .team(readers.id), $0) }),
      ("a custom role with more", { try give(.custom(auditor.id), to: .account(portal.id), $0) }),
      ("WidgetAdministrator", { try give(.builtIn(.widgetAdministrator), to: .account(portal.id), $0) }),
      ("joining the administrators", { try $0.saveMembers(of: admins.id, adding: [clerk.id], removing: []) }),
      (
        "an API user among them",
        { try $0.saveTeams(of: portal.id, Edit(was: [], becomes: [admins.id])) }
      ),
      ("throwing one out", { try $0.saveMembers(of: admins.id, adding: [], removing: [boss.id]) }),
      (
        "taking their role",
        { try $0.saveRoles(of: .team(admins.id), Edit(was: [.builtIn(.administrator)], becomes: [])) }
      ),
      ("deleting their team", { try $0.deleteTeam(admins.id) }),
      ("a key for an administrator", { try $0.addPublicKey(try SSHPublicKey(Keys.one), to: boss.id) }),
      (
        "a Unix account for one",
        {
          let was = AccountGeneral(boss)
          var becomes = was
          becomes.unixAccount = UnixAccountName("clerk2")
          try $0.saveGeneral(boss.id, Edit(was: was, becomes: becomes))
        }
      ),
      ("disabling one", { try $0.setEnabled(false, boss.id) }),
      ("deleting one", { try $0.deleteAccount(boss.id) }),
      ("renaming one", { try $0.rename(boss.id, to: try Name("nobody")) }),
      ("a role", { _ = try $0.addRole(RoleContent(name: try Name("R"), permissions: [.securityRead])) }),
      ("WidgetReader to oneself", { try give(.builtIn(.widgetReader), to: .account(clerk.id), $0) }),
      (
        "joining a team that opens widgets",
        { try $0.saveMembers(of: readers.id, adding: [clerk.id], removing: []) }
      ),
      (
        "data to oneself",
        { try $0.setGrant(of: .account(clerk.id), on: catalogue.connector, Permissions(roles: [.user])) }
      ),
    ]
  }

  @Test("a SecurityAdministrator gives nothing that they lack, and no data to themselves, by any road")
  func roadsAreClosed() throws {
    try scene.change { try $0.saveMembers(of: admins.id, adding: [boss.id], removing: []) }
    let asClerk = scene.administration(as: clerk)
    for (name, road) in roads {
      let error = #expect(throws: AdministrationError.self, "\(name)") { try asClerk.change(road) }
      #expect(error?.isRefusal == true, "\(name): \(error?.message ?? "")")
    }
    #expect(
      try scene.read { try $0.authority(of: clerk.id) }.at(scene.now)
        == Authority(permissions: BuiltInRole.securityAdministrator.permissions))
  }

  @Test("an Administrator may do each of these")
  func administratorMay() throws {
    struct Undo: Error {}
    let asBoss = scene.administration(as: try scene.user("other", roles: [.builtIn(.administrator)]))
    try scene.change { try $0.saveMembers(of: admins.id, adding: [boss.id], removing: []) }
    for (name, road) in roads {
      #expect(throws: Undo.self, "\(name)") {
        try asBoss.change { change in
          try road(change)
          throw Undo()
        }
      }
    }
  }

  @Test("a SecurityAdministrator does what the role is for")
  func clerkMay() throws {
    try scene.administration(as: clerk).change { change in
      let operatorUser = try change.addAccount(.user, name: try Name("op"))
      try give(.builtIn(.tokenOperator), to: .account(operatorUser.id), change)
      try change.addPublicKey(try SSHPublicKey(Keys.one), to: operatorUser.id)
      try give(.builtIn(.widgetReader), to: .account(portal.id), change)
      try change.setGrant(of: .account(portal.id), on: catalogue.connector, Permissions(roles: [.user]))
      try change.saveMembers(of: readers.id, adding: [portal.id], removing: [])
      try change.setEnabled(false, operatorUser.id)
      try change.deleteAccount(operatorUser.id)
    }
  }

  @Test("adding to a team that has data, for a member of nothing, takes apiUsers.manage")
  func dataByTeam() throws {
    try scene.change { change in
      try change.setGrant(of: .team(admins.id), on: catalogue.connector, Permissions(roles: [.user]))
      try change.saveRoles(of: .team(admins.id), Edit(was: [.builtIn(.administrator)], becomes: []))
    }
    let join: (Change) throws -> Void = {
      try $0.saveMembers(of: admins.id, adding: [portal.id], removing: [])
    }
    #expect(throws: AdministrationError.notPermitted(.apiUsersManage)) {
      try scene.administration(only: [.teamsManage]).change(join)
    }
    try scene.administration(only: [.teamsManage, .apiUsersManage]).change(join)
  }

  @Test("editing a role counts for all its holders")
  func editingRoles() throws {
    let roleEditor = try scene.change {
      try $0.addRole(RoleContent(name: try Name("Editor"), permissions: [.rolesManage, .apiUsersManage]))
    }
    let editor = try scene.user("editor", roles: [.custom(roleEditor.id)])
    let asEditor = scene.administration(as: editor)
    func save(_ role: CustomRole, _ permissions: Set<Permission>) throws {
      let was = RoleContent(role)
      let becomes = RoleContent(name: role.name, permissions: permissions)
      try asEditor.change { try $0.saveRole(role.id, Edit(was: was, becomes: becomes)) }
    }
    #expect(throws: AdministrationError.beyond(.permission(.securityRead), auditor.name)) {
      try save(auditor, [.rolesManage])
    }
    #expect(throws: AdministrationError.beyond(.permission(.auditRead), roleEditor.name)) {
      try save(roleEditor, [.rolesManage, .auditRead])
    }
    #expect(throws: AdministrationError.toOneself) {
      try save(roleEditor, [.rolesManage, .apiUsersManage, .widgetsRead])
    }
    #expect(throws: AdministrationError.beyond(.permission(.securityRead), auditor.name)) {
      try asEditor.change { try $0.deleteRole(auditor.id) }
    }
  }

  @Test("the last enabled Administrator stays, by whatever road they would go")
  func lastAdministrator() throws {
    let roads: [(Change) throws -> Void] = [
      { try $0.setEnabled(false, boss.id) }, { try $0.deleteAccount(boss.id) },
      { try $0.saveRoles(of: .account(boss.id), Edit(was: [.builtIn(.administrator)], becomes: [])) },
    ]
    for road in roads {
      #expect(throws: AdministrationError.lastAdministrator) { try scene.change(road) }
    }
    // By a team there is another.
    try scene.change { try $0.saveMembers(of: admins.id, adding: [clerk.id], removing: []) }
    try scene.change { try $0.setEnabled(false, boss.id) }
    let more: [(Change) throws -> Void] = [
      { try $0.deleteTeam(admins.id) }, { try $0.setEnabled(false, clerk.id) },
      { try $0.saveMembers(of: admins.id, adding: [], removing: [clerk.id]) },
      { try $0.saveRoles(of: .team(admins.id), Edit(was: [.builtIn(.administrator)], becomes: [])) },
    ]
    for road in more {
      #expect(throws: AdministrationError.lastAdministrator) { try scene.change(road) }
    }
  }

  @Test("nobody locks themselves out")
  func lockOut() throws {
    let asClerk = scene.administration(as: clerk)
    var other = AccountGeneral(clerk)
    other.unixAccount = nil
    let roads: [(Change) throws -> Void] = [
      { try $0.setEnabled(false, clerk.id) }, { try $0.deleteAccount(clerk.id) },
      { try $0.saveGeneral(clerk.id, Edit(was: AccountGeneral(clerk), becomes: other)) },
      {
        try $0.saveRoles(of: .account(clerk.id), Edit(was: [.builtIn(.securityAdministrator)], becomes: []))
      },
    ]
    for road in roads { #expect(throws: AdministrationError.lockOut) { try asClerk.change(road) } }
  }

  @Test("whoever is disabled, deleted or loses key, Unix account or roles may do nothing from then on")
  func endsAtOnce() throws {
    let cases: [(SignedOutReason, (Change) throws -> Void)] = [
      (.disabled, { try $0.setEnabled(false, clerk.id) }),
      (
        .means,
        {
          try $0.setEnabled(true, clerk.id)
          var other = AccountGeneral(clerk)
          other.unixAccount = UnixAccountName("somebody")
          try $0.saveGeneral(clerk.id, Edit(was: AccountGeneral(clerk), becomes: other))
        }
      ),
      (.deleted, { try $0.deleteAccount(clerk.id) }),
    ]
    let asClerk = scene.administration(as: clerk)
    #expect(try asClerk.authority().may(.apiUsersManage))
    for (reason, change) in cases {
      try scene.change(change)
      #expect(throws: AdministrationError.signedOut(reason)) { try asClerk.read { _ in } }
      #expect(throws: AdministrationError.signedOut(reason)) {
        try asClerk.change { _ = try $0.addTeam(name: try Name("T")) }
      }
      #expect(!asClerk.may(.securityRead))
    }
  }

  @Test("a key is one user's")
  func keysAreUnique() throws {
    let key = try SSHPublicKey(Keys.one)
    try scene.change { try $0.addPublicKey(key, to: boss.id) }
    let withComment = try SSHPublicKey(Keys.one + " another comment")
    #expect(throws: AdministrationError.publicKeyTaken(boss.name)) {
      try scene.change { try $0.addPublicKey(withComment, to: clerk.id) }
    }
    // The same key anew only changes its comment.
    try scene.change { try $0.addPublicKey(withComment, to: boss.id) }
    #expect(try scene.read { try $0.publicKeys(of: boss.id) } == [withComment.description])
  }

  @Test("in read-only mode every change is refused by that name, and reading and copying are not")
  func readOnly() throws {
    let administration = scene.administration(as: boss)
    let token = try scene.token(of: portal)
    administration.isReadOnly = true
    #expect(throws: AdministrationError.readOnly) {
      try administration.change { try $0.setEnabled(false, portal.id) }
    }
    #expect(throws: AdministrationError.readOnly) { try administration.change { try $0.revoke(token.id) } }
    _ = try administration.change { try $0.reveal(token.id, for: .copy) }
    #expect(try administration.read { try $0.account(portal.id) } == portal)
    #expect(!administration.may(.apiUsersManage) && administration.may(.securityRead))
    administration.isReadOnly = false
    try administration.change { try $0.setEnabled(false, portal.id) }
  }

  @Test("each change that is refused is recorded")
  func refusalsAreRecorded() throws {
    let asClerk = scene.administration(as: clerk)
    let before = try scene.records.count
    for _ in 0..<30 { try? asClerk.change { try $0.deleteAccount(boss.id) } }
    let rows = try scene.records.dropFirst(before)
    #expect(rows.count == 30)
    #expect(rows.allSatisfy { $0.action == "attempt.refused" && $0.actor.user == clerk.id })
    #expect(rows.first?.details.contains("you are not") == true)
  }
}

/// Public keys that were made for these tests; nobody has their private parts.
enum Keys {
  static let one = "ssh-ed25519 " + "AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER"
}
