import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Those who work with widgets find them, and nothing else")
struct WidgetsScreenTests {
  private func console(_ role: BuiltInRole) throws -> (ScreenWorld, ConsoleDriver) {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addAPIUser("Portal Mexico")
    let context = ConsoleContext(
      administration: world.administration.with(
        Operator(actor: Actor(name: "ana", frontEnd: .console), permissions: role.permissions)),
      clipboard: .forTests)
    let size = Size(columns: 80, rows: 24)
    return (world, ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store  UTC", size: size)))
  }

  @Test("a WidgetContributor adds a token in a widget's page")
  func addsToken() throws {
    var (world, console) = try console(.widgetContributor)
    console.press("s")
    #expect(console.text.contains("Widgets") && !console.text.contains("API users"))
    console.press("w a \"Portal\" Tab \"embedded\" Enter")
    #expect(console.text.contains("there is no API user named “Portal”"))
    console.press("\" Mexico\" Enter")
    #expect(console.text.contains("it opens this widget alone"))
    #expect(try world.tokens(of: "Portal Mexico").map(\.name.text) == ["embedded"])
    #expect(!console.text.contains("disable"))
  }

  @Test(
    "a person who may see the API users finds one by part of its name",
    arguments: [
      "Enter \"mex\" Enter", "Down \"mex\" Enter", "\"mex\" Enter Enter",
      "\"x m\" Esc a Enter \"l mex\" Enter",
    ])
  func findsUser(keys: String) throws {
    let world = try ScreenWorld()
    try world.addCatalogue()
    for name in ["Portal Mexico", "Portal USA"] { try world.addAPIUser(name) }
    var console = world.console()
    console.press("s w a " + keys)
    #expect(console.compositor.titles.last == "Add token", "\(console.text)")
    // The focus is where the next is typed.
    console.press("\"embedded\" Enter")
    #expect(try world.tokens(of: "Portal Mexico").map(\.name.text) == ["embedded"])
  }

  @Test("a WidgetAdministrator opens a widget to anybody only after a question that starts on Cancel")
  func opens() throws {
    var (world, console) = try console(.widgetAdministrator)
    console.press("s w o Enter")
    #expect(try world.administration.widgets().map(\.isOpen) == [false])
    console.press("o BTab Enter")
    #expect(try world.administration.widgets().map(\.isOpen) == [true])
    #expect(console.text.contains("none!"))
    console.press("o")
    #expect(try world.administration.widgets().map(\.isOpen) == [false])
  }
}
