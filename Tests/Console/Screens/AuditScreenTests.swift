import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("The audit log tells who did what, and leads there")
struct AuditScreenTests {
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal Mexico", tokens: ["portal"])
    try world.addTeam("Sales MX", summary: "people who sell in Mexico")
    return world
  }

  @Test("the latest row comes first, and Enter shows what was before and after")
  func shows() throws {
    let world = try world()
    let account = try world.administration.read { reader in
      try #require(try reader.account(.apiUser, named: NameKey(try Name("Portal Mexico"))))
    }
    try world.administration.change { try $0.rename(account.id, to: try Name("Portal México")) }
    var console = world.console()
    console.press("s A")
    #expect(console.lines[4].contains("apiUser.edit"))
    console.press("Enter")
    #expect(console.lines.contains { $0.hasPrefix(" - Portal Mexico") || $0.hasPrefix("- Portal Mexico") })
    #expect(console.lines.contains { $0.contains("+ Portal México") })
    console.press("t")
    #expect(console.lines[0].contains("Portal México"))
    #expect(console.text.contains("General"))
  }

  @Test(
    "a filter keeps the rows that are meant, says so, and Esc drops it",
    arguments: [
      ("Tab \"token\"", ["token.add"]),
      ("Tab Tab \"sales\"", ["team.add"]),
      ("\"nobody\"", []),
      ("Tab Tab Tab \"1h\" Tab Tab", ["team.add", "token.add", "apiUser.add"]),
    ])
  func filters(keys: String, actions: [String]) throws {
    let world = try world()
    var console = world.console()
    console.press("s A / \(keys) Enter")
    let shown = console.lines.compactMap { line in
      ["team.add", "token.add", "apiUser.add"].first { line.contains($0) }
    }
    #expect(shown == actions)
    #expect(console.lines[1].contains("Only:"))
    console.press("Esc")
    #expect(console.lines[1].contains("Everything"))
  }

  @Test("a row looks as it did", arguments: GoldenTests.sizes)
  func row(size: Size) throws {
    let record = AuditRecord(
      sequence: 4_711, at: ScreenWorld.now,
      actor: Actor(
        name: "ana", frontEnd: .console, user: AccountID("7"), keyFingerprint: "SHA256:abc",
        source: "192.0.2.7"),
      action: "team.grant", target: AuditTarget(.team, id: "9", name: "Sales MX"),
      details: #"{"companies":{"before":"","after":"MX"},"lists":{"before":"Vendors","after":"all"}}"#,
      previousHash: [UInt8](repeating: 1, count: 32), hash: [UInt8](repeating: 2, count: 32))
    let world = try ScreenWorld()
    var console = ConsoleDriver(AuditRowScreen(record, context: world.context()), size: size)
    console.draw()
    try Golden.check(console.canvas, "audit-row-\(size.columns)x\(size.rows)")
  }

  @Test("a time that is none is said at its field, and nothing is filtered")
  func badTime() throws {
    let world = try world()
    var console = world.console()
    console.press("s A / Tab Tab Tab \"soon\" Enter")
    #expect(console.text.contains("“soon” is no time"))
    console.press("Esc")
    #expect(console.lines[1].contains("Everything"))
  }

  @Test("new rows appear without a key, and the selected row stays selected")
  func follows() throws {
    let world = try world()
    var console = world.console()
    console.press("s A")
    console.elapse()
    let before = try #require(console.lines.first { $0.hasPrefix("▸") })
    try world.addTeam("Another")
    console.elapse()
    #expect(console.text.contains("Another"))
    let after = try #require(console.lines.first { $0.hasPrefix("▸") })
    #expect(after.contains("team.add") == before.contains("team.add"))
    #expect(after.contains("Sales MX"))
  }

  @Test("a thing that was deleted since is reported as gone, and not shown")
  func goneTarget() throws {
    let world = try world()
    let team = try world.addTeam("Gone")
    try world.administration.change { try $0.deleteTeam(team.id) }
    var console = world.console()
    console.press("s A t")
    #expect(console.text.contains("not there any more"))
  }

  @Test("verify tells that the chain is whole, and what can't be known")
  func verifies() throws {
    let world = try world()
    var console = world.console()
    console.press("s A V")
    #expect(console.text.contains("the chain is whole"))
    #expect(console.text.contains("not known"))
  }

  @Test(
    "each is offered the pages that they may see, and no others",
    arguments: [
      ([Permission.auditRead], ["Audit log"]),
      (
        [.securityRead],
        [
          "Users", "API users", "Tokens", "Teams", "Roles", "Laws", "Catalogue", "Recent denials", "Live",
          "Inbox",
          "Notices", "Deleted", "Settings",
        ]
      ),
      ([.widgetsRead], []),
    ])
  func offered(permissions: [Permission], pages: [String]) throws {
    let world = try ScreenWorld(permissions: Set(permissions))
    var console = world.console()
    console.press("s")
    let all = SecurityPages.all.map(\.title)
    for page in all {
      #expect(console.lines.contains { $0.contains(" \(page) ") } == pages.contains(page), "\(page)")
    }
    console.press(": \"audit log\"")
    #expect(console.text.contains("Page") == pages.contains("Audit log"))
  }
}
