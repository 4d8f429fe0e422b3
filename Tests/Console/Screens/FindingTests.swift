import Access
import Administration
import Store
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
    "inside connectors, too, by the filter of the catalogue, and open there",
    arguments: [
      ("invoices", "in Business Central; Sales", true),
      ("connector:\"business central\" purchase", "in Business Central; Purchase", true),
      ("connector:salesforce purchase", "in Business Central", false),
      ("kind:widget sales", "in Business Central", false), ("mx", "company", true),
    ])
  func inside(filter: String, row: String, isShown: Bool) throws {
    let world = try world()
    var console = world.console()
    console.press("s c /")
    console.handle(.paste(filter))
    #expect(console.text.contains(row) == isShown)
    guard filter == "invoices" else { return }
    console.press("Enter Enter")
    #expect(Array(console.compositor.titles.suffix(2)) == ["Catalogue", "Business Central"])
    console.press("w")
    #expect(console.text.contains("Sales Invoices"))
    console.press("Esc Esc w")
    #expect(console.compositor.titles.count == 4)
  }

  @Test("and a limit that names nothing is refused with what may be meant")
  func nearest() throws {
    let world = try world()
    try world.administration.change { change in
      let user = try #require(try change.reader.account(.apiUser, named: NameKey(try Name("Portal Mexico"))))
      _ = try change.addToken(to: user.id, name: try Name("shop"))
    }
    var console = world.console()
    console.press(": s h o p Enter l \"Sales MY\" Tab*4 Enter")
    #expect(console.text.contains("did you mean") && console.text.contains("“Sales MX”?"), "\(console.text)")
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
