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

  @Test(
    "leaving a page with pending changes asks: save, discard and stay do what they say",
    arguments: [
      ("Tab Enter", true, "Teams"), ("BTab Enter", false, "Teams"), ("Enter", false, "Roles"),
    ])
  func leavingAsks(answer: String, isSaved: Bool, page: String) throws {
    let world = try ScreenWorld()
    let account = try world.addAPIUser("Portal")
    var console = world.console()
    console.press("s a Enter Down*2 Enter Down Space Esc Up Enter")
    #expect(console.text.contains("This page has changes that are not saved"))
    console.press(answer)
    let roles = try world.administration.read { try $0.roles(of: .account(account.id)).elements }
    #expect(roles == (isSaved ? [.builtIn(.widgetReader)] : []))
    #expect(console.lines.contains { $0.contains("▸ \(page)") })
  }

  @Test("a page that somebody else changed meanwhile shows both, and saves neither unasked")
  func conflict() throws {
    let world = try ScreenWorld()
    let account = try world.addAPIUser("Portal")
    var console = world.console()
    console.press("s a Enter Down*2 Enter Down Space")
    try world.administration.change {
      try $0.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.builtIn(.apiReader)]))
    }
    console.press("C-s")
    #expect(console.text.contains("Changed meanwhile"))
    #expect(console.text.firstMatch(of: /≠ APIReader +\[x\] +\[ \]/) != nil)
    #expect(console.text.firstMatch(of: /≠ WidgetReader +\[ \] +\[x\]/) != nil)
    func roles() throws -> Set<SystemRole> {
      try world.administration.read { try $0.roles(of: .account(account.id)).elements }
    }
    #expect(try roles() == [.builtIn(.apiReader)])
    console.elapse()
    console.press("Esc C-s")
    console.elapse()
    console.press("Tab Tab Enter")
    #expect(try roles() == [.builtIn(.widgetReader)])
  }

  @Test("theirs can be taken instead")
  func takeTheirs() throws {
    let world = try ScreenWorld()
    let account = try world.addAPIUser("Portal")
    var console = world.console()
    console.press("s a Enter Down*2 Enter Down Space")
    try world.administration.change {
      try $0.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.builtIn(.apiReader)]))
    }
    console.press("C-s")
    console.elapse()
    console.press("Tab Enter")
    #expect(console.lines.contains { $0.contains("[x] APIReader") })
    #expect(console.lines.contains { $0.contains("[ ] WidgetReader") })
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
    console.press("c v R")
    #expect(console.compositor.titles.last == "Portal")
  }

  @Test(
    "actions that the person may not do aren't offered",
    arguments: [
      ("s a", "add"), ("s a", "delete"), ("s a Enter Down*3 Enter", "copy"),
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
