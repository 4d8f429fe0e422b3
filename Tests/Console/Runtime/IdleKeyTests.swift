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
      ("n", "n does nothing here; / filters, and leaves only rows that match"),
      ("N", "N does nothing here; / filters, and leaves only rows that match"),
      ("d y", "y does nothing here; the last line has the keys"), ("a", nil), ("Esc", nil), ("C-l", nil),
    ] as [(String, String?)])
  func says(keys: String, words: String?) {
    var driver = driver()
    driver.press(keys)
    #expect(driver.text.contains(words ?? "count"))
    #expect(driver.text.contains("does nothing") == (words != nil), "\(driver.text)")
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
