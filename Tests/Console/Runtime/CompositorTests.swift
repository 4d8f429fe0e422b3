import Console
import Terminal
import Testing

@Suite struct CompositorTests {
  private func driver(services: [any Screen] = []) -> ConsoleDriver {
    var settings = ConsoleSettings.example
    settings.services = services
    return ConsoleDriver(Counter(), settings: settings)
  }

  @Test(
    "keys on the example do what its bindings say",
    arguments: [
      ("", "count 0 reappeared 0"),
      ("a a a", "count 3 reappeared 0"),
      ("z", "count 0 reappeared 0"),
      ("a o a a Esc", "count 1 reappeared 1"),
      ("o c", "count 7 reappeared 1"),
      ("o o c", "count 7 reappeared 1"),
      ("d Enter", "count 10 reappeared 1"),
      ("d Esc", "count 0 reappeared 1"),
      ("d C-c", "count 0 reappeared 1"),
      ("d Tab Enter", "count 0 reappeared 1"),
      ("x Enter", "count 0 reappeared 1"),
      ("x BTab Enter", "count -100 reappeared 1"),
      ("x Left Space", "count -100 reappeared 1"),
      ("1", "count 1 reappeared 0"),
      ("1 2 2", "count 5 reappeared 0"),
      ("o r", "count 0 reappeared 0"),
      ("a o r q", "count 1 reappeared 1"),
      ("a ? j G q", "count 1 reappeared 1"),
      (": \"add one\" Enter", "count 1 reappeared 1"),
      (": \"zzz\" Enter Esc", "count 0 reappeared 1"),
      ("Esc Esc", "count 0 reappeared 0"),
    ])
  func macros(_ keys: String, _ expected: String) {
    var driver = driver()
    driver.press(keys)
    #expect(driver.lines[1] == expected)
  }

  @Test("the root asks before it is left, and Ctrl-C is as good as q", arguments: ["q", "C-c"])
  func quitting(_ key: String) {
    var driver = driver()
    driver.press(key)
    #expect(driver.text.contains("Leave popsec?"))
    #expect(!driver.quits)
    driver.press("Esc")
    #expect(!driver.text.contains("Leave popsec?"))
    driver.press(key + " Enter")
    #expect(driver.quits)
  }

  @Test("a destructive dialog drops what was typed before it was drawn")
  func typeAhead() {
    var driver = driver()
    driver.pressAhead("x BTab Enter a a")
    #expect(driver.text.contains("Delete all?"))
    driver.press("BTab Enter")
    #expect(driver.lines[1] == "count -100 reappeared 1")
  }

  @Test("a harmless dialog takes what was typed ahead")
  func harmlessTypeAhead() {
    var driver = driver()
    driver.pressAhead("d Enter")
    #expect(driver.lines[1] == "count 10 reappeared 1")
  }

  @Test("clicks and the wheel act where something was drawn, and only on what is on top")
  func mouse() {
    var driver = driver()
    driver.click("[ Add ]")
    #expect(driver.lines[1] == "count 1 reappeared 0")
    driver.handle(.mouse(Mouse(.wheelDown, at: Point(column: 40, row: 10))))
    #expect(driver.lines[1] == "count 4 reappeared 0")
    driver.handle(.mouse(Mouse(.click, at: Point(column: 40, row: 10))))
    #expect(driver.lines[1] == "count 4 reappeared 0")
    driver.click("o open")
    #expect(driver.lines[0].contains("Counter › Inner"))
    driver.click("Esc back")
    driver.press("d")
    driver.handle(.mouse(Mouse(.click, at: Point(column: 0, row: 3))))
    driver.click("[ Cancel ]")
    #expect(driver.lines[1] == "count 4 reappeared 2")
  }

  @Test("only the newest work with the same key counts, in whatever order it ends")
  func staleWork() {
    var driver = driver()
    driver.holdsWork = true
    driver.press("1 2")
    driver.finishWork([1, 0])
    #expect(driver.lines[1] == "count 2 reappeared 0")
  }

  @Test("a late result for a screen that is gone is dropped")
  func lateResult() {
    var driver = driver()
    driver.press("o")
    driver.holdsWork = true
    driver.press("1 w Esc")
    driver.finishWork([0])
    driver.elapse()
    #expect(driver.lines[1] == "count 0 reappeared 1")
  }

  @Test("a timer sends its message once")
  func timer() {
    var driver = driver()
    driver.press("w w")
    driver.elapse()
    driver.elapse()
    #expect(driver.lines[1] == "count 1000 reappeared 0")
  }

  @Test("a toast is shown, and goes")
  func toast() {
    var driver = driver()
    driver.press("s")
    #expect(driver.lines[22] == " said")
    driver.elapse()
    #expect(driver.lines[22] == "")
  }

  @Test("work that takes long says so, and stops saying so when it ends")
  func slowWork() {
    var driver = driver()
    driver.holdsWork = true
    driver.press("1")
    #expect(driver.lines[22] == "")
    driver.elapse()
    #expect(driver.lines[22] == " working…")
    driver.finishWork([0])
    #expect(driver.lines[22] == "")
  }

  @Test("a service outlives the screen that told it, and its keys work everywhere")
  func service() {
    var driver = driver(services: [Service()])
    driver.press("o a a t Esc")
    #expect(driver.lines[0].hasSuffix("remembers 2"))
    #expect(driver.lines[23].contains("Ctrl-X forget"))
    driver.press("C-x")
    #expect(driver.lines[0].hasSuffix("demo · UTC"))
  }

  @Test("the place is that of the uppermost screen that has one")
  func place() {
    var driver = driver()
    driver.press("o d")
    #expect(driver.compositor.place == Place("counter/Inner"))
    #expect(driver.compositor.titles == ["Counter", "Inner", "Sure"])
  }

  @Test("a screen learns its room before it appears, and when the room changes")
  func layout() {
    var driver = driver()
    driver.handle(.resize(Size(columns: 60, rows: 13)))
    driver.press("a")
    #expect(driver.canvas.size == Size(columns: 60, rows: 13))
    #expect(driver.lines[1] == "count 1 reappeared 0")
    #expect(driver.lines[12].hasPrefix(" a add"))
  }

  @Test("a window that is too small says so, and takes no keys blindly")
  func tooSmall() {
    var driver = driver()
    driver.handle(.resize(Size(columns: 40, rows: 10)))
    #expect(driver.text.contains("the window is 40x10"))
    #expect(driver.text.contains("popsec needs 50x12"))
    driver.press("a x")
    driver.handle(.resize(Size(columns: 50, rows: 12)))
    #expect(driver.lines[1] == "count 0 reappeared 0")
  }

  @Test("Ctrl-Z, Ctrl-L and the mouse go to the terminal")
  func terminalKeys() {
    var driver = driver()
    driver.press("C-z C-l")
    driver.press(": \"mouse\" Enter")
    #expect(driver.commands.map { "\($0)" } == ["suspend", "redraw", "setMouse(false)"])
  }
}
