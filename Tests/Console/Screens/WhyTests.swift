import Access
import Administration
import Store
import Testing

@testable import Console

/// Why, and the ways to it.
@Suite struct WhyTests {
  /// API users list with the Business Central case, the selection on Portal Mexico.
  private func console(_ world: ScreenWorld) -> ConsoleDriver {
    var console = world.console()
    console.press("s a Down*2")
    return console
  }

  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    return world
  }

  private func team(_ change: Change) throws -> Team {
    try #require(try change.reader.team(named: NameKey(try Name("Sales MX"))))
  }

  /// Changes the team's grant.
  private func regrant(_ world: ScreenWorld, _ body: (inout Permissions, any SecurityReader) throws -> Void)
    throws
  {
    try world.administration.change { change in
      let team = try team(change)
      let grant = try #require(try change.reader.grants(of: .team(team.id)).first)
      var permissions = grant.permissions
      try body(&permissions, change.reader)
      try change.setGrant(of: .team(team.id), on: grant.connector, permissions)
    }
  }

  /// The five breakages, the keys from the user's row, and the cause as Why tells it.
  private static let breakages: [(name: String, keys: String, cause: String)] = [
    ("no connector role", "w", "has no connector role that gives data"),
    ("wrong company", "w c Down Enter", "does not have the company “MX”"),
    ("expired token", "w", "“portal” is expired since 2026-11-23 12:00 UTC"),
    ("disabled user", "w", "API user “Portal Mexico” is disabled"),
    ("list removed from the catalogue", "w", "its lists have left the catalogue"),
  ]

  private func break_(_ world: ScreenWorld, _ name: String) throws {
    switch name {
    case "no connector role": try regrant(world) { permissions, _ in permissions.roles = [.reader] }
    case "wrong company":
      try regrant(world) { permissions, reader in
        let connector = try #require(try reader.connectors().first)
        let other = try reader.companies(of: connector.id).filter { $0.name.text == "US" }
        permissions.companies = .only(Set(other.map(\.id)))
      }
    case "expired token":
      let token = try #require(try world.tokens(of: "Portal Mexico").first)
      try world.administration.change { try $0.setExpiry(.at(ScreenWorld.now), of: token.id) }
    case "disabled user":
      try world.administration.change { change in
        let key = NameKey(try Name("Portal Mexico"))
        let account = try #require(try change.reader.account(.apiUser, named: key))
        try change.setEnabled(false, account.id)
      }
    default:
      try world.administration.change { change in
        let connector = try #require(try change.reader.connectors().first)
        for list in try change.reader.lists(of: connector.id) where list.group?.text == "Sales" {
          try change.delete(list)
        }
      }
    }
  }

  @Test(
    "each of five breakages is found from Why alone, within four keys of the user's row",
    arguments: breakages.map(\.name))
  func finds(name: String) throws {
    let breakage = try #require(Self.breakages.first { $0.name == name })
    let world = try world()
    try break_(world, name)
    var console = console(world)
    console.press(breakage.keys)
    #expect(breakage.keys.split(separator: " ").count <= 4)
    #expect(console.text.contains("✗ DENIED"))
    #expect(console.text.contains(breakage.cause), "\(console.text)")
  }

  @Test("a wrong company shows also in what is allowed instead")
  func showsWhatIsAllowed() throws {
    let world = try world()
    try break_(world, "wrong company")
    var console = console(world)
    console.press("w")
    #expect(console.text.contains("✓ ALLOWED"))
    #expect(console.text.contains("  US: Sales Invoices, Sales Orders"))
  }

  @Test("the request can be altered in every part, and the answer is there at once")
  func alters() throws {
    let world = try world()
    var console = console(world)
    console.press("w c End Enter")
    #expect(console.text.contains("Company  US"))
    #expect(console.text.contains("✗ DENIED: the grant of team “Sales MX” does not have the company “US”"))
    console.press("c Up Enter")
    #expect(console.text.contains("✓ ALLOWED"))
    console.press("l Down Enter")
    #expect(console.text.contains("List     Sales Invoices"))
    console.press("i End Enter")
    #expect(console.text.contains("✗ DENIED"))
    console.press("i Up Enter")
    #expect(console.text.contains("Item     action Release"))
    #expect(console.text.contains("✓ ALLOWED"))
    console.press("x \"2030-01-01\" Enter")
    #expect(console.text.contains("“portal” is expired since"))
    console.press("t End Enter")
    #expect(console.text.contains("none: what it could see"))
    #expect(console.text.contains("✓ ALLOWED"))
    console.press("o \"10.1.2.3\" Enter")
    #expect(console.text.contains("Source   10.1.2.3"))
    console.press("s End Enter")
    #expect(console.text.contains("API of Salesforce"))
    #expect(console.text.contains("no system role opens endpoints and the API"))
  }

  @Test("a text that is no time or address is refused where it is typed")
  func refuses() throws {
    let world = try world()
    var console = console(world)
    console.press("w x \"soon\" Enter")
    #expect(console.text.contains("this is no instant"), "\(console.text)")
    #expect(console.text.contains("write 2027-02-21"))
    console.press("Esc o \"here\" Enter")
    #expect(console.text.contains("this is no IP address"))
  }

  @Test("Why leads to the page where the cause can be mended, and tells the new answer on return")
  func mending() throws {
    let world = try world()
    try regrant(world) { permissions, _ in permissions.roles = [] }
    var console = console(world)
    console.press("w Enter")
    #expect(console.lines[0].contains("Why › Sales MX"))
    #expect(console.text.contains("CustomListContributor"))
    // The row that mends it is ticked, selected and pending; nothing else is.
    #expect(console.lines.contains { $0.contains("*[x] User") }, "\(console.text)")
    #expect(console.lines.count { $0.contains("[x]") } == 1)
    console.press("C-s Enter")
    #expect(console.text.contains("Roles saved"), "\(console.text)")
    console.press("Esc*2")
    #expect(console.text.contains("✓ ALLOWED"))
  }

  /// What denies, and the row on which Enter lands.
  private static let mendedRows: [(name: String, keys: String, row: String)] = [
    ("wrong company", "w c Down Enter", "[x] MX"), ("disabled user", "w", "[x] Enabled"),
    ("no connector role", "w", "[x] User"),
  ]

  @Test("Enter makes pending what mends a denial, and saves nothing", arguments: mendedRows.map(\.name))
  func mendsByOneRow(name: String) throws {
    let mend = try #require(Self.mendedRows.first { $0.name == name })
    let world = try world()
    try break_(world, name)
    var console = console(world)
    console.press(mend.keys + " Enter")
    #expect(console.text.contains(mend.row), "\(console.text)")
    #expect(console.text.contains("Ctrl-S save"))
    #expect(!console.text.contains("(•) All"), "\(console.text)")
    // Ctrl-U is half a page up, whatever is pending.
    console.press("C-u")
    #expect(console.text.contains("Ctrl-S save"))
    console.press("C-g BTab Enter Esc*2")
    #expect(console.text.contains("✗ DENIED"))
  }

  @Test("effective access is a tree that unfolds, folds and is filtered; Enter on a row says why")
  func tree() throws {
    let world = try world()
    var console = console(world)
    console.press("Enter Down*4 Enter")
    #expect(console.text.contains("✓ widgets: open, by WidgetReader, of team “Sales MX”"))
    #expect(console.text.contains("– endpoints and the API: closed"))
    #expect(console.text.contains("- MX"))
    #expect(console.text.contains("+ Sales Orders"))
    console.press("Down*3 Space")
    #expect(console.text.contains("- Sales Orders"))
    #expect(console.text.contains("action Release"))
    console.press("Left")
    #expect(console.text.contains("+ Sales Orders"))
    console.press("/ \"orders\" Enter")
    #expect(console.text.contains("Sales Orders"))
    #expect(!console.text.contains("Sales Invoices"))
    console.press("End Enter")
    #expect(console.text.contains("✓ ALLOWED"))
    #expect(console.text.contains("Asked by API user “Portal Mexico”"))
  }

  @Test("the catalogue shows who may see a list; Enter says why, and e edits")
  func viewers() throws {
    let world = try world()
    var console = world.console()
    console.press("s c Enter / \"invoices\" Enter w")
    #expect(console.text.contains("Who may see Sales Invoices"))
    #expect(console.text.contains("Sales MX"))
    console.press("Enter")
    #expect(console.text.contains("Asked by team “Sales MX”"))
    console.press("Esc e")
    #expect(console.text.contains("Teams › Sales MX") || console.text.contains("› Sales MX"))
    console = world.console()
    console.press("s c / \"sales mx\" Enter w")
    #expect(console.text.contains("Which list?"), "\(console.text)")
  }

  @Test(
    "how many Administrators see it is said; that they can't be counted, too",
    arguments: [
      (Result<Int, Problem>.success(2), "and 2 with the system role Administrator"),
      (.failure(Problem("disk I/O error")), "can't be counted: disk I/O error"),
    ])
  func administrators(count: Result<Int, Problem>, said: String) throws {
    let world = try world()
    let place = try world.administration.read { reader in
      let connector = try #require(try reader.connectors().first)
      let list = try #require(try reader.lists(of: connector.id).first)
      return ViewedPlace(
        connector: connector.id, list: list.id, name: list.name, surface: .api(.id(connector.id)))
    }
    var screen = ViewersScreen(place, context: world.context())
    _ = screen.update(.administrators(count))
    #expect(drawn(columns: 100) { screen.draw(on: &$0) }.drawn.contains(said))
  }

  @Test("a token's row leads to Why with that token, also where it is revoked")
  func ofToken() throws {
    let world = try world()
    var console = world.console()
    console.press("s a Down Enter Down*3 Enter End w")
    #expect(console.text.contains("“gone” is revoked"))
  }
}
