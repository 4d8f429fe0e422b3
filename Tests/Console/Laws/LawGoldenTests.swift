import Synchronization
import Terminal
import Testing

@testable import Console

@Suite("The pages of laws look as they did when a person last looked at them")
struct LawGoldenTests {
  private static let pages = [
    ("laws", "s L Down"), ("law", "s L Enter"), ("law-broken", "s L Down Enter"),
    ("law-breaches", "s L Down w"),
    ("law-kinds", "s L a"),
  ]
  private static let goldens = [("laws", 0), ("law-broken", 2), ("law-breaches", 3)]

  private func console(_ keys: String, _ size: Size) throws -> ConsoleDriver {
    let world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    try world.addLaws()
    var console = world.console(size: size)
    console.press(keys)
    console.elapse()
    return console
  }

  @Test("at 80x24", arguments: goldens)
  func looks(name: String, page: Int) throws {
    let console = try console(Self.pages[page].1, Size(columns: 80, rows: 24))
    try Golden.check(console.canvas, "\(name)-80x24")
  }

  @Test(
    "no text is cut without a sign, and what is selected can be seen", arguments: pages, EverySizeTests.sizes)
  func holds(page: (String, String), size: Size) throws {
    var console = try console(page.1, size)
    let cuts = Mutex<Set<String>>([])
    Canvas.$noteCut.withValue({ text in cuts.withLock { _ = $0.insert(text) } }) { console.elapse() }
    #expect(cuts.withLock { $0 } == [])
    Golden.checkSelection(of: console.canvas, page.0)
  }
}
