import Access
import Interchange
import Terminal
import Testing

@testable import Console

@Suite("A filter is kept as a view, under a name and a letter") struct ViewsTests {
  private let world: ScreenWorld
  private let kept = Kept()

  init() throws {
    world = try ScreenWorld()
    try world.addPeople()
  }

  private func console(_ text: String = "") throws -> ConsoleDriver {
    var context = world.context()
    context.config = try ConsoleConfigTests.read(text)
    let kept = kept
    return ConsoleDriver(
      ConsoleRoot.compositor(
        context, titleBar: "store", size: Size(columns: 120, rows: 40),
        keepConfig: { key, config in
          #expect(key == .views)
          kept.config = config
          return nil
        }))
  }

  @Test("a filter with its order is kept, shown again by ' and its letter, and removed")
  func keeps() throws {
    var console = try console()
    console.press("s o 2 / \"state:live\" Enter ' + \"Live ones\" Tab l Enter")
    let view = ConsoleConfig.View(letter: "l", name: "Live ones", filter: "state:live", order: "expires")
    #expect(kept.config?.views == ["tokens": [view]])
    console.press("Esc 1")
    #expect(!console.text.contains("state:live"))
    console.press("' l")
    #expect(console.text.contains("/ state:live"), "\(console.text)")
    #expect(console.text.contains("Expires ▲"), "\(console.text)")
    console.press("' -")
    #expect(kept.config?.views == [:])
  }

  @Test("each list has its own views")
  func perList() throws {
    var console = try console(
      "views: {api-users: [{letter: d, name: Disabled, filter: 'state:disabled', order: state, descending: true}]}"
    )
    console.press("s o '")
    #expect(console.text.contains("No view is kept yet"))
    console.press("Esc Esc a ' d")
    #expect(console.text.contains("/ state:disabled"))
    #expect(console.text.contains("State ▼"))
  }

  @Test(
    "what a view lacks is told at its field",
    arguments: [
      ("Enter", "a name is missing"), ("\"x\" Enter", "a letter is missing"),
      ("\"x\" Tab 1 Enter", "a letter is missing"), ("\"x\" Tab d Enter", "has this letter"),
    ])
  func refuses(_ keys: String, _ complaint: String) throws {
    var console = try console("views: {api-users: [{letter: d, name: D, filter: 'state:disabled'}]}")
    console.press("s a / a Enter ' + \(keys)")
    #expect(console.text.contains(complaint), "\(console.text)")
    #expect(kept.config == nil)
  }

  @Test("without a filter there is nothing to keep")
  func nothing() throws {
    var console = try console()
    console.press("s a ' +")
    #expect(console.text.contains("the list has no filter now"))
  }
}
