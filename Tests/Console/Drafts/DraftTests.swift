import Access
import Administration
import Store
import Terminal
import TestTraits
import Testing

@testable import Console

@Suite("What a user left pending is offered when they are back", .onEachEngine)
struct DraftTests {
  let world: ScreenWorld
  let connector: ConnectorID
  let administration: Administration

  init() throws {
    world = try ScreenWorld()
    connector = try world.addCatalogue()
    try world.addPeople()
    try world.administration.change {
      _ = try $0.addRole(RoleContent(name: try Name("Auditor"), permissions: [.auditRead]))
    }
    administration = try world.administration(as: "ada")
  }

  private func context(_ administration: Administration) -> ConsoleContext {
    ConsoleContext(administration: administration, clipboard: .forTests)
  }

  private func console(as administration: Administration? = nil) -> ConsoleDriver {
    let context = context(administration ?? self.administration)
    var console = ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store  UTC", size: Size(columns: 80, rows: 24)))
    // The offer waits until nothing is typed.
    console.elapse()
    return console
  }

  /// Does something, and loses the terminal.
  private func leave(_ keys: String) -> Int {
    var console = console()
    if console.text.contains("You left") { console.press("Esc") }
    console.press(keys)
    return context(administration).keep(console.compositor.drafts)
  }

  /// Where changes are made that are not saved: the keys, the draft's title, and what the page shows of them.
  static let pages: [(keys: String, title: String, shows: String)] = [
    ("s a Down*2 Enter Enter \"X\"", "General of Portal Mexico", "Portal MexicoX"),
    ("s a Down*2 Enter Enter Tab Space", "General of Portal Mexico", "[ ] Enabled"),
    ("s a Down*2 Enter Enter Bs*20", "General of Portal Mexico", "must not be empty"),
    ("s a Down*2 Enter Down Enter Space", "Teams of Portal Mexico", "[ ] Sales MX"),
    ("s a Down*2 Enter Down*2 Enter Down Space", "System roles of Portal Mexico", "WidgetReader"),
    ("s a Down*2 Enter Down*5 Enter Down*3 Enter Down Space", "Lists of Portal Mexico", "Sales Invoices"),
    ("s a Down*2 Enter Down*5 Enter Down*2 Enter Space", "Companies of Portal Mexico", "All"),
    ("s t Enter Down Enter Space", "Members of Sales MX", "0 to add, 1 to remove"),
    ("s t Enter Down Enter a Down Tab Enter", "Members of Sales MX", "1 to add, 0 to remove"),
    ("s t Enter Enter Tab \"sells\"", "General of Sales MX", "sells"),
    ("s r End Enter Down Enter Space", "Permissions of Auditor", "widgets.read"),
    ("s r End Enter Enter \"s\"", "General of Auditor", "Auditors"),
  ]

  @Test("a draft of every kind of page is kept, offered, put back, and saved", arguments: pages.indices)
  func putsBack(index: Int) throws {
    let page = Self.pages[index]
    var before = console()
    before.press(page.keys)
    #expect(before.text.contains(page.shows), "\(before.text)")
    #expect(before.text.contains(" *") || before.text.contains("pending"), "\(before.text)")
    #expect(context(administration).keep(before.compositor.drafts) == 1)

    var console = console()
    #expect(console.text.contains("You left changes to \(page.title)"), "\(console.text)")
    #expect(console.text.contains("12:00 UTC."))
    console.press("Enter")
    #expect(console.text.contains(page.shows), "\(console.text)")
    // The page looks as when it was left, but for what had the keys.
    let (was, isNow) = (before.compositor.drafts, console.compositor.drafts)
    #expect(was == isNow)
    #expect(try administration.drafts().map(\.title) == [page.title])
  }

  @Test("saving settles it")
  func saves() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    var console = console()
    console.press("Enter C-s")
    #expect(try world.administration.read { try $0.team(named: NameKey(try Name("Sales MX 2"))) } != nil)
    #expect(try administration.drafts().isEmpty)
    #expect(!self.console().text.contains("You left"))
  }

  @Test("dropping it on its page settles it", arguments: ["Esc C-g BTab Enter", "Esc Esc BTab Enter"])
  func dropsOnPage(keys: String) throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    var console = console()
    console.press("Enter " + keys)
    #expect(try administration.drafts().isEmpty, "\(console.text)")
  }

  @Test("edits that are still pending when the terminal goes again are kept again")
  func keepsAgain() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    var console = console()
    console.press("Enter \"3\"")
    #expect(context(administration).keep(console.compositor.drafts) == 1)
    #expect(try administration.drafts().count == 1)
    console = self.console()
    console.press("Enter")
    #expect(console.text.contains("Sales MX 23"))
  }

  @Test("Later keeps it, Discard does not")
  func answers() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    var console = console()
    console.press("Esc")
    #expect(!console.text.contains("You left"))
    #expect(console.text.contains("Main menu"))
    #expect(try administration.drafts().count == 1)
    console = self.console()
    console.press("Tab Enter")
    #expect(try administration.drafts().isEmpty)
    #expect(console.text.contains("Main menu"))
  }

  @Test("each of several drafts is offered, the latest first")
  func several() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    #expect(leave("s a Enter Enter \"X\"") == 1)
    #expect(leave("s a Down Enter Enter \"X\"") == 1)
    var console = console()
    #expect(console.text.contains("2 more pages wait behind it"))
    for _ in 0..<3 {
      console.press("Tab Enter")
      console.elapse()
    }
    #expect(try administration.drafts().isEmpty)
  }

  @Test("a change that others saved meanwhile is a conflict on saving")
  func conflicts() throws {
    #expect(leave("s a Down*2 Enter Down*5 Enter Down*2 Enter Down Space") == 1)
    try world.administration.change { change in
      let account = try #require(
        try change.reader.account(.apiUser, named: NameKey(try Name("Portal Mexico"))))
      try change.setGrant(of: .account(account.id), on: connector, Permissions(companies: .all))
    }
    var console = console()
    console.press("Enter")
    #expect(console.text.contains("Companies *"))
    console.press("C-s")
    while console.text.contains("This is what it does") { console.press("Enter") }
    #expect(console.text.contains("Changed meanwhile"), "\(console.text)")
  }

  @Test("a draft says where its thing was deleted, or may no longer be changed")
  func gone() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    try world.administration.change { change in
      let team = try #require(try change.reader.team(named: NameKey(try Name("Sales MX"))))
      try change.deleteTeam(team.id)
    }
    var console = console()
    console.press("Enter")
    #expect(console.text.contains("is gone"))
  }

  @Test("a user who may no longer change the thing is told so, and sees its present values")
  func notPermitted() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    let user = try #require(administration.operating.user)
    try world.administration.change { change in
      let other = try change.addAccount(.user, name: try Name("boss"))
      try change.saveRoles(of: .account(other.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
      try change.saveRoles(
        of: .account(user),
        Edit(was: [.builtIn(.administrator)], becomes: [.builtIn(.securityReader)]))
    }
    var console = console()
    console.press("Enter")
    #expect(console.text.contains("can't be put back"))
    #expect(console.text.contains("Sales MX"))
    #expect(console.compositor.drafts.isEmpty)
  }

  @Test("another user is offered nothing, and can drop nothing")
  func othersSeeNothing() throws {
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    let bob = try world.administration(as: "bob")
    #expect(!console(as: bob).text.contains("You left"))
    for draft in try administration.drafts() { try bob.dropDraft(at: draft.place) }
    #expect(try administration.drafts().count == 1)
    #expect(try bob.drafts().isEmpty)
  }

  @Test("an operator who is no user has no drafts, and nothing is said about this")
  func withoutUser() throws {
    var console = console(as: world.administration)
    console.press("s t Enter Enter \" 2\"")
    #expect(context(world.administration).keep(console.compositor.drafts) == 0)
    #expect(!self.console(as: world.administration).text.contains("You left"))
  }

  @Test("a Token ID that was pasted into a field is not kept")
  func secrets() throws {
    var console = console()
    console.press("s t Enter Enter Tab")
    console.handle(.paste(TokenID.generate().revealed))
    #expect(context(administration).keep(console.compositor.drafts) == 0)
    console.press("BTab \" 2\"")
    #expect(context(administration).keep(console.compositor.drafts) == 1)
    let drafts = try administration.drafts()
    #expect(drafts.count == 1 && !drafts.contains { PastedTokenID.holdsTokenID($0.document) })
  }

  @Test("drafts have no audit rows")
  func notAudited() throws {
    let before = try world.auditedActions()
    #expect(leave("s t Enter Enter \" 2\"") == 1)
    var console = console()
    console.press("Tab Enter")
    #expect(try world.auditedActions() == before)
  }

  @Test(
    "only pages with pending edits have drafts", arguments: ["", "s", "s a", "s a Enter Enter", "q"])
  func nothingPending(keys: String) throws { #expect(leave(keys) == 0) }
}
