import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Dual control", .onEachEngine) struct DualControlTests: DualControlSuite {
  let scene: Scene
  let first: Account
  let second: Account

  init() throws { (scene, first, second) = try Self.people() }

  // MARK: Giving Administrator

  enum Road: CaseIterable {
    case role, newUser, apiUser, team, roleOfTeam, restoring, key, unixAccount, enabling, undo
  }

  @Test(
    "whoever becomes Administrator, by whatever road, does only once a second person agrees",
    arguments: Road.allCases)
  func givingAdministrator(road: Road) throws {
    let administrator = SystemRole.builtIn(.administrator)
    let (team, empty) = try scene.change { change in
      let team = try change.addTeam(name: try Name("Bosses"))
      try change.saveRoles(of: .team(team.id), Edit(was: [], becomes: [administrator]))
      return (team, try change.addTeam(name: try Name("Plain")))
    }
    let user = try scene.user("third")
    let boss = try scene.user("boss", roles: [administrator])
    try scene.change { try $0.saveMembers(of: empty.id, adding: [user.id], removing: []) }
    let undone = try prepare(road, user)
    try demand(.dualAdministrator)
    let before = try scene.read { try $0.administrators() }
    let number = try proposed { change in
      switch road {
      case .role: try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [administrator]))
      case .newUser:
        let new = try change.addAccount(.user, name: try Name("new"))
        try change.saveRoles(of: .account(new.id), Edit(was: [], becomes: [administrator]))
      case .apiUser:
        let portal = try change.addAccount(.apiUser, name: try Name("Portal"))
        try change.saveRoles(of: .account(portal.id), Edit(was: [], becomes: [administrator]))
      case .enabling: try change.setEnabled(true, boss.id)
      case .team: try change.saveMembers(of: team.id, adding: [user.id], removing: [])
      case .roleOfTeam: try change.saveRoles(of: .team(empty.id), Edit(was: [], becomes: [administrator]))
      case .restoring: try change.restore(DeletedThing(.user, user.id))
      case .key: try change.addPublicKey(try SSHPublicKey(PublicKeys.one), to: boss.id)
      case .unixAccount:
        let was = AccountGeneral(try #require(try change.reader.account(boss.id)))
        var becomes = was
        becomes.unixAccount = UnixAccountName("other")
        try change.saveGeneral(boss.id, Edit(was: was, becomes: becomes))
      case .undo: try change.undo(undone)
      }
    }
    #expect(try scene.read { try $0.administrators() } == before)
    let state = try content
    let preview = try asSecond.preview(of: number, applying: Self.never)
    #expect(preview.obstacle == nil && !preview.rows.isEmpty)
    #expect(preview.reasons.contains { $0.contains("Administrator") })
    #expect(try content == state)

    try agree(number)
    #expect(try content != state)
    #expect(try scene.read { try $0.proposal(number) }?.state == .done)
    let actions = try scene.records.filter { $0.sequence > number }
    #expect(actions.first?.action == "proposal.agree" && actions.allSatisfy { $0.actor.name == "second" })
    #expect(Array(actions.dropFirst().map(\.action)) == preview.rows.map(\.action))
  }

  /// What some roads need; the entry to undo.
  private func prepare(_ road: Road, _ user: Account) throws -> Int64 {
    switch road {
    case .enabling:
      let boss = try scene.read { try $0.account(.user, named: NameKey(try Name("boss"))) }
      try scene.change { try $0.setEnabled(false, try #require(boss).id) }
    case .restoring:
      try scene.change { change in
        try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
        try change.deleteAccount(user.id)
      }
    case .undo:
      try scene.change {
        try $0.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      }
      try asFirst.change {
        try $0.saveRoles(of: .account(user.id), Edit(was: [.builtIn(.administrator)], becomes: []))
      }
      return try #require(try asFirst.ownChanges().first).number
    default: break
    }
    return 0
  }

  /// All that is told of users, in words that differ where anything differs.
  private var content: [String] {
    get throws {
      try scene.read { reader in
        try AccountKind.allCases.flatMap {
          try reader.accounts(AccountQuery(kind: $0), .first, limit: 100, now: scene.now).rows
        }.map { row in
          let id = row.account.id
          let keys = try reader.publicKeys(of: id)
          let authority = try reader.authority(of: id).at(scene.now)
          return
            "\(row.account) \(authority.permissions.map(\.rawValue).sorted()) \(authority.isAdministrator) \(keys)"
        }
      }
    }
  }

  @Test("a key of one's own, and what was Administrator before, take nobody else")
  func givingNothing() throws {
    try demand(.dualAdministrator)
    try asFirst.change { try $0.addPublicKey(try SSHPublicKey(PublicKeys.one), to: first.id) }
    try asFirst.change { _ = try $0.addAccount(.apiUser, name: try Name("Portal")) }
    #expect(try asFirst.proposals().isEmpty)
  }

  // MARK: Removing

  @Test(
    "deleting or revoking the set number at once waits, and a smaller number doesn't",
    arguments: [(2, false), (3, true), (5, true)])
  func removals(count: Int, waits: Bool) throws {
    let users = try (0..<count).map { try scene.apiUser("Portal \($0)") }
    try demand(.dualRemovals, .number(3))
    let deleteAll = { (change: Change) in for user in users { try change.deleteAccount(user.id) } }
    guard waits else { return try asFirst.change(deleteAll) }
    let number = try proposed(deleteAll)
    #expect(try scene.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == count)
    try agree(number)
    #expect(try scene.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 0)
    #expect(try scene.read { try $0.deletedCount(DeletedQuery(kinds: [.apiUser])) } == count)
  }

  @Test("a bulk revocation waits as a whole, and is carried out as a whole")
  func bulk() throws {
    let users = try (0..<4).map { try scene.apiUser("Portal \($0)") }
    for user in users { _ = try scene.change { try $0.addToken(to: user.id, name: try Name("portal")) } }
    try demand(.dualRemovals, .number(4))
    let plan = try asFirst.plan(.revokeTokens, on: .these(Set(users.map(\.id))))
    let error = #expect(throws: WaitingNotice.self) { try asFirst.carryOut(plan) }
    func revoked() throws -> Int {
      try scene.read { reader in
        try users.flatMap { try reader.tokens(of: $0.id) }.count { $0.revokedAt != nil }
      }
    }
    #expect(try revoked() == 0)
    try agree(try #require(error).number)
    #expect(try revoked() == 4)
  }

  @Test("copying the rights of an Administrator waits, and then gives them to all", arguments: [false, true])
  func copiedRights(isReplacing: Bool) throws {
    let boss = try scene.user("boss", roles: [.builtIn(.administrator)])
    let users = try ["one", "two"].map { try scene.user($0, roles: [.builtIn(.securityReader)]) }
    try demand(.dualAdministrator)
    let plan = try asFirst.plan(
      .copyRights(of: boss.id, isReplacing: isReplacing), on: .these(Set(users.map(\.id))))
    let error = #expect(throws: WaitingNotice.self) { try asFirst.carryOut(plan) }
    for user in users { #expect(try !isAdministrator(user.id)) }
    try agree(try #require(error).number)
    for user in users { #expect(try isAdministrator(user.id)) }
  }

  // MARK: Who agrees

  @Test("nobody agrees to their own, nor who is no user, nor whom the first made or let in within a day")
  func whoAgrees() throws {
    let (made, let_in) = (
      try userMadeByFirst("made"), try scene.user("letIn", roles: [.builtIn(.administrator)])
    )
    try asFirst.change { try $0.addPublicKey(try SSHPublicKey(PublicKeys.one), to: let_in.id) }
    try demand(.dualAdministrator)
    let third = try scene.user("third")
    let number = try proposed {
      try $0.saveRoles(of: .account(third.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
    }
    #expect(throws: ProposalProblem.own) { try agree(number, asFirst) }
    #expect(throws: ProposalProblem.noUser) { try agree(number, scene.administration) }
    #expect(throws: ProposalProblem.made("first")) { try agree(number, scene.administration(as: made)) }
    #expect(throws: ProposalProblem.made("first")) { try agree(number, scene.administration(as: let_in)) }
    let reader = try scene.user("reader", roles: [.builtIn(.securityReader)])
    #expect(throws: AdministrationError.self) { try agree(number, scene.administration(as: reader)) }
    #expect(throws: AdministrationError.self) { try scene.administration(as: reader).decline(number) }
    #expect(try !isAdministrator(third.id))
    try agree(number)
    #expect(try isAdministrator(third.id))
    #expect(throws: ProposalProblem.decided(number, .done, by: "second")) { try agree(number) }
  }

  private func userMadeByFirst(_ name: String) throws -> Account {
    try asFirst.change { change in
      let user = try change.addAccount(.user, name: try Name(name), unixAccount: UnixAccountName(name))
      try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      return user
    }
  }

  @Test("nothing is carried out for a person who lost their rights after asking")
  func askerIsGone() throws {
    try demand(.dualRemovals, .number(1))
    let team = try scene.change { try $0.addTeam(name: try Name("Team")) }
    let number = try proposed { try $0.deleteTeam(team.id) }
    try asSecond.change { try $0.setEnabled(false, first.id) }
    let error = #expect(throws: ProposalProblem.self) { try agree(number) }
    guard case .askerMayNot("first", _)? = error else { Issue.record("\(String(describing: error))"); return }
    #expect(try scene.read { try $0.team(team.id) } != nil)
  }

  // MARK: What it was computed from

  enum Meanwhile: CaseIterable {
    case member, grantedRole, renamed, disabled, deleted, token
  }

  @Test("a proposal is not carried out after its things were changed", arguments: Meanwhile.allCases)
  func outdated(meanwhile: Meanwhile) throws {
    let user = try scene.apiUser()
    let team = try scene.change { try $0.addTeam(name: try Name("Team")) }
    try demand(.dualRemovals, .number(2))
    let number = try proposed { change in
      try change.deleteTeam(team.id)
      try change.deleteAccount(user.id)
    }
    try asSecond.change { change in
      switch meanwhile {
      case .member: try change.saveMembers(of: team.id, adding: [user.id], removing: [])
      case .grantedRole:
        try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(.apiReader)]))
      case .renamed: try change.rename(user.id, to: try Name("Other"))
      case .disabled: try change.setEnabled(false, user.id)
      case .deleted: try change.deleteTeam(team.id)
      case .token: try change.addToken(to: user.id, name: try Name("new"))
      }
    }
    #expect(throws: (any Error).self) { try agree(number) }
    #expect(try asSecond.preview(of: number, applying: Self.never).obstacle != nil)
    #expect(try scene.read { try $0.account(user.id) } != nil)
    #expect(try scene.read { try $0.proposal(number) }?.state == .waiting)
  }

  @Test("a proposal does not count after its role or team changed, and signing in changes nothing")
  func widened() throws {
    let role = try scene.change {
      try $0.addRole(RoleContent(name: try Name("Auditor"), permissions: [.auditRead]))
    }
    let team = try scene.change { try $0.addTeam(name: try Name("Bosses")) }
    try scene.change {
      try $0.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
    }
    let (third, fourth) = (try scene.user("third"), try scene.user("fourth"))
    try demand(.dualAdministrator)
    let byRole = try proposed { change in
      let both: Set<SystemRole> = [.builtIn(.administrator), .custom(role.id)]
      try change.saveRoles(of: .account(third.id), Edit(was: [], becomes: both))
    }
    let byTeam = try proposed { try $0.saveMembers(of: team.id, adding: [fourth.id], removing: []) }
    try scene.change { change in
      let becomes = RoleContent(name: role.name, permissions: [.auditRead, .rolesManage])
      try change.saveRole(role.id, Edit(was: RoleContent(role), becomes: becomes))
      let was = TeamGeneral(team)
      try change.saveGeneral(
        team.id, Edit(was: was, becomes: TeamGeneral(name: try Name("Other"), summary: was.summary)))
    }
    for number in [byRole, byTeam] { #expect(throws: ProposalProblem.self) { try agree(number) } }
    let byHand = try proposed {
      try $0.saveRoles(of: .account(second.id), Edit(was: [.builtIn(.administrator)], becomes: []))
      try $0.saveRoles(of: .account(third.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
    }
    try scene.administration(as: second).signIn()
    #expect(try asSecond.preview(of: byHand, applying: Self.never).obstacle == nil)
  }

  @Test("a proposal expires, and can be declined and withdrawn once")
  func ends() throws {
    try demand(.dualRemovals, .number(1))
    let teams = try (0..<3).map { n in try scene.change { try $0.addTeam(name: try Name("Team \(n)")) } }
    let numbers = try teams.map { team in try proposed { try $0.deleteTeam(team.id) } }
    let tomorrow = Administration(
      store: scene.store, keys: scene.keys, operating: asSecond.operating,
      surroundings: Surroundings(now: { scene.now.adding(days: 1) }, makeTokenID: { .generate() }))
    #expect(throws: ProposalProblem.expired(numbers[0])) { try agree(numbers[0], tomorrow) }
    #expect(throws: ProposalProblem.own) { try asFirst.decline(numbers[1]) }
    try asSecond.decline(numbers[1])
    #expect(throws: ProposalProblem.decided(numbers[1], .declined, by: "second")) { try agree(numbers[1]) }
    #expect(throws: ProposalProblem.notOwn(numbers[2])) { try asSecond.withdraw(numbers[2]) }
    try asFirst.withdraw(numbers[2])
    #expect(throws: ProposalProblem.decided(numbers[2], .withdrawn, by: "first")) { try agree(numbers[2]) }
    #expect(try scene.read { try $0.waitingProposalCount(at: scene.now) } == 1)
    #expect(throws: ProposalProblem.missing(4_711)) { try agree(4_711) }
  }

  // MARK: Setting it

  @Test("the rule takes two people who can sign in, and relaxing it takes two")
  func settings() throws {
    try scene.change { try $0.setEnabled(false, second.id) }
    #expect(throws: SettingTrouble.needsTwo) { try demand(.dualExport) }
    // What it is anyway takes nobody.
    try demand(.dualExport, .flag(false))
    try scene.change { try $0.setEnabled(true, second.id) }
    try demand(.dualExport)
    try demand(.dualRemovals, .number(10))
    try asFirst.change { try $0.set(.dualRemovals, to: .number(5)) }
    for value in [SettingValue.number(0), .number(6), nil] {
      let number = try proposed { try $0.set(.dualRemovals, to: value) }
      try asFirst.withdraw(number)
    }
    let number = try proposed { try $0.set(.dualExport, to: .flag(false)) }
    try agree(number)
    #expect(try scene.read { try $0.settings(for: nil) }.isOn(.dualExport) == false)
  }

  // MARK: Once somebody agreed

  @Test(
    "archiving is agreed to for a time, done once by whoever asked, and by nobody else; a day is always kept")
  func archiving() throws {
    try demand(.dualArchive)
    let before = scene.now.adding(days: 1)
    func archive(_ administration: Administration, _ time: Timestamp) throws -> AuditHead {
      try later(administration).archiveAudit(before: time, keep: { _ in })
    }
    let error = #expect(throws: WaitingNotice.self) { try archive(asFirst, before) }
    let number = try #require(error).number
    #expect(throws: WaitingNotice.self) { try archive(asFirst, before) }
    try agree(number, later(asSecond))
    #expect(try scene.read { try $0.proposal(number) }?.state == .agreed)
    #expect(throws: WaitingNotice.self) { try archive(asFirst, scene.now) }
    #expect(throws: WaitingNotice.self) { try archive(asSecond, before) }
    let head = try archive(asFirst, scene.now.adding(days: 400))
    #expect(head.sequence < number)
    #expect(try scene.read { try $0.proposal(number) }?.state == .done)
    #expect(throws: WaitingNotice.self) { try archive(asFirst, before) }
  }

}
