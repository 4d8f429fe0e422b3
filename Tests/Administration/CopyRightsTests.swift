import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite("The rights of one account are given to many", .onEachEngine)
struct CopyRightsTests {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let source: Account
  let desk: Team
  let mexico: Team
  let bounds: Bounds

  init() throws {
    let scene = try Scene()
    self.scene = scene
    let catalogue = try scene.catalogue()
    self.catalogue = catalogue
    let bounds = Bounds(until: scene.now.adding(days: 3))
    self.bounds = bounds
    (source, desk, mexico) = try scene.change { change in
      let source = try change.addAccount(.apiUser, name: try Name("Source"))
      let (desk, mexico) = (
        try change.addTeam(name: try Name("Desk")), try change.addTeam(name: try Name("Mexico"))
      )
      try change.saveMembers(of: desk.id, bounded: BoundedSet(source.id, bounds), removing: [])
      try change.saveRoles(of: .account(source.id), Edit(was: [], becomes: [.builtIn(.widgetReader)]))
      try change.setGrant(
        of: .account(source.id), on: catalogue.connector, Self.permissions(catalogue, company: 0))
      _ = try change.addToken(to: source.id, name: try Name("t"))
      return (source, desk, mexico)
    }
  }

  private static func permissions(_ catalogue: Scene.Catalogue, company: Int, list: Int = 0) -> Permissions {
    Permissions(
      roles: [.user], companies: .only([catalogue.companies[company]]), lists: .only([catalogue.lists[list]]))
  }

  private func account(_ name: String, _ rights: (Change, AccountID) throws -> Void = { _, _ in }) throws
    -> Account
  {
    try scene.change { change in
      let account = try change.addAccount(.apiUser, name: try Name(name))
      try rights(change, account.id)
      return account
    }
  }

  /// An account with another team, another role and the other company of the same list.
  private func other(list: Int = 0) throws -> Account {
    try account("Other") { change, id in
      try change.saveMembers(of: mexico.id, adding: [id], removing: [])
      try change.saveRoles(of: .account(id), Edit(was: [], becomes: [.builtIn(.apiReader)]))
      try change.setGrant(
        of: .account(id), on: catalogue.connector, Self.permissions(catalogue, company: 1, list: list))
    }
  }

  private func rights(_ account: Account) throws -> Rights {
    try scene.read { try $0.rights(of: .account(account.id)) }
  }

  private func plan(_ accounts: [Account], isReplacing: Bool = false) throws -> BulkPlan {
    try scene.administration.plan(
      .copyRights(of: source.id, isReplacing: isReplacing), on: .these(Set(accounts.map(\.id))))
  }

  @Test(
    "rights are added to what is there, or take its place; tokens stay where they are",
    arguments: [false, true])
  func copies(isReplacing: Bool) throws {
    let (empty, other) = (try account("Empty"), try other())
    let plan = try plan([empty, other, source], isReplacing: isReplacing)
    #expect(plan.meantCount == 3 && plan.accounts.count == 2 && plan.details.named == source.name)
    try scene.administration.carryOut(plan)
    let given = try rights(source)
    #expect(try rights(empty) == given)
    if isReplacing {
      #expect(try rights(other) == given)
    } else {
      let has = try rights(other)
      #expect(has.teams.elements == [desk.id, mexico.id] && has.teams[desk.id] == bounds)
      #expect(has.roles.elements == [.builtIn(.widgetReader), .builtIn(.apiReader)])
      #expect(has.grants[catalogue.connector]?.companies == .only(Set(catalogue.companies)))
    }
    for account in [empty, other] { #expect(try scene.read { try $0.tokens(of: account.id) }.isEmpty) }
    #expect(try self.plan([empty, other], isReplacing: isReplacing).isEmpty)
  }

  @Test("what one grant can't say without giving more refuses all, and takes nobody's place")
  func apart() throws {
    let (empty, other) = (try account("Empty"), try other(list: 1))
    #expect(throws: BulkProblem.apart("grant on “Business Central”", of: other.name)) {
      try plan([empty, other])
    }
    #expect(try plan([empty, other], isReplacing: true).accounts.count == 2)
  }

  @Test("a membership with a time between is no one membership")
  func gap() throws {
    let later = try account("Later") { change, id in
      let bounds = try Bounds(from: scene.now.adding(days: 9))
      try change.saveMembers(of: desk.id, bounded: BoundedSet(id, bounds), removing: [])
    }
    #expect(throws: BulkProblem.apart("time in the team “Desk”", of: later.name)) { try plan([later]) }
  }

  @Test("rights that changed since they were shown are not copied")
  func conflict() throws {
    let empty = try account("Empty")
    let plan = try plan([empty])
    try scene.change { try $0.saveTeams(of: source.id, Edit(was: [desk.id], becomes: [])) }
    #expect(throws: EditConflict<Rights?>.self) { try scene.administration.carryOut(plan) }
    #expect(try rights(empty) == Rights())
  }

  @Test(
    "nobody gives what they may not give, and then nobody gets anything",
    arguments: [
      (Permission.teamsManage, AdministrationError.notPermitted(.teamsManage)),
      (.apiUsersManage, .notPermitted(.apiUsersManage)),
    ])
  func refuses(lacking: Permission, error: AdministrationError) throws {
    let empty = try account("Empty")
    let plan = try plan([empty])
    let limited = scene.administration(only: Set(Permission.allCases).subtracting([lacking]))
    #expect(throws: error) { try limited.carryOut(plan) }
    #expect(try rights(empty) == Rights())
  }

  @Test("one undo takes all of it back")
  func undo() throws {
    let accounts = [try account("Empty"), try other()]
    let before = try accounts.map(rights)
    try scene.administration.carryOut(try plan(accounts, isReplacing: true))
    #expect(try accounts.map(rights) != before)
    let last = try #require(Administration.nextUndo(of: try scene.administration.ownChanges()))
    try scene.administration.undo(last.number)
    #expect(try accounts.map(rights) == before)
  }
}
