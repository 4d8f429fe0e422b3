import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct LawCheckerTests {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let team: Team

  init() throws {
    let scene = try Scene()
    catalogue = try scene.catalogue()
    team = try scene.change { try $0.addTeam(name: try Name("Sales US")) }
    self.scene = scene
  }

  private func name(_ text: String) throws -> Name { try Name(text) }

  private func what(_ companies: [String] = [], _ lists: [String] = []) throws -> LawWhat<AsWritten> {
    try LawWhat(
      connector: name("business CENTRAL"),
      companies: companies.isEmpty ? .all : .only(Set(companies.map(name))),
      lists: lists.isEmpty ? .all : .only(Set(lists.map(name))))
  }

  private func law(
    _ form: LawForm<AsWritten>, except: [String: Timestamp] = [:]
  ) throws -> Law<AsWritten> {
    var exceptions: [Name: Timestamp] = [:]
    for (text, until) in except { exceptions[try name(text)] = until }
    return try Law(name: name("A law"), reason: Summary("agreed"), form: form, exceptions: exceptions)
  }

  private func give(_ subject: SubjectID, _ permissions: Permissions) throws {
    try scene.change { try $0.setGrant(of: subject, on: catalogue.connector, permissions) }
  }

  /// What the checker says of all who break a law: the counterexample and the commands.
  private func found(_ law: Law<AsWritten>) throws -> [(text: String, commands: [String])] {
    try scene.read { reader in
      let source = AccessSource(reader)
      var found: [(text: String, commands: [String])] = []
      try LawChecker([law], source, at: scene.now).forEachBreach { broken in
        let words = BreachWords(broken, source.names, now: scene.now)
        found.append((words.counterexample, words.commands.map { $0.joined(separator: " ") }))
      }
      return found
    }
  }

  private func sales(_ company: Int, _ bounds: Bounds = .always) -> Permissions {
    Permissions(
      roles: [.user], companies: .only([catalogue.companies[company]]), lists: .only([catalogue.lists[0]]),
      bounds: bounds)
  }

  @Test(
    "Mexico by an own grant and the US by a team are found, with the instant and the commands that show it")
  func apart() throws {
    let portal = try scene.apiUser()
    _ = try scene.apiUser("Portal US")
    try give(.account(portal.id), sales(0))
    let soon = scene.now.adding(days: 10)
    try give(.team(team.id), sales(1, Bounds(from: soon)))
    try scene.change { try $0.saveMembers(of: team.id, adding: [portal.id], removing: []) }
    let apart = LawForm<AsWritten>.apart(try LawWho(apiUsers: .all), try what(["mx"]), try what(["US"]))
    let explain = "popsec explain --api-user Portal Mexico --api --connector Business Central --company"
    let one = try #require(try found(law(apart)).first)
    #expect(
      one.text
        == "API user “Portal Mexico” can see both Sales Orders of MX (Business Central), by apiUser:Portal Mexico, "
        + "and Sales Orders of US (Business Central), by team:Sales US, from 2026-12-04T12:00:00Z")
    #expect(
      one.commands == ["MX", "US"].map { "\(explain) \($0) --list Sales Orders --at 2026-12-04T12:00:00Z" })
    #expect(try found(law(apart)).count == 1)
    // The exception names the API user in other letters, and is over one day after the team's grant begins.
    let later = soon.adding(days: 1)
    #expect(try found(law(apart, except: ["portal MEXICO": later])).first?.text.hasSuffix("\(later)") == true)
    try give(.team(team.id), sales(1, try Bounds(from: soon, until: later)))
    #expect(try found(law(apart, except: ["portal MEXICO": later])).isEmpty)
  }

  @Test("a law is taken for what it names once it is there")
  func awaited() throws {
    let portal = try scene.apiUser()
    var all = sales(0)
    all.lists = .all
    try give(.account(portal.id), all)
    let never = LawForm<AsWritten>.never(
      try LawWho(apiUsers: .named([name("portal mexico")])), try what([], ["Payroll Entries"]))
    let one = try #require(try found(law(never)).first)
    #expect(one.text.contains("can see Payroll Entries, once it is there, of MX (Business Central)"))
    #expect(one.commands == ["popsec grant show --api-user Portal Mexico"])
    _ = try scene.change { try $0.addList(name("Payroll Entries"), group: nil, to: catalogue.connector) }
    let then = try #require(try found(law(never)).first)
    #expect(then.text.contains("can see Payroll Entries of MX (Business Central), by apiUser:Portal Mexico"))
    #expect(then.commands.first?.hasPrefix("popsec explain --api-user") == true)
    try give(.account(portal.id), sales(0))
    #expect(try found(law(never)).isEmpty)
  }

  @Test("members of a team stay within what the team itself was given")
  func within() throws {
    let portal = try scene.apiUser()
    try give(.team(team.id), sales(1))
    try give(.account(portal.id), sales(1))
    try scene.change { try $0.saveMembers(of: team.id, adding: [portal.id], removing: []) }
    let within = LawForm<AsWritten>.within(
      try LawWho(apiUsers: .members([name("sales us")])), try name("Sales US"))
    #expect(try found(law(within)).isEmpty)
    var more = sales(1)
    more[.action] = .only([catalogue.actions[0]])
    try give(.account(portal.id), more)
    let one = try #require(try found(law(within)).first)
    #expect(one.text.contains("the action Release of Sales Orders of US"))
    #expect(one.commands.last == "popsec grant show --team Sales US")
    #expect(one.commands.first?.contains("--action Release") == true)
  }

  @Test("tokens and owners that break a law are named")
  func tokensAndOwners() throws {
    let portal = try scene.apiUser()
    _ = try scene.token(of: portal, "portal", expiry: .never)
    let who = try LawWho<AsWritten>(apiUsers: .all)
    let expiring = try law(.tokens(who, TokenDemands(isExpiring: true)))
    #expect(
      try found(expiring).map(\.text) == ["the token “portal” of API user “Portal Mexico” never expires"])
    #expect(try found(expiring).first?.commands == ["popsec token list Portal Mexico"])
    let owned = try law(.owned(checked: who))
    #expect(try found(owned).map(\.text) == ["API user “Portal Mexico”: no owner"])
    #expect(try found(owned).first?.commands == ["popsec api-user show Portal Mexico"])
  }

  @Test("an API user who is Administrator is found, and a user is not")
  func administrators() throws {
    let portal = try scene.apiUser()
    _ = try scene.user("ada", roles: [.builtIn(.administrator)])
    let roles: Set<SystemRole> = [.builtIn(.administrator)]
    try scene.change { try $0.saveRoles(of: .account(portal.id), Edit(was: [], becomes: roles)) }
    let never = LawForm<AsWritten>.never(try LawWho(apiUsers: .all, users: .all), try what())
    let all = try found(law(never))
    #expect(all.count == 1)
    #expect(all.first?.text.hasSuffix("(Business Central), by the role Administrator") == true)
  }
}
