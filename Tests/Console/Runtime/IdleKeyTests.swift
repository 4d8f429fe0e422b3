import Console
import Terminal
import Testing

@Suite("A key that does nothing says so, and the keys of mc do what they name")
struct IdleKeyTests {
  private func driver() -> ConsoleDriver {
    ConsoleDriver(Counter(), size: Size(columns: 80, rows: 24))
  }

  @Test(
    "where a key means nothing, the status line says so, and what to use",
    arguments: [
      ("z", "z does nothing here; ? shows the keys"), ("F2", "F2 does nothing here; ? shows the keys"),
      ("n", "n does nothing here; ? shows the keys"),
      ("d y", "y does nothing here; the last line has the keys"),
      ("? /", "/ does nothing here; the last line has the keys"), ("a", nil), ("Esc", nil), ("C-l", nil),
    ] as [(String, String?)])
  func says(keys: String, words: String?) {
    var driver = driver()
    driver.press(keys)
    if let words { #expect(driver.text.contains(words), "\(driver.text)") }
    #expect(driver.text.contains("does nothing") == (words != nil), "\(driver.text)")
  }

  @Test(
    "for the keys for the next match the console says that a filter leaves only matches",
    arguments: ["n", "N"])
  func nextMatch(key: String) throws {
    let world = try ScreenWorld()
    var console = world.console()
    console.press("s t \(key)")
    #expect(console.text.contains("\(key) does nothing here; ? shows the keys"))
    try world.addTeam("Sales")
    console = world.console()
    console.press("s t / a Enter \(key)")
    #expect(console.text.contains("\(key) does nothing here; / filters, and leaves only rows that match"))
  }

  @Test("the words about a key go with the next key that does something")
  func goes() {
    var driver = driver()
    driver.press("z a")
    #expect(!driver.text.contains("does nothing"))
    driver.press("z s")
    #expect(driver.text.contains("said"))
    driver.press("a")
    #expect(driver.text.contains("said"))
  }

  @Test("a function key does what its letter does, and help names both")
  func functionKeys() {
    var driver = driver()
    driver.press("F7 F7")
    #expect(driver.text.contains("count 2"))
    driver.press("d F10")
    #expect(driver.text.contains("count 2"))
    #expect(driver.compositor.titles == ["Counter"])
    driver.press("F8")
    #expect(driver.compositor.titles == ["Counter", "Delete"])
    driver.press("Esc F1")
    #expect(driver.text.contains("a, F7") && driver.text.contains("x, F8"))
    driver.press("Esc F10")
    #expect(driver.compositor.titles == ["Counter", "Quit"])
  }
}
