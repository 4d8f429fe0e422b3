import Access
import Administration
@testable import Console
import Terminal
import Testing

@Suite struct TitleBarTests {
  @Test(
    "the title bar names the person with their strongest role, and gives up the store's name first",
    arguments: [
      (120, " popsec Main menu › Security", "ana (TokenOperator)  /var/lib/popsec/store  UTC"),
      (80, " popsec Main menu › Security", "ana (TokenOperator)  /var/lib/popsec/store  UTC"),
      (64, " popsec Main menu › Security", " ana (TokenOperator)  /var/l…  UTC"),
      (50, " popsec Main menu › Security", " ana (TokenOperator)"),
    ])
  func identity(_ columns: Int, _ left: String, _ right: String) throws {
    let world = try world()
    var driver = try console(world, as: .tokenOperator, size: Size(columns: columns, rows: 24))
    driver.press("s")
    #expect(driver.lines[0].hasPrefix(left))
    #expect(driver.lines[0].hasSuffix(right))
  }

  @Test(
    "who else is there is said however little room there is",
    arguments: [
      (120, "ana (TokenOperator)  with Otto  /var/lib/popsec/store  UTC"), (80, "  ana  with Otto"),
      (64, "with Otto"), (50, "with Otto"),
    ])
  func company(_ columns: Int, _ right: String) throws {
    let world = try world()
    let administration = try world.administration(as: "ana", role: .tokenOperator)
    try administration.read { _ in }
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    var console = TimedConsole(
      ConsoleRoot.compositor(
        context, titleBar: "/var/lib/popsec/store  UTC", size: Size(columns: columns, rows: 24)))
    console.press("s a Enter")
    console.receive { $0.company = "with Otto" }
    let bar = String(console.text.split(separator: "\n")[0])
    #expect(bar.hasSuffix(right), "\(bar)")
  }

  @Test(
    "a list says edit to those who may change its things or propose changes, and show to the others",
    arguments: [
      (BuiltInRole.administrator, "Edit"), (.securityAdministrator, "Edit"), (.securityRequester, "Edit"),
      (.securityReader, "Show"), (.tokenOperator, "Show"),
    ])
  func verbs(_ role: BuiltInRole, _ word: String) throws {
    let world = try world()
    var driver = try console(world, as: role)
    driver.press("s a")
    #expect(driver.lines.first { $0.contains("Portal Mexico") }?.hasSuffix(" \(word)") == true)
    #expect(driver.text.contains("Enter \(word.lowercased())"))
  }

  @Test("in read-only mode the lists say show")
  func readOnly() throws {
    let world = try world()
    var driver = world.console()
    world.administration.isReadOnly = true
    driver.press("s a")
    #expect(driver.lines.first { $0.contains("Portal Mexico") }?.contains("Show") == true)
  }

  @Test("a click on a title goes back to its screen, and asks about pending changes before")
  func breadcrumb() throws {
    let world = try world()
    var driver = try console(world, as: .administrator)
    driver.press("s a Enter")
    #expect(driver.lines[0].contains("API users › Portal Mexico"))
    driver.click("Security")
    #expect(driver.lines[0].hasPrefix(" popsec Main menu › Security "))
    driver.press("a Enter Down*2 Enter Down Space")
    driver.click("Main menu")
    #expect(driver.text.contains("[ Save ]"))
  }

  @Test(
    "a double click opens a row; two slow clicks only select it",
    arguments: [(0, true), (400, true), (900, false)])
  func doubleClick(_ milliseconds: Int, _ opens: Bool) throws {
    let world = try world()
    var console = TimedConsole(
      ConsoleRoot.compositor(world.context(), titleBar: "store", size: Size(columns: 80, rows: 24)))
    console.press("s a")
    let lines = console.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("Portal Mexico") })
    let click = Event.mouse(Mouse(.click, at: Point(column: 3, row: row)))
    console.handle(click)
    console.wait(milliseconds: milliseconds)
    console.handle(click)
    #expect(console.text.contains("API users › Portal Mexico") == opens)
  }

  @Test(
    "the second half of a double click opens nothing on the screen that the first half opened",
    arguments: [(0, false), (400, false), (900, true)])
  func leftOver(_ milliseconds: Int, _ opens: Bool) throws {
    let world = try world()
    var console = TimedConsole(
      ConsoleRoot.compositor(world.context(), titleBar: "store", size: Size(columns: 80, rows: 24)))
    let lines = console.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("s  Security") })
    let click = Event.mouse(Mouse(.click, at: Point(column: 8, row: row)))
    console.handle(click)
    console.wait(milliseconds: milliseconds)
    console.handle(click)
    #expect(console.text.contains("Main menu › Security › Users") == opens, "\(console.text)")
  }

  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal Mexico")
    return world
  }

  private func console(
    _ world: ScreenWorld, as role: BuiltInRole, size: Size = Size(columns: 80, rows: 24)
  ) throws -> ConsoleDriver {
    let administration = try world.administration(as: "ana", role: role)
    try administration.read { _ in }
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "/var/lib/popsec/store  UTC", size: size))
  }
}
