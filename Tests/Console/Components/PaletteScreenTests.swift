import Console
import Terminal
import Testing

@Suite struct PaletteScreenTests {
  private func driver() -> ConsoleDriver {
    var settings = ConsoleSettings.example
    settings.palette = { actions in
      let entries =
        PaletteEntry.entries(of: actions) + [
          PaletteEntry("API users", detail: "Security", action: .open { Counter(name: "Users") })
        ]
      return PaletteScreen(entries) { _ in Counter(name: "Token found") }
    }
    return ConsoleDriver(Counter(), settings: settings)
  }

  @Test("the palette finds pages and the actions of the screen below")
  func finding() {
    var driver = driver()
    driver.press(": apus Enter")
    #expect(driver.compositor.titles == ["Counter", "Users"])
    driver.press(": \"add one\" Enter")
    #expect(driver.lines[1] == "count 1 reappeared 1")
  }

  @Test("the palette shows the actions with their keys, and takes clicks")
  func clicking() {
    var driver = driver()
    driver.press(": addo")
    #expect(driver.text.contains("add one                                 This page"))
    driver.click("add one")
    #expect(driver.lines[1] == "count 1 reappeared 1")
  }

  @Test(
    "a pasted secret is never shown, and leads on",
    arguments: ["pst_7HqAbCdEfGhIjKlMnOpQrStUvWxYz01234567", "https://x.example/w?token=abcdef"])
  func secret(_ text: String) {
    var driver = driver()
    driver.press(":")
    driver.handle(.paste(text))
    #expect(driver.text.contains("••••"))
    #expect(!driver.text.contains(text.suffix(6)))
    driver.press("Enter")
    #expect(driver.compositor.titles == ["Counter", "Token found"])
  }
}

@Suite struct HelpScreenTests {
  @Test("help lists what the bindings do, by group, and scrolls")
  func help() {
    var driver = ConsoleDriver(Counter(), size: Size(columns: 60, rows: 14))
    driver.press("?")
    #expect(
      driver.lines[2...4] == [
        "  This page", "    a, F7                 add one", "    o                     open",
      ])
    #expect(!driver.text.contains("Everywhere"))
    driver.press("G")
    #expect(driver.text.contains("  Everywhere"))
    #expect(driver.text.contains("Ctrl-Z"))
    driver.press("?")
    #expect(driver.compositor.titles == ["Counter"])
  }
}
