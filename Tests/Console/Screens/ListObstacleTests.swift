import Access
import Administration
import Terminal
import Testing

@testable import Console

@Suite("What can't be done in a list, or not with the selected row, says why where its key is pressed")
struct ListObstacleTests {
  private func console(
    _ permissions: Set<Permission>, isFilled: Bool = true
  ) throws -> (world: ScreenWorld, console: ConsoleDriver) {
    let world = try ScreenWorld()
    if isFilled {
      try world.addCatalogue()
      try world.addPeople()
    }
    let context =
      permissions == Set(Permission.allCases)
      ? world.context()
      : ConsoleContext(
        administration: world.administration.with(
          Operator(actor: Actor(name: "ana", frontEnd: .console), permissions: permissions)),
        clipboard: .forTests)
    let size = Size(columns: 140, rows: 40)
    return (world, ConsoleDriver(ConsoleRoot.compositor(context, titleBar: "store  UTC", size: size)))
  }

  @Test(
    "a person who may only read learns what an action takes",
    arguments: [
      ("s t D", "teams.manage"), ("s t a", "teams.manage"), ("s a d", "apiUsers.manage"),
      ("s u r", "users.manage"), ("s r a", "roles.manage"), ("s t Enter Down Enter Space", "teams.manage"),
      ("s a Down Enter Down*3 Enter c", "tokens.copy"), ("s a Down Enter Down*3 Enter R", "tokens.manage"),
      ("s s Enter", "Administrators change it"),
    ])
  func lacking(keys: String, reason: String) throws {
    var (world, console) = try console(BuiltInRole.securityReader.permissions)
    let audited = try world.auditedActions().count
    console.press(keys)
    #expect(console.text.contains(reason), "\(console.text)")
    #expect(try world.auditedActions().count == audited)
  }

  @Test(
    "a person who may do everything learns where the row does not allow an action",
    arguments: [
      ("s r D", "a built-in role is what it is"), ("s c w", "what has lists is asked about"),
      ("s c i", "you have no files on this machine"), ("s s D", "it has its default"),
    ])
  func otherRow(keys: String, reason: String) throws {
    var (world, console) = try console(Set(Permission.allCases))
    console.press(keys)
    #expect(console.text.contains(reason), "\(console.text)")
    withExtendedLifetime(world) {}
  }

  @Test("where there is no row, and in read-only mode, that is the reason")
  func noRow() throws {
    var (world, console) = try console(Set(Permission.allCases), isFilled: false)
    console.press("s t r")
    #expect(console.text.contains("no row is selected"))
    world.administration.isReadOnly = true
    // What a frame showed as possible is asked again after a second.
    console.pass(milliseconds: 1_000)
    console.press("a")
    #expect(console.text.contains("read-only mode"))
    #expect(console.compositor.titles == ["Main menu", "Security", "Teams"])
  }

  @Test("help has such keys with their reasons, the hint bar and the palette don't")
  func shown() throws {
    var (world, console) = try console(BuiltInRole.securityReader.permissions)
    defer { withExtendedLifetime(world) {} }
    console.press("s t")
    #expect(!console.text.contains("delete") && !console.text.contains("rename"))
    console.press("?")
    #expect(console.text.contains("delete the team (not now: "))
    console.press("Esc : \"delete the\"")
    #expect(!console.text.contains("delete the team"))
  }
}
