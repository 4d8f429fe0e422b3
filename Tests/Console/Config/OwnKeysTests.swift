import Access
import Interchange
import Terminal
import Testing

@testable import Console

@Suite("A person's own settings go for the whole console") struct OwnKeysTests {
  private func console(
    _ text: String, size: Size = Size(columns: 120, rows: 40),
    keep: @escaping @Sendable (ConfigKey, ConsoleConfig) -> Problem? = { _, _ in nil }
  ) throws -> ConsoleDriver {
    var context = world.context()
    context.config = try ConsoleConfigTests.read(text)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: size, keepConfig: keep))
  }

  /// It is held for as long as the test, because its folder goes with it.
  private let world: ScreenWorld

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
  }

  @Test(
    "another key does what the usual one did, which does nothing any more; hints, help and palette follow")
  func rebinds() throws {
    var console = try console("keys: {api-users: {rename: n, delete: Ctrl-Y}}")
    console.press("s a")
    #expect(console.text.contains("n rename"))
    #expect(!console.text.contains("r rename"))
    console.press("r")
    #expect(console.text.contains("r does nothing here"))
    console.press("n")
    #expect(console.compositor.titles.last == "Rename API user", "\(console.compositor.titles)")
    console.press("Esc ?")
    #expect(console.lines.contains { $0.contains("n, F6") && $0.contains("rename") }, "\(console.text)")
    console.press("Esc : \"delete it\"")
    #expect(console.text.contains("Ctrl-Y"))
    // The keys of mc stay beside the person's.
    console.press("Esc F6")
    #expect(console.compositor.titles.last == "Rename API user")
  }

  @Test("a key for every page goes for every page")
  func everywhere() throws {
    var console = try console("keys: {everywhere: {help: H, down: F9}}")
    console.press("H")
    #expect(console.compositor.titles.last == "Help")
    console.press("Esc s F9 F9 Enter")
    #expect(console.compositor.titles.last == "Teams")
    console.press("?")
    #expect(console.text.contains("? does nothing here"))
  }

  @Test("a menu shows the person's key, and takes it")
  func menu() throws {
    var console = try console("keys: {security: {api-users: z}}")
    console.press("s")
    #expect(console.lines.contains { $0.contains("z") && $0.contains("API users") })
    console.press("z")
    #expect(console.compositor.titles.last == "API users")
  }

  @Test("the palette presses an action where its key is another one")
  func palette() throws {
    var console = try console("keys: {api-users: {add: Z}}")
    console.press(": \"Add API user\" Enter")
    #expect(console.compositor.titles.last == "Add API user")
  }

  @Test("Esc, Enter and Ctrl-C lead on and out whatever was given other keys")
  func leaves() throws {
    var console = try console("keys: {everywhere: {back: Z, leave: Y}, api-users: {edit: X}}")
    console.press("s a Enter")
    #expect(console.compositor.titles.count == 4)
    console.press("Esc Esc")
    #expect(console.compositor.titles.last == "Security")
    console.press("C-c")
    #expect(console.compositor.titles == ["Main menu"])
  }

  @Test("the keys of dialogs and the letters of text fields stay")
  func texts() throws {
    var console = try console("keys: {api-users: {filter: n}}")
    console.press("s a n \"n\"")
    #expect(console.text.contains("/ n"), "\(console.text)")
  }

  @Test("columns are those that were chosen, in their order, and the first one stays")
  func columns() throws {
    var console = try console("columns: {api-users: [tokens, state]}")
    console.press("s a")
    let titles = try #require(console.lines.first { $0.contains("Tokens") && $0.contains("State") })
    let order = ["Name", "Tokens", "State"].compactMap { titles.firstRange(of: $0)?.lowerBound }
    #expect(order.count == 3 && order == order.sorted(), "\(titles)")
    #expect(!titles.contains("Last used"))
  }

  @Test("columns are chosen and ordered in a dialog, go at once, and are kept")
  func choosing() throws {
    let kept = Kept()
    var console = try console("") { key, config in
      #expect(key == .columns)
      kept.config = config
      return nil
    }
    console.press("s a C")
    #expect(console.compositor.titles.last == "Columns")
    console.press("Space Down < Enter")
    let ids = try #require(kept.config?.columns["api-users"])
    let all = try #require(ConsoleConfigTests.vocabulary.page("api-users")).columns.map(\.id)
    #expect(!ids.contains(all[1]))
    #expect(ids.first == all[2])
    #expect(console.compositor.config.columns["api-users"] == ids)
    console.press("C r")
    #expect(kept.config?.columns["api-users"] == nil)
  }

  @Test("a list in the editor has columns of its own")
  func editor() throws {
    var console = try console("columns: {edit-tokens: [state]}")
    console.press("s a Down Down Enter G k Enter")
    let names = console.compositor.stack.compactMap(\.screen.pageName)
    #expect(names.last?.hasPrefix("edit-") == true)
  }

  @Test("what can't be kept is said, and goes for now")
  func notKept() throws {
    var console = try console("") { _, _ in Problem("this is not kept: no room") }
    console.press("s a C Space Enter")
    #expect(console.text.contains("this is not kept: no room"))
    #expect(console.compositor.config.columns["api-users"] != nil)
  }

  @Test("the console opens with what is wrong with the settings")
  func greeting() throws {
    let context = world.context()
    let console = ConsoleDriver(
      ConsoleRoot.compositor(
        context, titleBar: "store", size: Size(columns: 80, rows: 24),
        greeting: Toast("yours can't be read: config.yaml:3:1", .warning)))
    #expect(console.text.contains("! yours can't be read: config.yaml:3:1"))
    #expect(console.compositor.titles == ["Main menu"])
  }
}

private final class Kept: @unchecked Sendable {
  var config: ConsoleConfig?
}
