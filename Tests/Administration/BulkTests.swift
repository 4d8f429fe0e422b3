import Access
@testable import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct BulkTests {
  let scene: Scene
  let accounts: [Account]

  init() throws {
    let scene = try Scene()
    self.scene = scene
    accounts = try scene.change { change in
      try (1...8).map { number in
        let account = try change.addAccount(.apiUser, name: try Name("Portal \(number)"))
        for token in 0..<(number % 3) {
          try change.addToken(to: account.id, name: try Name("token \(token)"))
        }
        if number > 6 { try change.setEnabled(false, account.id) }
        return account
      }
    }
  }

  private func matching(_ text: String) -> BulkTargets {
    .matching(AccountQuery(kind: .apiUser, matching: SearchText(text)))
  }

  @Test("a plan counts what has to be done, and leaves out what is so already")
  func plans() throws {
    let plan = try scene.administration.plan(.disable, on: matching(""))
    #expect(plan.meantCount == 8)
    #expect(plan.accounts.count == 6)
    #expect(try scene.administration.plan(.enable, on: matching("")).accounts.count == 2)
    let revoking = try scene.administration.plan(.revokeTokens, on: matching(""))
    #expect(revoking.accounts.count == 6)
    #expect(revoking.tokenCount == 9)
    #expect(try scene.administration.plan(.disable, on: matching("Portal 3")).accounts == [accounts[2].id])
  }

  @Test("all changes are made in one transaction, with a row for each")
  func carriesOut() throws {
    let before = try scene.records.count
    let plan = try scene.administration.plan(.disable, on: .these(Set(accounts.prefix(4).map(\.id))))
    try scene.administration.carryOut(plan)
    let added = try scene.records.dropFirst(before)
    #expect(added.map(\.action) == Array(repeating: "apiUser.edit", count: 4))
    #expect(Set(added.map(\.target.id)) == Set(accounts.prefix(4).map(\.id.description)))
    #expect(try scene.administration.plan(.disable, on: matching("")).accounts.count == 2)
  }

  @Test(
    "each action does what it says",
    arguments: [BulkAction.enable, .disable, .revokeTokens, .setExpiry(.never)])
  func actions(action: BulkAction) throws {
    let plan = try scene.administration.plan(action, on: matching(""))
    #expect(!plan.isEmpty)
    try scene.administration.carryOut(plan)
    #expect(try scene.administration.plan(action, on: matching("")).isEmpty)
  }

  @Test("adding to a team gives what the team has, and so is refused to whoever lacks it")
  func team() throws {
    let admins = try scene.change { change in
      let team = try change.addTeam(name: try Name("Admins"))
      try change.saveRoles(of: .team(team.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      return team
    }
    let clerk = scene.administration(only: BuiltInRole.securityAdministrator.permissions)
    let plan = try clerk.plan(.addToTeam(admins.id), on: matching(""))
    let before = try scene.read { try $0.memberCount(MemberQuery(team: admins.id)) }
    #expect(throws: AdministrationError.beyond(.administrator, admins.name)) { try clerk.carryOut(plan) }
    #expect(try scene.read { try $0.memberCount(MemberQuery(team: admins.id)) } == before)
    try scene.administration.carryOut(plan)
    #expect(try scene.read { try $0.memberCount(MemberQuery(team: admins.id)) } == 8)
  }

  @Test(
    "where one change can't be made, none is",
    arguments: [[Permission.securityRead], [.securityRead, .usersManage]])
  func allOrNone(permissions: [Permission]) throws {
    let limited = scene.administration(only: Set(permissions))
    let plan = try limited.plan(.disable, on: matching(""))
    #expect(throws: AdministrationError.notPermitted(.apiUsersManage)) { try limited.carryOut(plan) }
    #expect(try scene.administration.plan(.disable, on: matching("")).accounts.count == 6)
  }

  @Test("an account that was deleted since is left out")
  func gone() throws {
    let plan = try scene.administration.plan(.disable, on: matching(""))
    try scene.change { try $0.deleteAccount(accounts[0].id) }
    try scene.administration.carryOut(plan)
    #expect(try scene.administration.plan(.disable, on: matching("")).isEmpty)
  }

  @Test(
    "the effect is tried with no more accounts than the bounds allow, and is marked as a part",
    arguments: [(examined: 3, isCut: true), (6, false), (2_000, false)])
  func effect(examined: Int, isCut: Bool) throws {
    let plan = try scene.administration.plan(.disable, on: matching(""))
    let before = try scene.records.count
    let effect = try scene.administration.effect(of: plan, bounds: EffectBounds(examined: examined))
    #expect(effect.examined == min(examined, 6))
    #expect(effect.isCut == isCut)
    #expect(try scene.records.count == before)
  }

  @Test("where only a part is tried, it is said that laws were looked at for that part alone")
  func lawsOfAPart() throws {
    let plan = try scene.administration.plan(.disable, on: matching(""))
    func warnings(_ examined: Int) throws -> [EffectWarning] {
      try scene.administration.effect(of: plan, bounds: EffectBounds(examined: examined)).warnings
    }
    #expect(try !warnings(3).contains(.mayBreakMoreLaws))
    try scene.change { change in
      try change.addLaw(
        try Law(
          name: Name("owned"), mode: .watch, form: .owned(checked: LawWho<AsWritten>(apiUsers: .all))))
    }
    #expect(try warnings(3).contains(.mayBreakMoreLaws))
    #expect(try !warnings(6).contains(.mayBreakMoreLaws))
  }

  @Test("those who are members are taken out of a team, and the others need nothing")
  func removes() throws {
    let team = try scene.change { change in
      let team = try change.addTeam(name: try Name("Sales"))
      try change.saveMembers(of: team.id, adding: Set(accounts.prefix(3).map(\.id)), removing: [])
      return team
    }
    let plan = try scene.administration.plan(.removeFromTeam(team.id), on: matching(""))
    #expect(plan.accounts.count == 3 && plan.meantCount == 8)
    #expect(BulkWords(plan, .apiUser).title == "Remove 3 API users from the team “Sales”")
    try scene.administration.carryOut(plan)
    #expect(try scene.read { try $0.memberCount(MemberQuery(team: team.id)) } == 0)
  }

  @Test("deleting tells how many tokens end, and where what is deleted can be restored")
  func deletes() throws {
    let plan = try scene.administration.plan(.delete, on: .these(Set(accounts.prefix(3).map(\.id))))
    #expect(plan.accounts.count == 3 && plan.tokenCount == 3)
    let points = BulkWords(plan, .apiUser).points.joined(separator: "\n")
    #expect(points.contains("3 tokens are revoked for good") && points.contains("restored for 30 days"))
    try scene.administration.carryOut(plan)
    #expect(try scene.administration.plan(.delete, on: matching("")).accounts.count == 5)
  }

  @Test("a plan of very many tells that nobody else can change anything meanwhile")
  func tellsOthersWait() throws {
    var plan = try scene.administration.plan(.disable, on: matching(""))
    let told = "for some seconds or longer nobody else can change anything"
    #expect(!BulkWords(plan, .apiUser).points.contains(told))
    plan.ids = (0..<5_000).map { _ in .random() }
    #expect(BulkWords(plan, .apiUser).points.contains(told))
  }

  @Test("copies are named with the suffix, and where one name is taken none is made")
  func duplicates() throws {
    let suffix = try NameSuffix(" (old) ")
    let plan = try scene.administration.plan(
      .duplicate(suffix), on: .these([accounts[1].id, accounts[6].id]))
    try scene.administration.carryOut(plan)
    let copies = try scene.read { reader in
      try ["portal 2 (old)", "Portal 7 (OLD)"].map {
        try reader.account(.apiUser, named: NameKey(try Name($0)))
      }
    }
    #expect(copies.map { $0?.isEnabled } == [true, false])
    let taken = try ["Portal 2 (old)", "Portal 7 (old)"].map { try Name($0) }
    #expect(throws: BulkProblem.namesTaken(.apiUser, taken, more: 0)) {
      try scene.administration.plan(.duplicate(suffix), on: matching(""))
    }
    let long = try NameSuffix(String(repeating: "x", count: 99))
    #expect(throws: BulkProblem.copyName(of: accounts[0].name, .tooLong(107))) {
      try scene.administration.plan(.duplicate(long), on: matching(""))
    }
  }

  @Test(
    "a suffix shows something, and keeps the blank at its beginning",
    arguments: [(" copy", " copy"), ("x\n", "x"), (" ", nil), ("", nil)] as [(String, String?)])
  func suffixes(raw: String, text: String?) {
    #expect((try? NameSuffix(raw))?.text == text)
  }

  // MARK: Tokens

  private func tokens() throws -> [Token] {
    try scene.read { reader in try accounts.flatMap { try reader.tokens(of: $0.id) } }
  }

  @Test(
    "an action on tokens does what it says with those that need it, with a row for each, and nothing twice",
    arguments: [
      (TokenBulkAction.disable, 8), (.enable, 1), (.revoke, 9),
      (.setExpiry(.never), 9),
    ])
  func ofTokens(action: TokenBulkAction, count: Int) throws {
    let all = try tokens()
    try scene.change { try $0.setDisabled(true, all[0].id) }
    let plan = try scene.administration.plan(action, on: .matching(TokenQuery()))
    #expect(plan.meantCount == 9 && plan.ids.count == count)
    #expect(plan.someNames.first?.hasPrefix("Portal ") == true)
    let before = try scene.records.count
    #expect(try scene.administration.effect(of: plan, bounds: EffectBounds(examined: 2)).isCut == (count > 2))
    #expect(try scene.records.count == before)
    try scene.administration.carryOut(plan)
    let rows = try scene.records.dropFirst(before)
    #expect(rows.count == count && rows.allSatisfy { $0.action.hasPrefix("token.") }, "\(rows.map(\.action))")
    #expect(try scene.administration.plan(action, on: .matching(TokenQuery())).isEmpty)
  }

  @Test("a token that was revoked since the plan is left out, and one that nobody may change stops all")
  func tokensMeanwhile() throws {
    let all = try tokens()
    let chosen = TokenBulkTargets.these(Set(all.prefix(3).map(\.id)))
    let plan = try scene.administration.plan(.disable, on: chosen)
    try scene.change { try $0.revoke(all[0].id) }
    let limited = scene.administration(only: [.securityRead])
    #expect(throws: AdministrationError.notPermitted(.tokensManage)) { try limited.carryOut(plan) }
    try scene.administration.carryOut(plan)
    #expect(try tokens().filter(\.isDisabled).count == 2)
    let words = TokenBulkWords(try scene.administration.plan(.revoke, on: chosen))
    #expect(words.title == "Revoke 2 tokens" && words.isDestructive)
    #expect(words.points.last == "nothing has to be done with 1 of those that were chosen")
  }

  @Test("a plan to add to a team says which, and there is none for one that is gone")
  func teamOfPlan() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Sales")) }
    let plan = try scene.administration.plan(.addToTeam(team.id), on: matching(""))
    #expect(plan.details.named == team.name)
    #expect(BulkWords(plan, .apiUser).title == "Add 8 API users to the team “Sales”")
    try scene.change { try $0.deleteTeam(team.id) }
    #expect(throws: AdministrationError.self) {
      try scene.administration.plan(.addToTeam(team.id), on: matching(""))
    }
  }
}
