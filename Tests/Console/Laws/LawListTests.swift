import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("The list of laws")
struct LawListTests {
  private let world: ScreenWorld

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.addLaws()
  }

  private func line(_ console: ConsoleDriver, _ text: String) -> String {
    console.lines.first { $0.contains(text) } ?? ""
  }

  @Test("laws are listed with whether they hold, and the first breach of the selected one")
  func standing() throws {
    var console = world.console(size: Size(columns: 120, rows: 40))
    console.press("s L")
    #expect(line(console, "one country each").contains("holds"), "\(console.text)")
    #expect(line(console, "orders are for nobody").contains("broken"), "\(console.text)")
    #expect(line(console, "payroll is for no token").contains("holds"), "\(console.text)")
    console.press("Down")
    #expect(console.text.contains("Portal Mexico” can see Sales Orders of MX"), "\(console.text)")
  }

  @Test("a law is found by its name, and opens over the list with the law selected")
  func found() throws {
    var console = world.console(size: Size(columns: 120, rows: 40))
    console.press(": \"payroll\"")
    console.elapse()
    #expect(line(console, "payroll is for no token").contains("law"), "\(console.text)")
    console.press("Enter")
    #expect(
      console.text.contains("payroll is for no token") && console.text.contains("Reason"), "\(console.text)")
    console.press("Esc")
    #expect(console.text.contains("What it says"), "\(console.text)")
  }

  @Test("nothing is said to hold before somebody looked, and no key waits for the look")
  func notLooked() throws {
    var console = world.console(size: Size(columns: 120, rows: 40))
    console.press("s")
    console.holdsWork = true
    console.press("L")
    console.finishWork([0])
    #expect(line(console, "one country each").contains("…"), "\(console.text)")
    #expect(!line(console, "one country each").contains("holds"), "\(console.text)")
    console.press("Down Down Up")
    #expect(console.text.contains("Laws"), "\(console.text)")
  }

  @Test("the list is sorted and filtered")
  func order() throws {
    var console = world.console(size: Size(columns: 120, rows: 40))
    console.press("s L 4")
    let names = ["orders are for nobody", "one country each"]
    let places = names.map { name in console.lines.firstIndex { $0.contains(name) } ?? -1 }
    #expect(places[0] < places[1] && places[0] > 0, "\(console.text)")
    console.press("/ \"works council\" Enter")
    #expect(console.text.contains("payroll is for no token"), "\(console.text)")
    #expect(!console.text.contains("one country each"), "\(console.text)")
  }

  @Test("what breaks a law is listed, and leads to why")
  func breaches() throws {
    var console = world.console(size: Size(columns: 120, rows: 40))
    console.press("s L Down w")
    #expect(console.text.contains("✗ broken now by"), "\(console.text)")
    #expect(console.text.contains("popsec explain --api-user"), "\(console.text)")
    console.press("/ \"mexico\" Enter Enter")
    #expect(console.text.contains("Asked by API user “Portal Mexico”"), "\(console.text)")
    #expect(console.text.contains("✓ 6 grant"), "\(console.text)")
  }

  @Test("removing asks, is audited, and can be undone")
  func removing() throws {
    let context = ConsoleContext(administration: try world.administration(as: "Ada"), clipboard: .forTests)
    var console = ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: Size(columns: 120, rows: 40)))
    console.press("s L D")
    #expect(console.text.contains("Remove the law “one country each”?"), "\(console.text)")
    console.press("Tab Enter")
    #expect(try world.law("one country each") == nil, "\(console.text)")
    #expect(try world.auditedActions().last == "law.remove")
    console.press("u Enter Enter")
    #expect(try world.law("one country each") != nil, "\(console.text)")
  }

  @Test("who is no Administrator is shown the laws, and changes none")
  func readOnly() throws {
    let support = try world.administration(as: "Bob", role: .securityAdministrator)
    var console = ConsoleDriver(
      ConsoleRoot.compositor(
        ConsoleContext(administration: support, clipboard: .forTests), titleBar: "store",
        size: Size(columns: 120, rows: 40)))
    console.press("s L")
    #expect(console.text.contains("Show") && !console.text.contains("Add law"), "\(console.text)")
    console.press("a D")
    #expect(
      console.text.contains("only an Administrator") || console.text.contains("Administrator"),
      "\(console.text)")
    console.press("Enter Tab*4 \"x\"")
    #expect(!console.text.contains("*"), "\(console.text)")
    #expect(try world.law("one country each") != nil)
  }

  @Test("a row of the audit log leads to its law")
  func audit() throws {
    var console = world.console(size: Size(columns: 120, rows: 40))
    console.press("s A t")
    #expect(
      console.text.contains("payroll is for no token") && console.text.contains("Reason"), "\(console.text)")
  }
}
