import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("A token begins and ends when a person says so")
struct TokenValidityTests {
  private let world: ScreenWorld
  private static let tokens = "s a Enter Down*3 Enter"
  private static let start = Timestamp("2026-12-01T08:00:00Z")

  init() throws {
    world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
  }

  private func token(_ name: String = "portal") throws -> Token? {
    try world.tokens(of: "Portal").first { $0.name.text == name }
  }

  @Test("a new token begins at the instant that was typed, and ends after the usual number of days")
  func addsWithABeginning() throws {
    var console = world.console()
    console.press(Self.tokens + " a \"new\" BTab*3 \"2026-12-01 08:00\" Enter")
    #expect(console.text.contains("token added"), "\(console.text)")
    #expect(try token("new")?.validFrom == Self.start)
    #expect(try token("new")?.expiry == .at(ScreenWorld.now.adding(days: Expiry.defaultDays)))
    #expect(console.text.contains("begins in 8 days · Tue 1 Dec 08:00 UTC"), "\(console.text)")
    #expect(console.text.contains("not yet"))
  }

  @Test("the end is typed as an instant of the console's zone, or as a distance")
  func typesTheEnd() throws {
    var console = world.console(zone: .berlin)
    console.press(Self.tokens + " x Down*4 Space")
    #expect(console.text.contains("(•) at the time below (CET/CEST)"), "\(console.text)")
    console.press("Down*2 \"2027-07-01 12:00\" Enter")
    #expect(try token()?.expiry == .at(#require(Timestamp("2027-07-01T10:00:00Z"))))
    console.press("x Down*4 Space Down*2 \"+3d\" Enter")
    #expect(try token()?.expiry == .at(ScreenWorld.now.adding(days: 3)))
    #expect(console.text.contains("in 3 days !"))
    #expect(console.text.contains("ends in 3 days · Thu 26 Nov 13:00 CET !"))
  }

  @Test("who changes only the beginning does not change the end, and who changes nothing changes nothing")
  func leavesTheEnd() throws {
    let expiry = try #require(try token()?.expiry)
    let count = try world.auditedActions().count
    var console = world.console()
    console.press(Self.tokens + " x Enter")
    #expect(try world.auditedActions().count == count)
    console.press("x BTab*3 \"2026-12-01 08:00\" Enter")
    #expect(try token()?.validFrom == Self.start)
    #expect(try token()?.expiry == expiry)
    console.press("x BTab*3")
    #expect(console.text.contains("2026-12-01 08:00"))
    console.press("C-u Enter")
    #expect(try token()?.validFrom == nil)
  }

  @Test(
    "what can't be is told in the dialog",
    arguments: [
      ("soon", "", "this is no instant"), ("2026-12-01 08:00:00.5", "", "an instant has whole seconds"),
      ("+3y", "", "this is no distance"), ("2027-06-01", "", "it must begin before it ends, Sun 21 Feb 2027"),
      ("2027-02-21 12:00", "", "it must begin before it ends"),
      ("2026-12-01", "2026-12-01", "it must begin before it ends, Tue 1 Dec 00:00"),
      ("", "tomorrow", "this is no instant"), ("", "2026-11-23 12:00", "this time has passed"),
      ("", "2026-12-01 12:00:00,5", "an instant has whole seconds"), ("", " ", "the end is missing"),
    ])
  func refuses(from: String, end: String, words: String) throws {
    let was = try token()
    var console = world.console()
    console.press(Self.tokens + " x")
    if !end.isEmpty { console.press("Down*4 Space Down*2 \"\(end)\"") }
    console.press(end.isEmpty ? "BTab*3" : "Down")
    if !from.isEmpty { console.press("\"\(from)\"") }
    console.press("Enter")
    #expect(console.text.contains("Change expiry"))
    #expect(console.text.contains(words), "\(console.text)")
    #expect(console.text.contains(from) && console.text.contains(end))
    #expect(try token() == was)
  }

  @Test("the usual number of days is the same wherever a token is added")
  func oneConstant() throws {
    let days = "in \(Expiry.defaultDays) days"
    let clock = Clock(now: ScreenWorld.now)
    #expect(ExpiryChoice.forNew.first?.title(clock) == days)
    try world.addCatalogue()
    var console = world.console()
    console.press("s w a")
    #expect(console.text.contains("for \(Expiry.defaultDays) days"))
  }
}
