import Access
import Administration
import Foundation
import Store
import Terminal
import TestTraits
import Testing

@testable import Console

@Suite("The walkthrough leads from the main menu to a Token ID in the clipboard", .onEachEngine)
struct WalkthroughTests {
  /// The text that OSC 52 bytes among the commands put into the clipboard last.
  private func clipboard(_ console: ConsoleDriver) -> String? {
    for case .terminal(let bytes) in console.commands.reversed() {
      let sequences = String(decoding: bytes, as: UTF8.self).split(separator: "\u{7}")
      guard let last = sequences.last, last.hasPrefix("\u{1B}]52;c;") else { continue }
      return Data(base64Encoded: String(last.dropFirst(7))).map { String(decoding: $0, as: UTF8.self) }
    }
    return nil
  }

  @Test("the walkthrough works with keys alone")
  func byKeys() throws {
    let world = try ScreenWorld()
    var console = world.console()
    console.press("Enter Down Enter")
    #expect(console.text.contains("Click here to add an API user"))
    console.press("Enter \"Portal Mexico\" Tab Space Tab \"portal\" Enter")
    #expect(console.compositor.titles == ["Main menu", "Security", "API users", "Portal Mexico"])
    #expect(console.text.contains("Add token"))
    console.press("c")
    let copied = try #require(clipboard(console))
    let owner = try world.administration.whois(pasted: copied)
    #expect(owner.account.name.text == "Portal Mexico")
    #expect(owner.token.name.text == "portal")
    #expect(console.text.contains("sent to your terminal's clipboard"))
    #expect(!console.text.lowercased().contains("copied"))
    #expect(!console.text.contains(copied))
    #expect(try world.auditedActions() == ["apiUser.add", "token.add", "token.copy"])
  }

  @Test(
    "a customer's API user, its rights, its token and its address take one save and at most 32 keys beside the text"
  )
  func customerByFewKeys() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    var console = world.console()
    let keys = [
      "s a Enter", "Tab Space Tab", "Enter",  // the API user with a token
      "[ j Space",  // the system role WidgetReader
      "] ] ] j Space", "] Space", "] j Space",  // on the connector: User, company MX, the Sales lists
      "C-s Enter", "[ [ [ [ u Enter",  // one save, and the address of the token
    ]
    for (index, part) in keys.enumerated() {
      console.press(part)
      if index == 0 { console.press("\"Portal Mexico\"") }
      if index == 1 { console.press("\"portal\"") }
    }
    let copied = try #require(clipboard(console))
    #expect(copied.hasPrefix("https://portal.example.com/widgets/sales?v=2&token=pst_"))
    let given = try world.permissions("Portal Mexico", on: connector)
    #expect(given.roles == [.user])
    #expect(given.companies.only?.count == 1)
    #expect(given.lists.only?.count == 2)
    #expect(keys.reduce(0) { $0 + keyPresses($1).count } <= 32)
  }

  @Test("the walkthrough works with the mouse alone, and keys only for the names")
  func byMouse() throws {
    let world = try ScreenWorld()
    var console = world.console()
    console.click("Security")
    console.click("API users")
    console.click("Click here to add an API user")
    console.click("Name")
    console.press("\"Portal Mexico\"")
    console.click("Add an API token")
    console.click("Token name")
    console.press("\"portal\"")
    console.click("[ Add ]")
    console.click("Copy")
    let copied = try #require(clipboard(console))
    #expect(try world.administration.whois(pasted: copied).token.name.text == "portal")
    console.click("[ Add token ]")
    console.press("\"second\"")
    console.click("[ Add ]")
    #expect(try world.tokens(of: "Portal Mexico").map(\.name.text) == ["portal", "second"])
  }

  @Test("Token name appears when the box is checked, and goes when it is unchecked")
  func tokenNameComesAndGoes() throws {
    let world = try ScreenWorld()
    var console = world.console()
    console.press("s a a")
    #expect(!console.text.contains("Token name"))
    console.press("Tab Space")
    #expect(console.text.contains("Token name"))
    // The focus stays on the box, so that the same key takes it back.
    console.press("Space")
    #expect(!console.text.contains("Token name"))
    console.press("Space Tab t")
    #expect(console.text.firstMatch(of: /Token name +t/) != nil)
  }

  @Test(
    "a name that is none is refused with the reason, and what was typed stays",
    arguments: [
      ("\" \"", "a name must not be empty"),
      ("\"PORTAL MEXICO\"", "there is an API user of that name already"),
      ("\"\(String(repeating: "x", count: 101))\"", "a name has at most 100 characters"),
    ])
  func badName(typed: String, complaint: String) throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal Mexico")
    var console = world.console()
    console.press("s a a \(typed) Enter")
    #expect(console.text.contains(complaint))
    #expect(console.compositor.titles.last == "Add API user")
    #expect(try world.auditedActions() == ["apiUser.add"])
  }

  @Test("the clipboard is overwritten and cleared when its time is up")
  func clipboardIsCleared() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    var console = world.console()
    console.press("s a Enter Down*3 Enter c")
    #expect(console.text.contains("clipboard clears in 3 s"))
    for _ in 0..<3 { console.elapse() }
    #expect(!console.text.contains("clipboard clears"))
    #expect(clipboard(console) == "")
  }

  @Test("Ctrl-K leaves the clipboard as it is")
  func clipboardIsKept() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    var console = world.console()
    console.press("s a Enter Down*3 Enter c C-k")
    for _ in 0..<5 { console.elapse() }
    #expect(clipboard(console)?.hasPrefix("pst_") == true)
  }

  @Test("a widget's address is copied with the token after its own query")
  func addressIsCopied() throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addAPIUser("Portal", tokens: ["portal"])
    var console = world.console()
    // It may see nothing yet, which is said before.
    console.press("s a Enter Down*3 Enter u Enter Enter")
    let copied = try #require(clipboard(console))
    #expect(copied.hasPrefix("https://portal.example.com/widgets/sales?v=2&token=pst_"))
    #expect(try world.administration.whois(pasted: copied).token.name.text == "portal")
  }

  @Test("the catalogue tells which paths an endpoint means, and its parameters")
  func endpointIsShown() throws {
    let world = try ScreenWorld()
    let connector = try world.addCatalogue()
    try world.administration.change { change in
      for (name, path, match) in [
        ("a one", "/orders/{order}", AddressMatch.exact), ("b all", "/orders", .prefix),
      ] {
        _ = try change.add(
          Endpoint(
            id: .random(), name: Name(name), address: AddressTemplate("https://h" + path),
            match: match,
            connector: connector, list: try #require(change.reader.lists(of: connector).first).id))
      }
    }
    var console = world.console()
    console.press("s c")
    #expect(console.text.contains("exact  GET https://h/orders/{order}"))
    #expect(console.text.contains("b all                           GET https://h/orders"))
    console.press("Down*3 Enter")
    #expect(console.text.contains("match exact: the path and no other"))
    #expect(console.text.contains("parameter order stands for a part of the path"))
  }

  @Test(
    "the palette leads to a page, or adds at once",
    arguments: [
      (": \"api users\" Enter", ["Main menu", "API users"]),
      (": \"add api\" Enter", ["Main menu", "API users", "Add API user"]),
      (": \"add team\" Enter", ["Main menu", "Teams", "Add team"]),
      (": catal Enter", ["Main menu", "Catalogue"]),
    ])
  func palette(keys: String, titles: [String]) throws {
    var console = try ScreenWorld().console()
    console.press(keys)
    #expect(console.compositor.titles == titles)
  }

  @Test("a pasted Token ID or widget address leads to its token, and is never shown")
  func whois() throws {
    let world = try ScreenWorld()
    let account = try world.addAPIUser("Portal", tokens: ["first", "second"])
    let id = try world.administration.change { change in
      let token = try #require(try change.reader.tokens(of: account.id).last)
      return try change.reveal(token.id, for: .reveal)
    }
    for pasted in [id.revealed, " https://portal.example.com/w?x=1&token=\(id.revealed)#top "] {
      var console = world.console()
      console.press(":")
      console.handle(.paste(pasted))
      #expect(!console.text.contains(id.revealed))
      console.press("Enter")
      #expect(console.text.contains("second  pst_"))
      #expect(!console.text.contains(id.revealed))
      console.press("Enter")
      #expect(console.compositor.titles.last == "Portal")
      #expect(console.lines.contains { $0.contains("▸second") })
    }
    var console = world.console()
    console.press(":")
    console.handle(.paste("pst_" + String(repeating: "a", count: 38)))
    console.press("Enter")
    #expect(console.text.contains("checksum is wrong"))
  }

  @Test("the rest of a pasted Token ID stays hidden, wherever it was pasted")
  func secretStaysHidden() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    let id = TokenID.generate().revealed
    let middle = id.dropFirst(10).prefix(12)
    for paste in [id, String(id.dropFirst()), String(id.dropFirst(4)), id.prefix(6) + "\n" + id.dropFirst(6)]
    {
      var console = world.console()
      console.press(":")
      console.handle(.paste(paste))
      #expect(!console.text.contains(middle))
      console.press("Home Del*6")
      #expect(!console.text.contains(middle))
      console.press("C-u End Bs*50")
      console.press("catal Enter")
      #expect(console.compositor.titles.last == "Catalogue")
    }
    for keys in ["s a /", "s a a", "s t a", "s a Enter Down*3 Enter a"] {
      var console = world.console()
      console.press(keys)
      console.handle(.paste(id))
      #expect(!console.text.contains(middle), "\(keys) shows it")
    }
  }

  @Test("disabling asks, starting on Cancel; enabling does not")
  func disablingAsks() throws {
    let world = try ScreenWorld()
    let account = try world.addAPIUser("Portal", tokens: ["portal"])
    func isEnabled() throws -> Bool? {
      try world.administration.read { try $0.account(account.id)?.isEnabled }
    }
    var console = world.console()
    console.press("s a d Enter")
    #expect(try isEnabled() == true)
    console.press("d")
    console.click("[ Disable ]")
    #expect(try isEnabled() == false)
    console.press("d")
    #expect(try isEnabled() == true)
    console.press("Enter Down*3 Enter d Enter")
    #expect(try world.tokens(of: "Portal")[0].isDisabled == false)
    console.press("d BTab Enter")
    #expect(try world.tokens(of: "Portal")[0].isDisabled)
    console.press("d")
    #expect(try world.tokens(of: "Portal")[0].isDisabled == false)
  }

  @Test("a filter in a list that was scrolled to its end shows all that match, from the first")
  func filterFromTheEnd() throws {
    let world = try ScreenWorld()
    try world.administration.change { change in
      for number in 10..<60 { try change.addAccount(.apiUser, name: try Name("User \(number)")) }
      for name in ["Portal Mexico", "Zeta Mexico"] { try change.addAccount(.apiUser, name: try Name(name)) }
    }
    var console = world.console()
    console.press("s a G / m e x")
    #expect(console.text.contains("Portal Mexico"))
    #expect(console.text.contains("Zeta Mexico"))
    #expect(console.lines[1].contains(" 2  [ Add"))
  }

  @Test("nothing is done with a row that the filter, as typed so far, has not chosen")
  func filterTypedAhead() throws {
    let world = try ScreenWorld()
    for name in ["Ação Comercial", "Portal Mexico"] { try world.addAPIUser(name) }
    var console = world.console()
    console.press("s a")
    console.holdsWork = true
    console.press("/ m e x Enter Enter")
    #expect(console.compositor.titles.last == "API users")
    console.holdsWork = false
    console.finishWork(Array(console.heldWork.indices))
    console.press("Enter")
    #expect(console.compositor.titles.last == "Portal Mexico")
  }

  @Test(
    "a thing is added off the main actor, and then shown",
    arguments: [
      ("s t a \"Sales\" Enter", "team “Sales” added", "Teams"), ("s r a \"Ops\" Enter", "Permissions", "Ops"),
    ])
  func addedIsShown(keys: String, said: String, title: String) throws {
    let world = try ScreenWorld()
    var console = world.console()
    console.press(String(keys.dropLast("Enter".count)))
    console.holdsWork = true
    console.press("Enter")
    #expect(!console.text.contains(said) && console.heldWork.count == 1)
    console.holdsWork = false
    console.finishWork([0])
    #expect(console.text.contains(said))
    #expect(console.compositor.titles.last == title)
  }

  @Test("a revealed Token ID is hidden again after its time, and the mouse is the terminal's meanwhile")
  func revealEnds() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    var console = world.console()
    console.press("s a Enter Down*3 Enter V")
    let line = try #require(console.lines.first { $0.hasPrefix("pst_") })
    #expect(line.count == TokenID.characterCount)
    #expect(console.lastMouse == false)
    for _ in 0..<20 { console.elapse() }
    #expect(!console.lines.contains { $0.hasPrefix("pst_") })
    #expect(console.lastMouse == true)
  }

  @Test("where the terminal takes nothing, copying says so and leads to revealing")
  func impossibleClipboard() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal", tokens: ["portal"])
    let port = ClipboardPort(
      way: .impossible(Problem("this terminal has no clipboard", hint: "V shows the Token ID")),
      destination: "your terminal's clipboard", clearAfterSeconds: 30)
    var console = world.console(clipboard: port)
    console.press("s a Enter Down*3 Enter c")
    #expect(console.text.contains("this terminal has no clipboard; V shows the Token ID"))
    #expect(try world.auditedActions().contains("token.copy") == false)
  }

  @Test("without the seal key no token is copied or added, and the reason is given")
  func withoutSealKey() throws {
    let world = try ScreenWorld(hasSealKey: false)
    try world.addAPIUser("Portal")
    var console = world.console(size: Size(columns: 120, rows: 24))
    console.press("s a Enter Down*3 Enter")
    #expect(console.text.contains("Copying isn't possible here"))
    #expect(console.text.contains("no permission to read the key"))
    #expect(!console.text.contains("Add token"))
    console.press("Esc Esc a")
    #expect(console.text.contains("No token can be added here"))
  }
}

extension ConsoleDriver {
  /// Whether the terminal was last told to report the mouse; nil if never told.
  var lastMouse: Bool? {
    commands.reversed().lazy.compactMap { if case .setMouse(let isOn) = $0 { isOn } else { nil } }.first
  }
}
