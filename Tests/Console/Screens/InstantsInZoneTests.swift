import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Times are those of the person's clock")
struct InstantsInZoneTests {
  /// The texts that name UTC because they were written down when something happened.
  private static let kept = ["at 2026-11-30 11:59 UTC", "is live until 2027-02-21 12:00 UTC"]
  /// The screens that show an error. An error has one text for the console, the commands and the audit log.
  private static let errors: Set = ["undo-refused"]
  private static let size = Size(columns: 200, rows: 50)

  @Test(
    "no screen shows a time of another zone",
    arguments: GoldenTests.screens.map(\.name).filter { !errors.contains($0) })
  func showsOneZone(name: String) throws {
    try GoldenTests.onScreen(name, Self.size, zone: .berlin) { console in
      let text = Self.kept.reduce(console.text) { $0.replacing($1, with: "") }
      #expect(!text.contains("UTC"), "\(text)")
      #expect(name == "locked" || text.contains("CET/CEST"))
    }
  }

  @Test("a list, a detail and a reason show the hour of the zone, and its name at that instant")
  func showsLocalTimes() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addAPIUser("Portal", tokens: ["portal"])
    let summer = try #require(Timestamp("2027-07-01T10:00:00Z"))
    let token = try #require(try world.tokens(of: "Portal").first)
    try world.administration.change { try $0.setExpiry(.at(summer), of: token.id) }
    var console = world.console(zone: .berlin)
    console.press("s A")
    #expect(console.text.contains("Time (CET/CEST)"))
    #expect(console.text.contains("2026-11-23 13:00"))
    console.press("Enter")
    #expect(console.text.contains("now · 2026-11-23 13:00 CET"), "\(console.text)")
    console = world.console(zone: .berlin)
    console.press("s a Enter Down*3 Enter Enter")
    #expect(console.text.contains("in 220 days · Thu 1 Jul 2027 12:00 CEST"), "\(console.text)")
    console = world.console(zone: .berlin)
    console.press("s a w")
    #expect(console.text.contains("is live until 2027-07-01 12:00 CEST"), "\(console.text)")
    console.press("x \"2027-07-01 12:00\" Enter")
    #expect(console.text.contains("is expired since 2027-07-01 12:00 CEST"), "\(console.text)")
  }

  @Test("what a change does is told in the zone, too")
  func tellsEffects() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    let account = try world.addAPIUser("Portal")
    try world.administration.change {
      try $0.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.builtIn(.widgetReader)]))
      try $0.setGrant(
        of: .account(account.id), on: connector,
        Permissions(
          roles: [.user], companies: .all, lists: .all,
          bounds: Bounds(until: ScreenWorld.now.adding(days: -1))))
    }
    var console = world.console(zone: .berlin)
    console.press("s a Enter Down*12 Enter Down C-u \"+3d\"")
    #expect(console.text.contains("! It ends in 3 days, Thu 26 Nov 13:00 CET."), "\(console.text)")
    console.press("C-s")
    #expect(console.text.contains("until 2026-11-26 13:00 CET"), "\(console.text)")
    #expect(!console.text.contains("UTC"))
  }
}
