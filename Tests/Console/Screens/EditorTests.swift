import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Edit changes what a user or team is given")
struct EditorTests {
  /// The pages of the first API user's first connector, from the main menu.
  private static let connector = "s a Enter Down*5 Enter"

  @Test("the Mexico case is given page by page, and only that")
  func mexicoCase() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    try world.addAPIUser("Portal Mexico")
    var console = world.console()
    console.press(Self.connector)
    console.press("Down Enter Down Space C-s")  // Roles: User
    console.press("Esc Down Enter Space C-s")  // Companies: MX
    console.press("Esc Down Enter Down Space C-s")  // Lists: the group Sales
    let given = try world.permissions("Portal Mexico", on: connector)
    #expect(given.roles == [.user])
    try world.administration.read { reader in
      let companies = try reader.companies(of: connector)
      #expect(given.companies == .only(Set(companies.filter { $0.name.text == "MX" }.map(\.id))))
      let sales = try reader.lists(of: connector).filter { $0.group?.text == "Sales" }
      #expect(given.lists == .only(Set(sales.map(\.id))))
    }
  }

  @Test("All is a choice of its own, distinct from every one ticked")
  func allIsNotEveryOne() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    try world.addAPIUser("Portal")
    var console = world.console()
    console.press(Self.connector)
    console.press("Down*2 Enter Space Down Space C-s")
    #expect(try world.permissions("Portal", on: connector).companies.only?.count == 2)
    console.press("Home Space C-s")
    #expect(try world.permissions("Portal", on: connector).companies == .all)
  }

  @Test("actions are offered only for lists that are given")
  func actionsOfGivenListsOnly() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addAPIUser("Portal")
    var console = world.console()
    console.press(Self.connector)
    console.press("Down*4 Enter")
    #expect(console.text.contains("No list is given yet"))
    console.press("Esc Up Enter End Space C-s Esc Down Enter")
    #expect(console.text.contains("Sales Orders"))
    #expect(!console.text.contains("Purchase Orders"))
  }

  @Test("removing a list says which items go along before it is saved, and takes them")
  func itemsGoAlong() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    try world.addAPIUser("Portal")
    var console = world.console()
    console.press(Self.connector)
    console.press("Down*3 Enter End Space C-s Esc Down Enter End Space C-s")
    #expect(try world.permissions("Portal", on: connector)[.action].only?.count == 1)
    console.press("Esc Up Enter End Space C-s")
    #expect(console.text.contains("Sales Orders: action"))
    console.press("Enter")
    #expect(try world.permissions("Portal", on: connector)[.action].only?.count == 1)
    console.press("C-s BTab Enter")
    let after = try world.permissions("Portal", on: connector)
    #expect(after.lists.isNone)
    #expect(after[.action].isNone)
  }

  @Test("the page follows the navigation pane, and what is changed stays pending")
  func pageFollows() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    let account = try world.addAPIUser("Portal")
    var console = world.console()
    console.press("s a Enter Down")
    #expect(console.lines.contains { $0.contains("▸ Teams") })
    console.press("Down Enter Down Space Esc")  // System roles: WidgetReader
    console.press("Down*3 Enter Down")  // The connector's roles, without Enter on them
    #expect(console.text.contains("CustomListContributor"))
    console.press("Enter Down Space Esc Down Enter Space")  // Roles: User, Companies: MX
    #expect(console.text.firstMatch(of: /Roles +\*/) != nil)
    #expect(console.text.contains("save 3 pages"))
    #expect(try world.permissions("Portal", on: connector) == .none)
    console.press("C-s")
    let given = try world.permissions("Portal", on: connector)
    #expect(given.roles == [.user])
    #expect(given.companies.only?.count == 1)
    let roles = try world.administration.read { try $0.roles(of: .account(account.id)).elements }
    #expect(roles == [.builtIn(.widgetReader)])
    #expect(console.text.contains("3 pages saved"))
    #expect(!console.text.contains(" *"))
  }

  @Test("items are offered of lists that are still pending, and saved with them")
  func pendingLists() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    try world.addAPIUser("Portal")
    var console = world.console()
    console.press(Self.connector)
    console.press("Down*3 Enter End Space Esc Down Enter End Space C-s")
    let given = try world.permissions("Portal", on: connector)
    #expect(given.lists.only?.count == 1)
    #expect(given[.action].only?.count == 1)
  }

  @Test(
    "leaving the editor with pending changes asks: save, discard and stay do what they say",
    arguments: [("Tab Enter", true), ("BTab Enter", false), ("Enter", false)])
  func leavingAsks(answer: String, isSaved: Bool) throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    let account = try world.addAPIUser("Portal")
    let team = try world.addTeam("Sales MX")
    var console = world.console()
    console.press("s a Enter Down Enter Space Esc Down Enter Down Space ] ] ] Down Space Esc Esc")
    #expect(console.text.contains("These pages have changes that are not saved"))
    #expect(console.text.firstMatch(of: /- Teams.*\n.*- System roles.*\n.*- Business Central: Roles/) != nil)
    console.press(answer)
    let (roles, teams) = try world.administration.read { reader in
      (
        try reader.roles(of: .account(account.id)).elements,
        try reader.teams(of: account.id).map(\.value.id)
      )
    }
    #expect(roles == (isSaved ? [.builtIn(.widgetReader)] : []))
    #expect(teams == (isSaved ? [team.id] : []))
    #expect(console.text.contains("Add API user") == (answer != "Enter"))
  }

  /// Ticks WidgetReader while somebody else gives the account another role, and saves.
  private func meet(_ world: ScreenWorld, theirs: BuiltInRole = .apiReader) throws -> ConsoleDriver {
    let account = try world.addAPIUser("Portal")
    var console = world.console()
    console.press("s a Enter Down*2 Enter Down Space")
    try world.administration.change {
      try $0.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.builtIn(theirs)]))
    }
    console.press("C-s")
    return console
  }

  private func roles(_ world: ScreenWorld) throws -> Set<SystemRole> {
    try world.administration.read { reader in
      let account = try #require(try reader.account(.apiUser, named: NameKey(try Name("Portal"))))
      return try reader.roles(of: .account(account.id)).elements
    }
  }

  @Test("a page that somebody else changed meanwhile shows both versions, and merges them only when asked to")
  func merge() throws {
    let world = try ScreenWorld()
    var console = try meet(world)
    #expect(console.text.contains("Changed meanwhile: System roles"))
    #expect(console.text.firstMatch(of: /APIReader +✓ \[x\] +\[ \]/) != nil)
    #expect(console.text.firstMatch(of: /WidgetReader +\[ \] +✓ \[x\]/) != nil)
    #expect(try roles(world) == [.builtIn(.apiReader)])
    console.elapse()
    console.press("Esc C-s")
    console.elapse()
    console.press("Tab Enter")
    #expect(try roles(world) == [.builtIn(.apiReader), .builtIn(.widgetReader)])
    #expect(console.lines.contains { $0.contains("[x] APIReader") })
  }

  @Test("where somebody else made the same change, nothing is asked")
  func sameChange() throws {
    let world = try ScreenWorld()
    let console = try meet(world, theirs: .widgetReader)
    #expect(!console.text.contains("Changed meanwhile"))
    #expect(try roles(world) == [.builtIn(.widgetReader)])
  }

  @Test("members are added and removed only when saved")
  func members() throws {
    let world = try ScreenWorld()
    let team = try world.addTeam("Sales MX")
    try world.addAPIUser("Portal Mexico")
    try world.addAPIUser("Portal USA")
    func members() throws -> [String] {
      try world.administration.read { reader in
        try reader.members(MemberQuery(team: team.id), .first, limit: 10).rows.map(\.account.name.text)
      }
    }
    var console = world.console()
    console.press("s t Enter Down Enter a Space Space Enter")
    #expect(console.text.contains("2 to add"))
    #expect(try members().isEmpty)
    console.press("C-s")
    #expect(try members() == ["Portal Mexico", "Portal USA"])
    console.press("Space C-s")
    #expect(try members() == ["Portal USA"])
  }

  @Test("revoking asks for the name, takes nothing else for it, and is final")
  func revoke() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    var console = world.console()
    console.press("s a Enter Down*3 Enter R Enter")
    #expect(try world.tokens(of: "Portal")[0].revokedAt == nil)
    #expect(console.text.contains("type portal here, or press Esc"))
    console.press("Esc R \"portat\"")
    console.click("[ Revoke ]")
    #expect(console.text.contains("type portal here, or press Esc"))
    #expect(try world.tokens(of: "Portal")[0].revokedAt == nil)
    console.press("Bs l Enter")
    #expect(try world.tokens(of: "Portal")[0].revokedAt == ScreenWorld.now)
    #expect(console.text.contains("revoked"))
    console.press("c V R")
    #expect(console.compositor.titles.last == "Portal")
  }

  @Test(
    "actions that the person may not do aren't offered",
    arguments: [
      ("s a", "add"), ("s a", "delete"), ("s a Enter Down*3 Enter", "c copy"),
      ("s a Enter Down*3 Enter", "revoke"),
      ("s t", "add"), ("s r", "add"),
    ])
  func notOffered(keys: String, hint: String) throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    let reader = ConsoleContext(
      administration: world.administration.as([.securityRead]), clipboard: .forTests)
    var console = ConsoleDriver(
      ConsoleRoot.compositor(reader, titleBar: "", size: Size(columns: 120, rows: 24)))
    console.press(keys)
    #expect(!console.lines.suffix(1).joined().contains(hint))
  }
}

extension Administration {
  /// The same store, for an operator with other permissions.
  func `as`(_ permissions: Set<Permission>) -> Administration {
    with(Operator(actor: operating.actor, permissions: permissions))
  }
}
