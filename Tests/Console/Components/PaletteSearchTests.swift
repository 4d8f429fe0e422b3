import Store
import Terminal
import Testing

@testable import Console

@Suite("The palette finds") struct PaletteSearchTests {
  private static func entry(_ title: String, _ detail: String = "Page") -> PaletteEntry {
    PaletteEntry(title, detail: detail, action: .global(.help))
  }

  private let entries =
    ["API users", "Users", "Teams", "Audit log", "Add API user"].map { entry($0) }
    + [PaletteEntry("quit", detail: "leave", action: .global(.quit))]
  private let things = ["Users", "Portal users", "Auditors", "Sales MX", "Quitters"].map { entry($0, "team") }

  @Test(
    "whole names first, then beginnings, words and letters, pages before things",
    arguments: [
      ("users", ["Users Page", "Users team", "API users Page", "Portal users team"]),
      ("audit", ["Audit log Page", "Auditors team"]),
      ("apus", ["API users Page"]),
      ("mx sal", ["Sales MX team"]),
      ("qui", ["Quitters team"]),
      ("quit", ["quit leave", "Quitters team"]),
      ("zzz", []),
    ])
  func order(text: String, expected: [String]) {
    let found = PaletteSearch.hits(text, in: entries, and: things)
    #expect(
      Array(found.map { "\($0.entry.title) \($0.entry.detail)" }.prefix(max(1, expected.count))) == expected)
  }

  @Test(
    "and marks what matched",
    arguments: [
      ("apus", "API users", [0, 1, 4, 5], []), ("user", "Users", [0, 1, 2, 3], []),
      ("page teams", "Teams", [0, 1, 2, 3, 4], [0, 1, 2, 3]),
    ])
  func marks(text: String, title: String, inTitle: [Int], inDetail: [Int]) throws {
    let hits = PaletteSearch.hits(text, in: entries, and: [])
    let hit = try #require(hits.first { $0.entry.title == title })
    #expect(hit.inTitle == inTitle && hit.inDetail == inDetail)
  }

  @Test(
    "things only for a text that says enough",
    arguments: [("", false), ("a", false), (" a ", false), ("ab", true), ("a b", true), ("  ", false)])
  func enough(text: String, isAsked: Bool) { #expect((PaletteSearch.findText(text) != nil) == isAsked) }
}

@Suite("The palette looks things up") struct PaletteFindingTests {
  private func driver(
    _ find: @escaping @Sendable (FindText) -> Result<PaletteFinder.Found, Problem>
  ) -> ConsoleDriver {
    var settings = ConsoleSettings.example
    settings.palette = { _ in
      PaletteScreen([PaletteEntry("Teams", action: .global(.help))], finder: PaletteFinder(find)) { _ in
        Counter(name: "Token found")
      }
    }
    return ConsoleDriver(Counter(), settings: settings)
  }

  private static let names = ["Sales MX", "Sales US", "Stock"]
  private static func things(_ text: FindText) -> [PaletteEntry] {
    text.best(of: names, limit: 9) { $0 }.map { name in
      PaletteEntry(
        name, detail: "team",
        action: .openAll { [Counter(name: "List") as any Screen, Counter(name: name) as any Screen] })
    }
  }

  @Test("and opens what was chosen over its list")
  func opening() {
    var driver = driver { .success(.init(Self.things($0))) }
    driver.press(": s")
    #expect(!driver.text.contains("Sales"))
    driver.press("\"ales us\"")
    #expect(driver.text.contains("Sales US") && !driver.text.contains("Sales MX"))
    driver.press("Enter")
    #expect(driver.compositor.titles == ["Counter", "List", "Sales US"])
    driver.press("Esc")
    #expect(driver.compositor.titles == ["Counter", "List"])
  }

  @Test("while it asks, what fits stays, and the answer to an older text is dropped")
  func older() {
    var driver = driver { .success(.init(Self.things($0))) }
    driver.press(": s a")
    #expect(driver.text.contains("Sales MX") && driver.text.contains("Sales US"))
    driver.holdsWork = true
    driver.press("\"les u\"")
    #expect(driver.text.contains("Sales US") && !driver.text.contains("Sales MX"))
    driver.press("Bs*6 \"to\"")
    #expect(driver.text.contains("Looking…") && !driver.text.contains("Nothing fits"))
    driver.holdsWork = false
    driver.finishWork(Array(driver.heldWork.indices))
    #expect(driver.text.contains("Stock") && !driver.text.contains("Sales"))
  }

  @Test("and says that it could not, and when there are more")
  func failing() {
    var failing = driver { _ in .failure(Problem("the store is locked")) }
    failing.press(": t e a")
    #expect(failing.text.contains("pages and actions only: the store is locked"))
    #expect(failing.text.contains("Teams") && !failing.text.contains("Nothing fits"))
    var cut = driver { .success(.init(Self.things($0), isCut: true)) }
    cut.press(": s a")
    #expect(cut.text.contains("The best of each kind; more letters find others"))
  }

  @Test("but never a secret")
  func secret() {
    var driver = driver { _ in
      Issue.record("a secret was looked up")
      return .success(.init([]))
    }
    driver.press(":")
    driver.handle(.paste("pst_7HqAbCdEfGhIjKlMnOpQrStUvWxYz01234567"))
    driver.press("Bs*9")
    #expect(driver.text.contains("••••"))
  }
}
