import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("A law is written on its page")
struct LawPageTests {
  private let world: ScreenWorld
  private static let large = Size(columns: 120, rows: 40)

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
  }

  /// The console, where nothing was typed for a while.
  private func console(_ keys: String) -> ConsoleDriver {
    var console = world.console(size: Self.large)
    console.press(keys)
    console.elapse()
    return console
  }

  @Test("while it is written, the page says what is missing, then what breaks it")
  func live() throws {
    var console = console("s L a Enter")
    #expect(console.text.contains("No law yet: which API users or users does it mean?"), "\(console.text)")
    console.press("\"no orders\" Tab*4 \"all\" Tab*2")
    console.elapse()
    #expect(console.text.contains("No law yet: which connector is the thing on?"), "\(console.text)")
    console.press("\"business central\" Tab Tab \"Sales Orders\"")
    #expect(console.text.contains("… looking who breaks it"), "\(console.text)")
    console.elapse()
    #expect(console.text.contains("✗ broken now by"), "\(console.text)")
    #expect(console.text.contains("Portal Mexico” can see Sales Orders of MX"), "\(console.text)")
    console.press("C-u \"Payroll Entries\"")
    console.elapse()
    #expect(console.text.contains("✓ holds now"), "\(console.text)")
    #expect(console.text.contains("taken for what may come: list “Payroll Entries”"), "\(console.text)")
  }

  @Test("a law is added, changed, and changed back by undo")
  func adding() throws {
    let context = ConsoleContext(administration: try world.administration(as: "Ada"), clipboard: .forTests)
    var console = ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store", size: Self.large))
    console.press("s L a Down Enter \"one country each\" Tab*4 \"all\" Tab*2 \"Business Central\" Tab \"MX\"")
    console.press("Tab*5 \"Business Central\" Tab \"US\" C-s")
    let added = try #require(try world.law("one country each"), "\(console.text)")
    guard case .apart(let who, let what, let other) = added.form else {
      Issue.record("\(added)")
      return
    }
    #expect(who.apiUsers == .all && who.users == nil && added.mode == .enforce)
    #expect(what.companies.only?.map(\.text) == ["MX"])
    #expect(other.companies.only?.map(\.text) == ["US"])
    #expect(
      console.text.contains("one country each") && console.text.contains("What breaks it"), "\(console.text)")
    console.press("BTab*12 \"each reseller sees one\" C-s")
    #expect(try world.law("one country each")?.reason.text == "each reseller sees one", "\(console.text)")
    console.press("Esc Esc u Enter Enter")
    #expect(try world.law("one country each") == added, "\(console.text)")
  }

  @Test("an enforced law that is broken now is offered to watch only")
  func watching() throws {
    var console = console(
      "s L a Enter \"no orders\" Tab*4 \"all\" Tab*2 \"Business Central\" Tab*2 \"Sales Orders\" C-s")
    #expect(console.text.contains("Broken now") && console.text.contains("Watch only"), "\(console.text)")
    #expect(try world.law("no orders") == nil)
    console.press("Enter")
    if try world.law("no orders") == nil { console.press("BTab Enter") }
    #expect(try world.law("no orders")?.mode == .watch, "\(console.text)")
  }

  @Test("who changed the same law meanwhile keeps the change; both are merged by field")
  func conflict() throws {
    try world.addLaws()
    var console = console("s L Enter Tab \"; mine\"")
    try world.administration.change { change in
      let was = try #require(try change.reader.law(named: NameKey(try Name("one country each"))))
      let becomes = try Law(
        name: was.name, reason: was.reason, mode: .watch, form: was.form, exceptions: was.exceptions)
      try change.changeLaw(Edit(was: was, becomes: becomes))
    }
    console.press("C-s")
    #expect(console.text.contains("Watch only"), "\(console.text)")
    console.elapse()
    console.press("Tab Enter")
    let merged = try #require(try world.law("one country each"))
    #expect(merged.mode == .watch && merged.reason.text.hasSuffix("; mine"), "\(console.text)")
  }

  @Test("fields are filled from lists of what there is")
  func lists() throws {
    var console = console("s L a Enter \"x\" Tab*4 Enter Down Enter")
    #expect(console.text.contains("API users") && console.text.contains("all"), "\(console.text)")
    console.press("Tab*2 Enter \"busi\" Enter Tab Enter Space Enter Tab Enter \"orders\" Enter")
    console.elapse()
    console.press("Tab Enter Space Enter C-s")
    for _ in 0..<3 where try world.law("x") == nil { console.press("Enter") }
    let law = try #require(try world.law("x"), "\(console.text)")
    guard case .never(_, let what) = law.form else {
      Issue.record("\(law)")
      return
    }
    #expect(what.connector.text == "Business Central")
    #expect(what.companies == .only([try Name("MX")]))
    #expect(what.items[.action]?.only?.count == 1)
  }

  @Test("only the fields of the law's form are shown", arguments: LawKind.allCases)
  func fields(kind: LawKind) throws {
    let place = LawKind.allCases.firstIndex(of: kind) ?? 0
    let console = console("s L a \(place == 0 ? "" : "Down*\(place)") Enter")
    for (text, kinds) in [
      ("And connector", [.apart]), ("Companies", [.never, .apart]), ("Team", [.within]),
      ("They must expire", [.tokens]), ("Except", LawKind.allCases),
    ] as [(String, [LawKind])] {
      #expect(console.text.contains(text) == kinds.contains(kind), "\(text)\n\(console.text)")
    }
  }

  @Test("where laws take two, a change of one waits for a second person")
  func dual() throws {
    try world.addLaws()
    for name in ["Ada", "Bob"] { _ = try world.administration(as: name) }
    try world.administration.change { try $0.set(.dualLaws, to: .flag(true)) }
    let context = ConsoleContext(administration: try world.administration(as: "Ada"), clipboard: .forTests)
    var console = ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store", size: Self.large))
    console.press("s L Enter Tab \"; mine\" C-s")
    for _ in 0..<3 where try world.administration.waitingProposalCount() == 0 { console.press("Enter") }
    #expect(try world.administration.waitingProposalCount() == 1, "\(console.text)")
    #expect(try world.law("one country each")?.reason.text.contains("mine") == false, "\(console.text)")
  }

  @Test("a law of any name is found again by its place", arguments: ["A/B", "+", "Größe & %41", "a.b;c"])
  func places(name: String) throws {
    let law = try Law(
      name: Name(name), form: LawForm<AsWritten>.owned(checked: LawWho(apiUsers: .all)))
    try world.administration.change { change in
      let watching = try Law(name: law.name, mode: .watch, form: law.form)
      try change.addLaw(watching)
    }
    let screens = Places.screens(to: Places.law(law.name, .general), world.context())
    #expect(screens.count == 3)
    #expect((screens.last as? EditorScreen)?.subject is LawEditor)
  }
}
