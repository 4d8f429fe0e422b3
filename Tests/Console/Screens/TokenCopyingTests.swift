import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("What is known of a token is shown, and what opens nothing is said before it is copied")
struct TokenCopyingTests {
  private static let tokens = "s a Enter Down*3 Enter"

  private func world(
    _ change: (Change, Account, Token) throws -> Void = { _, _, _ in }
  ) throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addCatalogue()
    let account = try world.addAPIUser("Portal", tokens: ["portal"])
    let token = try #require(try world.tokens(of: "Portal").first)
    try world.administration.change { try change($0, account, token) }
    return world
  }

  private func copies(_ world: ScreenWorld) throws -> Int {
    try world.auditedActions().count { $0 == "token.copy" }
  }

  @Test("Enter shows all that is known of a token but its Token ID, and c copies it from there")
  func details() throws {
    let world = try world { change, _, token in
      let widget = try #require(try change.reader.widgets().first)
      let network = try #require(Network("10.0.0.0/8"))
      try change.setLimits(
        TokenLimits(widgets: [widget.id], networks: [network], requestsPerMinute: 1_200), of: token.id)
    }
    var console = world.console()
    console.press(Self.tokens + " Enter")
    #expect(console.compositor.titles.last == "Token")
    for text in [
      "Portal (API user)", "pst_", "…, hidden", "live", "Mon 23 Nov 12:00 UTC",
      "in 90 days · Sun 21 Feb 2027 12:00 UTC", "never",
      "Sales MX", "10.0.0.0/8", "1,200",
    ] { #expect(console.text.contains(text), "\(text)") }
    #expect(try copies(world) == 0)
    console.press("Enter")
    #expect(console.compositor.titles.last == "Portal")
    console.press("Enter c")
    #expect(try copies(world) == 1)
    #expect(console.compositor.titles.last == "Portal")
  }

  @Test(
    "in the list of API users, t opens the tokens of the row, and c copies where there is just one live token"
  )
  func fromTheList() throws {
    let world = try world()
    var console = world.console()
    console.press("s a t")
    #expect(console.text.contains("[ Add token ]"), "\(console.text)")
    console.press("Esc Esc c")
    #expect(try copies(world) == 1)
    #expect(console.compositor.titles.last == "API users")
    _ = try world.administration.change { change in
      let account = try #require(
        try change.reader.account(.apiUser, named: NameKey(try world.name("Portal"))))
      return try change.addToken(to: account.id, name: try world.name("second"))
    }
    console.press("c")
    #expect(try copies(world) == 1)
    #expect(console.text.contains("has 2 live tokens: choose one"))
    #expect(console.compositor.titles.last == "Portal")
  }

  @Test("a revoked token has details, too, and isn't copied")
  func revoked() throws {
    let world = try world { change, _, token in try change.revoke(token.id) }
    var console = world.console()
    console.press(Self.tokens + " Enter")
    #expect(console.text.contains("revoked, now · Mon 23 Nov 12:00 UTC"))
    console.press("c")
    #expect(try copies(world) == 0)
  }

  private static let useless:
    [(what: String, said: String, make: @Sendable (Change, Account, Token) throws -> Void)] = [
      (
        "expired", "it expired 2 days ago, Sat 21 Nov 12:00 UTC",
        { change, _, token in try change.setExpiry(.at(ScreenWorld.now.adding(days: -2)), of: token.id) }
      ),
      ("disabled", "it is disabled", { change, _, token in try change.setDisabled(true, token.id) }),
      (
        "of a disabled user", "“Portal” is disabled",
        { change, user, _ in try change.setEnabled(false, user.id) }
      ),
    ]

  @Test("a token that opens nothing is copied only after it was said why; Esc leaves it", arguments: 0..<3)
  func uselessToken(index: Int) throws {
    let useless = Self.useless[index]
    let world = try world(useless.make)
    var console = world.console()
    console.press(Self.tokens + " c")
    #expect(console.text.contains(useless.said), "\(useless.what)")
    #expect(try copies(world) == 0)
    console.press("Esc")
    #expect(try copies(world) == 0)
    console.press("c Enter")
    #expect(try copies(world) == 1)
  }

  @Test("the address of a widget that the token doesn't open is copied only after it was said why")
  func uselessAddress() throws {
    let world = try world()
    var console = world.console()
    console.press(Self.tokens + " u Enter")
    #expect(console.text.contains("“portal” doesn't open “Sales MX” now."))
    #expect(try copies(world) == 0)
    console.press("Esc u Enter Enter")
    #expect(try copies(world) == 1)
  }

  @Test("a widget that the token doesn't open is marked in the list before it is chosen, and only that")
  func marksUseless() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.addWidget("Purchases")
    var console = world.console()
    console.press("s a / \"portal mex\" Enter Enter Down*3 Enter u")
    #expect(console.lines.contains { $0.contains("Purchases  not opened by this token") }, "\(console.text)")
    #expect(console.lines.contains { $0.contains("Sales MX  https://portal.example.com/widgets/sales") })
    console.press("\"purch\" Enter")
    #expect(console.text.contains("doesn't open “Purchases” now."))
    #expect(try copies(world) == 0)
  }

  @Test("a token that opens the widget is copied at once, wherever it may be used from")
  func usefulAddress() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    let token = try #require(try world.tokens(of: "Portal Mexico").first)
    try world.administration.change { change in
      let network = try #require(Network("10.0.0.0/8"))
      try change.setLimits(TokenLimits(networks: [network]), of: token.id)
    }
    var console = world.console()
    console.press("s a / \"portal mex\" Enter Enter Down*3 Enter u Enter")
    #expect(try copies(world) == 1)
  }

  @Test(
    "saving the same again is not reported as a change",
    arguments: ["r Enter", "l Tab*4 Enter", "l Enter Enter Tab*4 Enter"])
  func unchanged(keys: String) throws {
    let world = try world()
    let before = try world.auditedActions()
    var console = world.console()
    console.press(Self.tokens + " " + keys)
    #expect(console.compositor.titles.last == "Portal")
    #expect(!console.text.contains("renamed") && !console.text.contains("limits saved"))
    #expect(try world.auditedActions() == before)
  }

  @Test("a list says nothing of a rename to the same name", arguments: ["s a", "s t", "s w"])
  func unchangedNames(list: String) throws {
    let world = try world()
    try world.addTeam("Sales")
    var console = world.console()
    console.press(list + " r Enter")
    #expect(!console.text.contains("renamed"))
    console.press("r \"2\" Enter")
    #expect(console.text.contains("renamed to"))
  }
}
