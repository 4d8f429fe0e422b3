import Access
import Administration
import Store
import Testing

@testable import Console

/// What the gate brought to the screens.
@Suite struct TokenLimitsTests {
  /// On the Tokens page of Portal Mexico.
  private func tokens() throws -> (ScreenWorld, ConsoleDriver) {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.addUses()
    var console = world.console()
    console.press("s a Down*2 Enter Down*3 Enter")
    return (world, console)
  }

  private func token(_ world: ScreenWorld) throws -> Token? {
    try world.administration.read { reader in
      try reader.account(.apiUser, named: NameKey(Name("Portal Mexico"))).flatMap {
        try reader.tokens(of: $0.id).first
      }
    }
  }

  @Test("limits are typed by name, and saved")
  func saves() throws {
    var (world, console) = try tokens()
    let widget = try #require(try world.administration.read { try $0.widgets().first })
    console.press("l \"\(widget.name.text)\" Tab Tab \"10.0.0.0/8; 2001:db8::/32\" Tab 6 0 Enter")
    let limits = try #require(try token(world)?.limits)
    #expect(limits.widgets == [widget.id])
    #expect(Set(limits.networks.map(\.description)) == ["10.0.0.0/8", "2001:db8::/32"])
    #expect(limits.requestsPerMinute == 60)
  }

  @Test(
    "widgets and endpoints are chosen from a list, several of them, and typing finds them",
    arguments: [
      // Enter, or Down, lists them. Enter takes the row that is marked, or those that are ticked.
      ("Enter \"mx\" Enter", ["Sales MX"]), ("Down \"us\" Enter", ["Sales US"]),
      ("Enter Space Space Enter", ["Sales MX", "Sales US"]),
      ("Enter \"mx\" Tab Esc \"us\" Tab Enter", ["Sales MX", "Sales US"]),
      // What was typed finds them; what is named is ticked already.
      ("\"u\" Enter Enter", ["Sales US"]), ("\"Sales MX; us\" Enter Enter", ["Sales MX", "Sales US"]),
      ("\"Sales MX\" Enter Tab Enter", []), ("\"Sales MX\" Enter Esc", ["Sales MX"]),
      ("\"Sales MX\" Enter \"zzz\" Enter", ["Sales MX"]),
    ])
  func picks(keys: String, names: [String]) throws {
    var (world, console) = try tokens()
    try world.addWidget("Sales US")
    let widgets = try world.administration.read { try $0.widgets() }
    console.press("l \(keys)")
    #expect(console.compositor.titles.last == "Limit token", "\(console.text)")
    console.press("Tab*4 Enter")
    #expect(console.compositor.titles.last != "Limit token", "\(console.text)")
    let limits = try #require(try token(world)?.limits)
    #expect(Set(widgets.filter { limits.widgets.contains($0.id) }.map(\.name.text)) == Set(names))
  }

  @Test("a text that is no widget, network or rate is reported at its field, and nothing is saved")
  func refuses() throws {
    for keys in ["N o Tab*4 Enter", "Tab*2 1 0 Enter", "Tab*3 0 Enter"] {
      var (world, console) = try tokens()
      console.press("l \(keys)")
      #expect(try token(world)?.limits == TokenLimits.none, "\(keys)")
      #expect(console.text.contains("Limit token"), "\(keys)")
    }
  }

  @Test("rotating makes a new Token ID, and says until when the one before is valid")
  func rotates() throws {
    var (world, console) = try tokens()
    let before = try token(world)?.hint
    console.press("T Enter")
    #expect(try token(world)?.hint != before)
    #expect(console.text.contains("has a new Token ID"))
    #expect(console.text.contains("rotated: "))
  }

  @Test("rotating can end the one before at once, and says which older one ends with it")
  func rotatesNow() throws {
    var (world, console) = try tokens()
    console.press("T Enter")
    let older = try #require(try token(world)?.hint.masked)
    console.press("T")
    #expect(console.text.contains("an older one that still is valid, ends now"))
    console.press("Tab Enter")
    #expect(try token(world)?.hint.masked != older)
    #expect(console.text.contains("has a new Token ID"))
    #expect(!console.text.contains("rotated: "))
  }

  @Test("rotating can end the one before at an instant that is yet to come")
  func rotatesUntil() throws {
    var (world, console) = try tokens()
    let before = try token(world)?.hint
    console.press("T Tab*2 Enter \"2020-01-01\" Enter")
    #expect(console.text.contains("lies in the past"))
    #expect(try token(world)?.hint == before)
    console.press("Home C-k \"+2d\" Enter")
    #expect(try token(world)?.hint != before)
    #expect(console.text.contains("is valid until Wed 25 Nov 12:00"))
    #expect(console.lines.contains { $0.contains("rotated") && $0.contains("Copy") })
    console.press("Enter")
    #expect(
      console.text.contains("State       rotated: the Token ID before is valid, too"), "\(console.text)")
  }

  @Test("a denial leads to the token that was denied")
  func denial() throws {
    // The store's folder goes with the world.
    var (world, console) = try tokens()
    defer { withExtendedLifetime(world) {} }
    console.press("Esc Esc Esc d Enter")
    #expect(console.text.contains("DENIED"))
    console.press("Enter")
    #expect(console.text.contains("Portal Mexico") && console.text.contains("Tokens"))
  }

  @Test("API users whose tokens open nothing are marked, once somebody looks at them")
  func review() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    var console = world.console()
    console.press("s a")
    #expect(!console.text.contains("no access"))
    console.elapse()
    #expect(console.text.contains("no access"))
  }
}
