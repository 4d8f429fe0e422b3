import Access
import Administration
import Terminal
import Testing

@testable import Console

@Suite("Things are found by the palette")
struct FindingTests {
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addTeam("Night shift")
    for number in 1...60 { try world.addAPIUser("Filler \(number)") }
    try world.addAPIUser("Portal Mexico")
    return world
  }

  @Test(
    "of each kind, and open where they are shown, over their lists",
    arguments: [
      ("portal mex", ["API users", "Portal Mexico"]), ("night", ["Teams", "Night shift"]),
      ("widgetcon", ["Roles", "WidgetContributor"]), ("salesforce", ["Catalogue"]),
      ("sales inv", ["Catalogue", "Business Central"]), ("sales mx", ["Widgets"]),
    ])
  func opens(text: String, titles: [String]) throws {
    let world = try world()
    var console = world.console()
    console.press(": \"\(text)\" Enter")
    #expect(Array(console.compositor.titles.dropFirst()) == titles)
  }

  @Test("and Esc leads to the list, which begins on the thing")
  func begins() throws {
    let world = try world()
    var console = world.console()
    console.press(": \"portal mex\" Enter Esc")
    #expect(console.compositor.titles.last == "API users")
    #expect(console.text.contains("Portal Mexico"))
    console.press("Enter")
    #expect(console.compositor.titles.last == "Portal Mexico")
    console.press("Esc : \"sales inv\" Enter w")
    #expect(console.text.contains("Sales Invoices"))
  }

  @Test(
    "but not what one may not see",
    arguments: [
      (Permission.widgetsManage, "sales", true), (.widgetsManage, "portal", false),
      (.auditRead, "sales", false), (.securityRead, "portal", true),
    ])
  func rights(permission: Permission, text: String, isFound: Bool) throws {
    let world = try world()
    let administration = world.administration.with(
      Operator(actor: Actor(name: "few", frontEnd: .console), permissions: [permission]))
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    var console = ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "", size: Size(columns: 80, rows: 24)))
    console.press(": \"\(text)\"")
    #expect(!console.text.contains("only:"))
    #expect((console.text.contains("widget in") || console.text.contains(" Mexico")) == isFound)
  }
}
