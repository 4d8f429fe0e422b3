import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("Dual control, attacked", .onEachEngine) struct DualControlAttackTests: DualControlSuite {
  let scene: Scene
  let first: Account
  let second: Account

  init() throws { (scene, first, second) = try Self.people() }

  enum Swap: CaseIterable {
    case member, key, unixAccount
  }

  @Test(
    "nobody slips into what is agreed to: who becomes Administrator, and how they sign in, is part of it",
    arguments: Swap.allCases)
  func swapping(swap: Swap) throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Ops")) }
    let (carol, mallory) = (try scene.user("carol"), try scene.user("mallory"))
    try scene.change { try $0.saveMembers(of: team.id, adding: [carol.id], removing: []) }
    try demand(.dualAdministrator)
    let administrator = SystemRole.builtIn(.administrator)
    let number = try proposed { change in
      let subject = swap == .member ? SubjectID.team(team.id) : .account(carol.id)
      try change.saveRoles(of: subject, Edit(was: [], becomes: [administrator]))
    }
    let seen = try asSecond.preview(of: number, applying: Self.never)
    #expect(seen.reasons == ["user “carol” becomes Administrator, by the Unix account “carol”"])
    try asFirst.change { change in
      switch swap {
      case .member: try change.saveTeams(of: mallory.id, Edit(was: [], becomes: [team.id]))
      case .key: try change.addPublicKey(try SSHPublicKey(PublicKeys.one), to: carol.id)
      case .unixAccount:
        let was = AccountGeneral(carol)
        var becomes = was
        becomes.unixAccount = UnixAccountName("mine")
        try change.saveGeneral(carol.id, Edit(was: was, becomes: becomes))
      }
    }
    #expect(throws: (any Error).self) { try agree(number) }
    #expect(try !isAdministrator(carol.id) && !isAdministrator(mallory.id))
  }

  enum Puppet: CaseIterable {
    case reversed, chained, agreedTo, enabled, siblings, cousins
  }

  @Test("a person who made the other user, in whatever way, is no second person", arguments: Puppet.allCases)
  func puppets(puppet: Puppet) throws {
    let administrator = SystemRole.builtIn(.administrator)
    let sleeper = try scene.user("sleeper", roles: [administrator])
    try scene.change { try $0.setEnabled(false, sleeper.id) }
    func make(_ name: String, by maker: Administration) throws -> Account {
      try maker.change { change in
        let user = try change.addAccount(.user, name: try Name(name), unixAccount: UnixAccountName(name))
        try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [administrator]))
        return user
      }
    }
    let team = try scene.change { try $0.addTeam(name: try Name("Team")) }
    let one: Administration
    let other: Account
    switch puppet {
    case .reversed:
      one = scene.administration(as: try make("eve", by: asFirst))
      other = first
    case .chained:
      let eve = try make("eve", by: asFirst)
      one = asFirst
      other = try make("dan", by: scene.administration(as: eve))
    case .agreedTo:
      try demand(.dualAdministrator)
      let error = #expect(throws: WaitingNotice.self) { try make("zed", by: asFirst) }
      try agree(try #require(error).number)
      one = asFirst
      other = try #require(try scene.read { try $0.account(.user, named: NameKey(try Name("zed"))) })
    case .siblings:
      one = scene.administration(as: try make("eve", by: asFirst))
      other = try make("dan", by: asFirst)
    case .cousins:
      one = scene.administration(as: try make("eve", by: asFirst))
      let maker = scene.administration(as: try make("dan", by: asFirst))
      other = try make("zed", by: maker)
    case .enabled:
      try asFirst.change { try $0.setEnabled(true, sleeper.id) }
      one = asFirst
      other = sleeper
    }
    try demand(.dualRemovals, .number(1))
    let error = #expect(throws: WaitingNotice.self) { try one.change { try $0.deleteTeam(team.id) } }
    let number = try #require(error).number
    let problem = #expect(throws: ProposalProblem.self) { try agree(number, scene.administration(as: other)) }
    guard case .made? = problem else { Issue.record("\(String(describing: problem))"); return }
    try agree(number)
  }

  @Test("a thing that goes along, is purged or ends at once counts as removed")
  func removalsCounted() throws {
    let catalogue = try scene.catalogue()
    let portal = try scene.apiUser()
    let tokens = try (0..<4).map { try scene.token(of: portal, "token \($0)") }
    let connector = try #require(try scene.read { try $0.connector(catalogue.connector) })
    try demand(.dualRemovals, .number(4))
    _ = try proposed { try $0.delete(connector) }
    _ = try proposed { change in for token in tokens { try change.setExpiry(.at(change.now), of: token.id) } }
    _ = try proposed { change in
      for token in tokens {
        try change.setExpiry(
          .at(Timestamp(secondsSince1970: change.now.secondsSince1970 + 3) ?? change.now), of: token.id)
      }
    }
    // A change that makes a new Token ID can't wait.
    #expect(throws: ProposalProblem.cannotWait) {
      try asFirst.change { change in
        for token in tokens { _ = try change.rotate(token.id, olderValidUntil: change.now) }
      }
    }
    _ = try asFirst.change { try $0.rotate(tokens[0].id, olderValidUntil: $0.now) }
  }

  @Test("where removing takes two, what is deleted is kept for less by two alone")
  func keptForLess() throws {
    try asFirst.change { try $0.set(.deletedKeptDays, to: .number(20)) }
    try demand(.dualRemovals, .number(3))
    try asFirst.change { try $0.set(.deletedKeptDays, to: .number(30)) }
    try agree(try proposed { try $0.set(.deletedKeptDays, to: .number(1)) })
    #expect(try scene.read { try $0.settings(for: nil).deletedKeptDays } == 1)
  }

  @Test("a member who was exchanged makes another team of it")
  func exchanged() throws {
    let (one, other) = (try scene.apiUser("One"), try scene.apiUser("Other"))
    let team = try scene.change { try $0.addTeam(name: try Name("Team")) }
    try scene.change { try $0.saveMembers(of: team.id, adding: [one.id], removing: []) }
    try demand(.dualRemovals, .number(1))
    let number = try proposed { try $0.deleteTeam(team.id) }
    try scene.change { try $0.saveMembers(of: team.id, adding: [other.id], removing: [one.id]) }
    #expect(throws: ProposalProblem.self) { try agree(number) }
  }

  @Test("the important lines are never cut, and a mere reader isn't shown what takes long to find")
  func cut() throws {
    try demand(.dualAdministrator)
    let number = try proposed { change in
      for count in 0..<300 { _ = try change.addAccount(.apiUser, name: try Name("Api \(count)")) }
      let zed = try change.addAccount(.user, name: try Name("zed"))
      try change.saveRoles(of: .account(zed.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
    }
    let preview = try asSecond.preview(of: number, rows: 20, applying: Self.never)
    #expect(preview.rows.count == 20 && preview.rowCount == 302)
    #expect(preview.lines.first?.text == "user “zed” becomes Administrator, and can't sign in yet")
    let reader = scene.administration(as: try scene.user("reader", roles: [.builtIn(.securityReader)]))
    #expect(try !reader.preview(of: number, applying: Self.never).isShown)
  }

  @Test("one person's flood ends before it hides what others ask for")
  func flood() throws {
    try demand(.dualRemovals, .number(1))
    let team = try scene.change { try $0.addTeam(name: try Name("Team")) }
    for _ in 0..<50 { _ = try proposed { try $0.deleteTeam(team.id) } }
    #expect(throws: ProposalProblem.tooMany) { try asFirst.change { try $0.deleteTeam(team.id) } }
  }
}
