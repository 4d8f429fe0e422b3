import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

/// Every screen at 80x24.
@Suite("Screens look as they did when a person last looked at them")
struct GoldenTests {
  static let sizes = [Size(columns: 80, rows: 24)]

  /// A screen's name, whether the store is filled, and the keys from the main menu to it.
  static let screens: [(name: String, isFilled: Bool, keys: String)] = [
    ("main-menu", true, ""),
    ("security-menu", true, "s"),
    ("help", true, "s ?"),
    ("palette", true, ": a p i"),
    ("quit", true, "q"),
    ("api-users", true, "s a"),
    ("api-users-empty", false, "s a"),
    ("api-users-filtered", true, "s a / g r o s s"),
    ("api-users-none-match", true, "s a / z z z"),
    ("api-users-by-expiry", true, "s a 2"),
    ("api-users-by-last-use", true, "s a 3"),
    ("users-empty", true, "s u"),
    ("add-api-user", false, "s a Enter"),
    ("add-api-user-with-token", false, "s a Enter P Tab Space"),
    ("add-api-user-taken", true, "s a a \"portal mexico\""),
    ("rename", true, "s a r"),
    ("delete", true, "s a D"),
    ("edit-general", true, "s a Down*2 Enter"),
    ("edit-teams", true, "s a Down*2 Enter Down Enter"),
    ("edit-roles", true, "s a Down*2 Enter Down*2 Enter"),
    ("edit-tokens", true, "s a Down Enter Down*3 Enter"),
    ("token-details", true, "s a Down*2 Enter Down*3 Enter Enter"),
    ("copy-expired", true, "s a Down Enter Down*3 Enter Down*2 c"),
    ("edit-tokens-none", true, "s a Enter Down*3 Enter"),
    ("add-token", true, "s a Enter Down*3 Enter a"),
    ("change-expiry", true, "s a Down Enter Down*3 Enter x"),
    ("revoke", true, "s a Down Enter Down*3 Enter R"),
    ("copy-address", true, "s a Down*2 Enter Down*3 Enter u"),
    ("grant-folded", true, "s a Down*2 Enter Down*5 Enter"),
    ("grant-companies", true, "s a Down*2 Enter Down*5 Enter Down*2 Enter"),
    ("grant-lists", true, "s a Down*2 Enter Down*5 Enter Down*3 Enter"),
    ("grant-lists-ticked", true, "s a Down*2 Enter Down*5 Enter Down*3 Enter Down Space"),
    ("grant-actions-none", true, "s a Down*2 Enter Down*5 Enter Down*4 Enter"),
    ("pending", true, "s a Down*2 Enter Down Enter Space Esc Down Enter Down Space Esc Esc"),
    ("teams", true, "s t"),
    ("teams-empty", false, "s t"),
    ("team-members", true, "s t Enter Down Enter"),
    ("team-pick-members", true, "s t Enter Down Enter a Space"),
    ("roles", true, "s r"),
    ("role-built-in", true, "s r Enter"),
    ("catalogue", true, "s c"),
    ("catalogue-connector", true, "s c Enter"),
    ("catalogue-list", true, "s c Enter Down*3 Enter"),
    ("effective-access", true, "s a Down*2 Enter Down*4 Enter"),
    ("effective-access-none", true, "s a Enter Down*4 Enter"),
    ("effective-access-filtered", true, "s a Down*2 Enter Down*4 Enter / i n v"),
    ("matrix", true, "s a Down*2 m"),
    ("comparison", true, "s a Down*2 = End Enter"),
    ("comparison-list", true, "s a Down*2 = End Enter t"),
    ("why-allowed", true, "s a Down*2 w"),
    ("why-denied", true, "s a Down*2 w c End Enter"),
    ("why-choose-place", true, "s a Down*2 w s"),
    ("why-expired-token", true, "s a Down w"),
    ("effect-of-save", true, "s a Down*2 Enter Down Enter Space C-s"),
    ("effect-of-disabling", true, "s a Down*2 d"),
    ("effect-of-gaining", true, "s a Enter Down Enter Space C-s"),
    ("viewers", true, "s c Enter Down*3 w"),
    ("denials", true, "s d"),
    ("denials-none", false, "s d"),
    ("denial", true, "s d Enter"),
    ("denial-end", true, "s d Enter End"),
    ("edit-tokens-used", true, "s a Down*2 Enter Down*3 Enter"),
    ("limit-token", true, "s a Down*2 Enter Down*3 Enter l"),
    ("limit-token-wrong", true, "s a Down*2 Enter Down*3 Enter l \"Sales MX; No\" Tab Enter"),
    ("audit", true, "s A"),
    ("audit-filter", true, "s A / Tab \"token\" Tab Tab \"soon\" Enter"),
    ("audit-filtered", true, "s A / Tab \"token.rev\" Enter"),
    ("add-key", true, "s u a o p s Enter Enter Down Enter a x Enter"),
    ("widgets", true, "s w"),
    ("widget-token", true, "s w a"),
    ("rotate-token", true, "s a Down*2 Enter Down*3 Enter T"),
    ("locked", true, "s a C-x"),
    ("notices", true, "s n"),
    ("notice", true, "s n Enter"),
    ("settings", true, "s s"),
    ("setting-wrong", true, "s s Enter x"),
    ("setting-flag", true, "s s Down*2 Enter"),
    ("delete-team", true, "s t D"),
    ("undo", true, "s t D BTab*2 \"Sales MX\" Tab Enter u"),
    ("undo-preview", true, "s t D BTab*2 \"Sales MX\" Tab Enter u Enter"),
    ("undo-done", true, "s t D BTab*2 \"Sales MX\" Tab Enter u Enter Enter"),
    ("undo-undo", true, "s t D BTab*2 \"Sales MX\" Tab Enter u Enter Enter u"),
    ("undo-final", true, "s a Enter Down*3 Enter a \"new\" Enter Esc*2 u Enter"),
    ("undo-refused", true, "u End Up Enter"),
    ("deleted", true, "s t D BTab*2 \"Sales MX\" Tab Enter Esc a D BTab*2 \"Größe & Söhne\" Tab Enter Esc x"),
    ("deleted-none", true, "s x"),
    ("deleted-name", true, "s t D BTab*2 \"Sales MX\" Tab Enter Esc x Enter"),
    ("deleted-restore", true, "s t D BTab*2 \"Sales MX\" Tab Enter Esc x Enter Enter"),
    ("deleted-purge", true, "s t D BTab*2 \"Sales MX\" Tab Enter Esc x P"),
  ]

  @Test("the screen looks as before", arguments: screens.map(\.name))
  func looksAsBefore(name: String) throws { try look(at: name, Size(columns: 80, rows: 24)) }

  /// Those in which much moves when the terminal is smaller or larger. What holds for all is ``EverySizeTests``.
  @Test("the screen looks as before when it is small, and when it is large", arguments: telling, otherSizes)
  func looksAsBefore(name: String, size: Size) throws { try look(at: name, size) }

  static let telling = [
    "main-menu", "api-users", "add-api-user-with-token", "edit-tokens", "grant-lists", "why-denied", "help",
  ]
  static let otherSizes = [Size(columns: 50, rows: 12), Size(columns: 120, rows: 40)]

  private func look(at name: String, _ size: Size) throws {
    try Self.onScreen(name, size) { try Golden.check($0.canvas, "\(name)-\(size.columns)x\(size.rows)") }
  }

  /// The store goes when this returns.
  static func onScreen(
    _ name: String, _ size: Size, zone: Zone = .utc, _ body: (inout ConsoleDriver) throws -> Void
  ) throws {
    let screen = try #require(screens.first { $0.name == name })
    let world = try screen.isFilled ? ScreenWorld.filled() : ScreenWorld()
    if !screen.isFilled { try world.addCatalogue() }
    var console = world.console(size: size, zone: zone)
    console.press(screen.keys)
    try body(&console)
  }

  @Test("edits that were left pending are offered", arguments: sizes)
  func draft(size: Size) throws {
    let world = try ScreenWorld()
    try world.addPeople()
    let administration = try world.administration(as: "ada")
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    var console = ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store  UTC", size: size))
    console.press("s a Down*2 Enter Down Enter Space")
    #expect(context.keep(console.compositor.drafts) == 1)
    console = ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store  UTC", size: size))
    console.elapse()
    try Golden.check(console.canvas, "draft-\(size.columns)x\(size.rows)")
  }

  @Test("in recording-safe mode the command to run elsewhere is shown", arguments: sizes)
  func elsewhere(size: Size) throws {
    let world = try ScreenWorld()
    world.administration.demandRecordingSafe()
    let context = ConsoleContext(
      administration: world.administration, clipboard: .forTests,
      elsewhere: Elsewhere(machine: "sec-1.example.com", program: "popsec", isOverSSH: true))
    // Ids are random: the screen is shown by itself.
    let id = try #require(TokenRowID("1y2p0ij32e8e7"))
    let token = Token(
      id: id, account: .random(), name: try Name("portal"), expiry: .never, createdAt: ScreenWorld.now,
      isDisabled: false, limits: .none, hint: TokenID.generate().hint)
    let address = try Address("https://portal.example.com/widgets/sales?v=2")
    var console = ConsoleDriver(
      ConsoleRoot.compositor(
        context, titleBar: "store  UTC", size: size, rules: try ConsoleRules(world.administration)))
    console.open(ElsewhereScreen(token, address: address, context: context))
    try Golden.check(console.canvas, "recording-safe-\(size.columns)x\(size.rows)")
  }

  @Test("a proposal is shown to the second person, and to the person who asked", arguments: sizes)
  func inbox(size: Size) throws {
    let world = try ScreenWorld()
    try world.addPeople()
    let (ada, bob) = (try world.administration(as: "ada"), try world.administration(as: "bob"))
    try world.administration.change { try $0.set(.dualRemovals, to: .number(2)) }
    #expect(throws: WaitingNotice.self) {
      try ada.change { change in
        for name in ["Portal Mexico", "Portal USA"] {
          let user = try #require(try change.reader.account(.apiUser, named: NameKey(try Name(name))))
          try change.deleteAccount(user.id)
        }
      }
    }
    for (who, administration) in [("own", ada), ("other", bob)] {
      for (screen, keys) in [("inbox", "s i"), ("proposal", "s i Enter"), ("agree", "s i Enter A")] {
        let context = ConsoleContext(administration: administration, clipboard: .forTests)
        var console = ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store  UTC", size: size))
        console.press(keys)
        if who == "other" || screen == "proposal" {
          try Golden.check(console.canvas, "\(screen)-\(who)-\(size.columns)x\(size.rows)")
        }
      }
    }
  }

  @Test("an import is asked for, and told before it is carried out", arguments: sizes)
  func importing(size: Size) throws {
    let vanishing = "connector,company,group,list\nBusiness Central,US,Sales,Sales Invoices\n"
    for (screen, keys) in [
      ("import", "s c i"), ("import-plan", "s c i \"/f\" Enter"),
      ("import-confirm", "s c i \"/f\" Enter Enter"),
      ("import-refused", "s c i \"/g\" Enter"),
    ] {
      let world = try ScreenWorld()
      try world.addCatalogue()
      try world.addPeople()
      var console = ImportTests.console(world, file: vanishing, size: size)
      console.press(keys)
      try Golden.check(console.canvas, "\(screen)-\(size.columns)x\(size.rows)")
    }
  }
}
