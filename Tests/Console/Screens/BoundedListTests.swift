import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Roles, teams and members are given from an instant and until an instant")
struct BoundedListTests {
  let world: ScreenWorld
  let account: Account
  let team: Team
  /// The pages of the one API user, from the main menu. The first role is *Administrator*, the second one
  /// *WidgetReader*.
  private static let rolesPage = "s a Enter Down*2 Enter Down"
  private static let teamsPage = "s a Enter Down Enter"
  private static let membersPage = "s t Enter Down Enter"
  private static let end = Timestamp("2026-12-01T00:00:00Z")

  init() throws {
    world = try ScreenWorld()
    account = try world.addAPIUser("Portal")
    team = try world.addTeam("Sales MX")
  }

  private func roles() throws -> BoundedSet<SystemRole> {
    try world.administration.read { try $0.roles(of: .account(account.id)) }
  }

  private func membership() throws -> Bounds? {
    try world.administration.read { try $0.teams(of: account.id).first { $0.value.id == team.id }?.bounds }
  }

  private func join(_ bounds: Bounds?) throws {
    try world.administration.change {
      try $0.saveMembers(
        of: team.id, bounded: BoundedSet(account.id, bounds), removing: bounds == nil ? [account.id] : [])
    }
  }

  @Test("a role is ticked and bounded in one go, and its bounds are changed and taken away again")
  func bindsRoles() throws {
    var console = world.console()
    console.press(Self.rolesPage + " Space t")
    #expect(console.text.contains("In UTC, or a distance as +14d"))
    console.press("\"2026-12-01\" Enter")
    #expect(console.text.contains("*  [x] WidgetReader  until Tue 1 Dec 00:00"), "\(console.text)")
    console.press("C-s")
    #expect(try roles() == BoundedSet(.builtIn(.widgetReader), Bounds(until: Self.end)))
    console.press("t Up \"2026-11-30 08:00\" Enter C-s")
    let start = try #require(Timestamp("2026-11-30T08:00:00Z"))
    #expect(try roles()[.builtIn(.widgetReader)] == Bounds(from: start, until: Self.end))
    #expect(console.text.contains("from 30 Nov until 1 Dec"))
    console.press("t C-u Up C-u Enter C-s")
    #expect(try roles() == [.builtIn(.widgetReader)])
  }

  @Test("a row that is not ticked has no bounds to be typed, and neither has who may not edit")
  func needsATick() throws {
    var console = world.console()
    console.press(Self.rolesPage + " t")
    #expect(console.text.contains("tick the row first"))
    let reader = try world.administration(as: "sam", role: .securityReader)
    console = ConsoleDriver(
      ConsoleRoot.compositor(
        ConsoleContext(administration: reader, clipboard: .forTests), titleBar: "",
        size: Size(columns: 80, rows: 24)))
    console.press(Self.rolesPage + " t")
    #expect(!console.text.contains("From and until"))
  }

  @Test(
    "what can't be is told in the dialog, and nothing typed is lost",
    arguments: [
      ("2027-01-01", "2026-12-01", "it must end after it begins, Fri 1 Jan 2027"),
      ("2027-01-01", "2027-01-01", "it must end after it begins"), ("soon", "", "this is no instant"),
      ("", "2026-12-01 12:00:00.5", "an instant has whole seconds"), ("+1y", "", "this is no distance"),
    ])
  func refuses(from: String, until: String, words: String) throws {
    var console = world.console()
    console.press(Self.rolesPage + " Space t Up")
    if !from.isEmpty { console.press("\"\(from)\"") }
    console.press("Down")
    if !until.isEmpty { console.press("\"\(until)\"") }
    console.press("Enter")
    #expect(console.text.contains("From and until"))
    #expect(console.text.contains(words), "\(console.text)")
    #expect(console.text.contains(from) && console.text.contains(until))
    console.press("Esc C-s")
    #expect(try roles() == [.builtIn(.widgetReader)])
  }

  @Test("a row that is unticked and ticked again keeps its bounds")
  func ticksTwice() throws {
    let held = BoundedSet<SystemRole>(.builtIn(.widgetReader), Bounds(until: Self.end))
    try world.administration.change {
      try $0.saveRoles(of: .account(account.id), bounded: Edit(was: [], becomes: held))
    }
    var console = world.console()
    console.press("s a Enter Down*2 Enter Space Space")
    #expect(!console.text.contains("System roles *"), "\(console.text)")
    #expect(console.text.contains("[x] WidgetReader  until Tue 1 Dec 00:00"))
    console.press("Down Space C-s")
    #expect(try roles()[.builtIn(.widgetReader)] == Bounds(until: Self.end))
    #expect(try roles().count == 2)
  }

  @Test("bounds that somebody else saved meanwhile are shown beside one's own")
  func conflict() throws {
    try join(.always)
    var console = world.console()
    console.press(Self.teamsPage + " t \"2026-12-01\" Enter")
    try join(Bounds(until: Self.end?.adding(days: 23)))
    console.press("C-s")
    #expect(console.text.contains("Changed meanwhile"))
    #expect(console.text.contains("until Thu 24 Dec 00:00"), "\(console.text)")
    #expect(console.text.contains("until Tue 1 Dec 00:00"))
    #expect(try membership() == Bounds(until: Self.end?.adding(days: 23)))
  }

  @Test("a membership is bounded from the user's page and from the team's")
  func bindsMemberships() throws {
    var console = world.console()
    console.press(Self.teamsPage + " Space t \"+8d\" Enter C-s")
    #expect(try membership() == Bounds(until: Self.end?.adding(seconds: 43_200)))
    console = world.console()
    console.press(Self.membersPage)
    #expect(console.text.contains("until Tue 1 Dec 12:00"))
    console.press("t C-u \"2026-11-26 12:00\" Enter")
    #expect(console.text.contains("pending: 0 to add, 0 to remove, 1 to bound"))
    #expect(console.text.contains("* Portal"))
    #expect(console.text.contains("until Thu 26 Nov 12:00 !"), "\(console.text)")
    console.press("C-s")
    #expect(try membership() == Bounds(until: ScreenWorld.now.adding(days: 3)))
    console.press("t C-u Enter C-s")
    #expect(try membership() == .always)
  }

  @Test("who is added again keeps the bounds of the membership")
  func addsAgain() throws {
    try join(Bounds(until: Self.end))
    var console = world.console()
    console.press(Self.membersPage + " a Space Enter C-s")
    #expect(try membership() == Bounds(until: Self.end))
  }

  @Test(
    "whoever was taken out meanwhile, or has other bounds by now, is not changed unseen",
    arguments: [nil, 5] as [Int64?])
  func staysOut(days: Int64?) throws {
    try join(.always)
    let theirs = days.map { Bounds(until: ScreenWorld.now.adding(days: $0)) }
    var console = world.console()
    console.press(Self.membersPage + " t \"2026-12-01\" Enter")
    try join(theirs)
    console.press("C-s")
    #expect(console.text.contains("somebody changed the same thing meanwhile"), "\(console.text)")
    #expect(try membership() == theirs)
  }

  @Test("pending bounds are kept for who comes back", arguments: [true, false])
  func keepsDrafts(ofMembers: Bool) throws {
    try join(.always)
    let own = ConsoleContext(administration: try world.administration(as: "ada"), clipboard: .forTests)
    func console() -> ConsoleDriver {
      ConsoleDriver(
        ConsoleRoot.compositor(own, titleBar: "store  UTC", size: Size(columns: 80, rows: 24)))
    }
    var before = console()
    before.press(ofMembers ? Self.membersPage : Self.rolesPage + " Space")
    before.press("t \"2026-12-01\" Enter")
    #expect(before.text.contains("until Tue 1 Dec 00:00"))
    #expect(own.keep(before.compositor.drafts) == 1)
    var after = console()
    after.elapse()
    after.press("Enter")
    #expect(after.text.contains("until Tue 1 Dec 00:00"), "\(after.text)")
    #expect(before.compositor.drafts == after.compositor.drafts)
    after.press("C-s")
    #expect(
      try ofMembers
        ? membership() == Bounds(until: Self.end)
        : roles()[.builtIn(.widgetReader)] == Bounds(until: Self.end))
  }
}
