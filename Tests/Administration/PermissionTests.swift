import Access
@testable import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct PermissionTests {
  let scene: Scene
  let account: Account
  let user: Account
  let token: Token
  let team: Team
  let role: CustomRole
  let catalogue: Scene.Catalogue
  let widget: Widget
  /// A team that is deleted, and the change that deleted it.
  let gone: (team: TeamID, going: Int64)

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
    let catalogue = try scene.catalogue()
    self.catalogue = catalogue
    widget = Widget(
      id: .random(), name: try Name("Sales MX"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: Set(catalogue.lists))
    let widget = widget
    try scene.change { _ = try $0.add(widget) }
    let team = try scene.change { try $0.addTeam(name: try Name("Gone")) }
    try scene.change { try $0.deleteTeam(team.id) }
    gone = (team.id, try #require(try scene.administration.ownChanges().first?.number))
  }

  /// Deletes something, and then works on what was deleted. Each part needs permissions of its own.
  private func deleted(
    _ kind: DeletedKind, _ body: @escaping (Change, DeletedThing) throws -> Void
  ) -> (Change) throws -> Void {
    let (account, user, role, widget) = (account, user, role, widget)
    return { change in
      switch kind {
      case .user:
        try change.deleteAccount(user.id)
        try body(change, DeletedThing(kind, user.id))
      case .apiUser:
        try change.deleteAccount(account.id)
        try body(change, DeletedThing(kind, account.id))
      case .role:
        try change.deleteRole(role.id)
        try body(change, DeletedThing(kind, role.id))
      default:
        try change.delete(widget)
        try body(change, DeletedThing(.widget, widget.id))
      }
    }
  }

  /// Every use case with its permissions, without any one of which it is refused.
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
      ([.teamsManage], { try $0.saveBounds(ofMembersOf: team.id, Edit(was: [], becomes: [account.id])) }),
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
    ] + takingBack
  }

  /// Undoing, restoring and purging. Each needs the permissions for doing the same by hand.
  private var takingBack: [([Permission], (Change) throws -> Void)] {
    let gone = gone
    let kinds: [(DeletedKind, [Permission])] = [
      (.user, [.usersManage]), (.apiUser, [.apiUsersManage]), (.role, [.rolesManage, .auditRead]),
      (.widget, [.catalogueManage]),
    ]
    return [
      ([.teamsManage], { _ = try $0.restore(DeletedThing(.team, gone.team)) }),
      ([.teamsManage], { _ = try $0.purge(DeletedThing(.team, gone.team)) }),
      ([.teamsManage], { _ = try $0.undo(gone.going) }),
    ]
      + kinds.flatMap { kind, needed in
        [
          (needed, deleted(kind) { _ = try $0.restore($1) }),
          (needed, deleted(kind) { _ = try $0.purge($1) }),
        ]
      }
  }

  @Test("each use case is refused without any one of its permissions, and only the refusal is recorded")
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

  @Test("each use case is carried out with just its permissions, and recorded")
  func permits() throws {
    for (index, (needed, body)) in useCases.enumerated() {
      // Each case has a store of its own, because one deletes what another needs.
      let before = try scene.records.count
      #expect(throws: Undo.self, "use case \(index)") {
        try scene.administration(only: Set(needed)).change { change in
          try body(change)
          #expect(
            try change.writer.auditRecords(after: Int64(before), limit: 10).count > 0, "use case \(index)")
          throw Undo()
        }
      }
      #expect(try scene.records.count == before)
    }
  }

  /// Every function of Administration that reads or records, with its permissions, of which any one suffices.
  private var calls: [(String, Set<Permission>, (Administration) throws -> Void)] {
    let reading: [(String, (Administration) throws -> Void)] = [
      ("read", { try $0.read { _ = try $0.account(account.id) } }),
      (
        "check",
        {
          _ = try $0.check(
            CheckRequest(
              asker: .account(.init(.apiUser, .id(account.id))), surface: .api(.id(catalogue.connector))))
        }
      ),
      ("overview", { _ = try $0.overview(of: .account(account.id)) }),
      ("whois", { _ = try $0.whois(pasted: TokenID.generate().revealed) }),
      ("usage", { _ = try $0.usage(of: [token]) }),
      ("findings", { _ = try $0.findings(of: [account.id]) }),
      ("review", { try $0.review { _ in } }),
      ("denials", { _ = try $0.denials(.first, limit: 1) }),
      ("denialCount", { _ = try $0.denialCount() }),
      ("loginKeys", { _ = try $0.loginKeys(on: .owner, shown: nil) }),
      ("present", { _ = try $0.present() }),
      ("inspect", { _ = try $0.inspect() }),
      ("ownChanges", { _ = try $0.ownChanges() }),
      ("undoPreview", { _ = try $0.undoPreview(gone.going) }),
      ("deleted", { _ = try $0.deleted(DeletedQuery(), .first, limit: 1) }),
      ("deletedCount", { _ = try $0.deletedCount(DeletedQuery()) }),
      ("deleted of a name", { _ = try $0.deleted(.team, named: try Name("Gone")) }),
      ("deleted of an id", { _ = try $0.deleted(DeletedThing(.team, gone.team)) }),
    ]
    let auditing: [(String, (Administration) throws -> Void)] = [
      ("audit", { _ = try $0.audit(AuditQuery(), .first, limit: 1) }),
      ("auditRecord", { _ = try $0.auditRecord(1) }),
      ("verifyAudit", { _ = try $0.verifyAudit() }),
      ("recordAuditExport", { try $0.recordAuditExport() }),
    ]
    return reading.map { ($0.0, [.securityRead], $0.1) } + auditing.map { ($0.0, [.auditRead], $0.1) } + [
      ("widgets", [.securityRead, .widgetsAddToken, .widgetsManage], { _ = try $0.widgets() }),
      (
        "saveGeneral of a widget", [.widgetsManage, .catalogueManage],
        { administration in
          let was = WidgetGeneral(widget)
          let becomes = WidgetGeneral(name: widget.name, isEnabled: !was.isEnabled, isOpen: false)
          try administration.changeAndUndo { try $0.saveGeneral(widget.id, Edit(was: was, becomes: becomes)) }
        }
      ),
      (
        "addToken on a widget", [.widgetsAddToken, .tokensManage],
        { administration in
          try administration.changeAndUndo {
            try $0.addToken(toAPIUserNamed: account.name, on: widget.id, name: try Name("new"))
          }
        }
      ),
    ]
  }

  @Test("each permission alone opens the calls that it is for, and no others", arguments: Permission.allCases)
  func table(permission: Permission) throws {
    for (name, enough, call) in calls {
      let outcome = Result { try call(scene.administration(only: [permission])) }
      let isRefused =
        if case .failure(let error as AdministrationError) = outcome { error.isRefusal } else { false }
      #expect(isRefused == !enough.contains(permission), "\(name)")
    }
  }

  @Test("the two calls for the Administrator alone are refused with all permissions but the role")
  func administratorAlone() throws {
    let others = scene.administration(only: Set(Permission.allCases).subtracting([.widgetsRead]))
    #expect(throws: AdministrationError.notAdministrator("archive the audit log")) {
      try others.archiveAudit(before: scene.now.adding(days: 1)) { _ in }
    }
    #expect(throws: AdministrationError.notAdministrator("sign the audit log")) { try others.recordSigning() }
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

extension Administration {
  /// Carries out a change that leaves nothing behind.
  fileprivate func changeAndUndo<Result>(_ body: (Change) throws -> Result) throws {

    do {
      try change { change in
        _ = try body(change)
        throw Undone()
      }
    } catch is Undone {}
  }
}

private struct Undone: Error {}
