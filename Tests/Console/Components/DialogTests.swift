import Administration
import Terminal
import Testing

@testable import Console

/// Opens dialogs and remembers how they ended.
private struct Opener: Screen {
  enum Message: Sendable { case delete, purge, choose, menu, ended(String) }
  let title = "Opener"
  var ending = "none"

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding("D", hint: "delete", message: .delete), KeyBinding("C", hint: "choose", message: .choose),
      KeyBinding("P", hint: "purge", message: .purge), KeyBinding("M", hint: "menu", message: .menu),
    ]
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .delete:
      return .open(
        ConfirmDialog.destructive(
          title: "Delete API user", text: "Delete us-sales?", points: ["2 tokens stop working"],
          action: "Delete")
      ) { .ended("\($0)") }
    case .purge:
      return .open(
        EffectDialog(
          title: "Revoke token", text: "Revoke it?", action: "Revoke", isDestructive: true, typing: "kiosk 1",
          times: .utc, look: { .success(AccessEffect()) })
      ) { .ended("\($0)") }
    case .menu:
      let rows = (1...20).map { ChoiceDialog<Int>.Row($0, "entry \($0)") }
      return .open(ChoiceDialog(title: "Menu", text: "What?", isMenu: true, rows: rows)) {
        .ended("entry \($0)")
      }
    case .choose:
      let rows = (1...20).map { ChoiceDialog<Int>.Row($0, "widget \($0)", detail: "BC") }
      return .open(ChoiceDialog(title: "Widget", text: "Which one?", rows: rows, selected: 2)) {
        .ended("widget \($0)")
      }
    case .ended(let how): ending = how
    }
    return .none
  }

  func draw(on frame: inout Frame<Message>) { frame.put("ended: \(ending)", in: frame.bounds) }
}

@Suite struct ProblemTests {
  @Test("an error and its hint are wrapped, and no word of them is lost", arguments: [10, 24, 52, 80])
  func wraps(columns: Int) {
    let problem = Problem(
      "an API user named “Portal” is there already",
      hint: "give it another name, or rename the other one first")
    let lines = problem.lines(columns: columns)
    #expect(lines.allSatisfy { cellWidth(of: $0.text) <= columns })
    #expect(
      lines.map(\.text).joined(separator: " ").split(separator: " ")
        == "✗ \(problem.message) \(problem.hint ?? "")".split(separator: " "))
  }
}

@Suite struct DialogTests {
  private func driver(columns: Int = 80, rows: Int = 24) -> ConsoleDriver {
    ConsoleDriver(Opener(), size: Size(columns: columns, rows: rows))
  }

  @Test(
    "keys answer",
    arguments: [
      ("D Enter", "cancel"), ("D Esc", "cancel"), ("D Left Enter", "confirm"),
      ("C Enter", "widget 2"), ("C Down*3 Enter", "widget 5"), ("C PgDn*2 Enter", "widget 20"),
      ("C Esc", "none"), ("C 17 Enter", "widget 17"), ("C zz Enter Esc Esc", "none"),
      ("C j Enter Esc Enter", "widget 1"), ("C Up*9 Enter", "widget 1"), ("C 17 Esc Esc", "none"),
      ("C C-n C-p C-n Enter", "widget 3"), ("C Home Enter", "widget 1"), ("C End Enter", "widget 20"),
      // The letters that move do so in a fixed menu, and letters filter nothing there.
      ("M Enter", "entry 1"), ("M j j k Enter", "entry 2"), ("M G Enter", "entry 20"),
      ("M G g Enter", "entry 1"),
      ("M 7 Enter", "entry 1"), ("M C-f Enter", "entry 15"), ("M Tab BTab j Enter", "entry 2"),
      ("M q", "none"),
      ("M j Esc", "none"),
    ])
  func answers(_ macro: String, _ ending: String) {
    var driver = driver()
    driver.press(macro)
    #expect(driver.lines[1] == "ended: \(ending)" || driver.lines[1].hasPrefix("ended: \(ending) "))
  }

  @Test(
    "where a name must be typed, whatever is typed goes to it from anywhere, and Enter acts once it is right",
    arguments: [
      ("P kiosk Space 1 Enter", "confirm"), ("P Tab Tab kiosk Space 1 Enter", "confirm"),
      ("P Tab kiosk Space 1 Tab Enter", "confirm"), ("P kiosk Space 2 Enter Bs 1 Enter", "confirm"),
      ("P Enter", "none"), ("P Tab Enter", "none"), ("P Space Enter", "none"),
      ("P Tab Tab Space Enter", "none"),
      ("P kiosk Enter", "none"), ("P kiosk Space 1 Esc", "cancel"), ("P Tab Tab Enter", "cancel"),
      ("P kiosk Space 1 Tab Tab Enter", "cancel"),
    ])
  func typedConfirmation(_ macro: String, _ ending: String) {
    var driver = driver()
    driver.press(macro)
    #expect(driver.lines[1] == "ended: \(ending)" || driver.lines[1].hasPrefix("ended: \(ending) "))
    // What is missing is said where it is missing.
    let isTold = driver.lines.contains { $0.contains("type kiosk 1 here, or press Esc") }
    #expect(isTold == (ending == "none"), "\(driver.lines)")
  }

  @Test("a dialog says what follows, and starts on Cancel")
  func drawing() {
    var driver = driver()
    driver.press("D")
    #expect(
      driver.lines[8...13].joined(separator: "\n") == """
                ┌─ Delete API user ────────────────────────────────────────────┐
                │ Delete us-sales?                                             │
                │ - 2 tokens stop working                                      │
                │                                                              │
                │ [ Delete ]  [ Cancel ]                                       │
                └──────────────────────────────────────────────────────────────┘
        """)
    let cancel = Point(column: 24, row: 12)
    #expect(driver.canvas[cancel.column, cancel.row].style.attributes.contains(.reverse))
  }

  @Test("the wheel moves the mark, and / before a filter does no harm")
  func wheel() {
    for (keys, ending) in [("C", "widget 4"), ("M", "entry 3"), ("C /", "widget 4")] {
      var driver = driver()
      driver.press(keys)
      for _ in 0..<3 { driver.handle(.mouse(Mouse(.wheelDown, at: Point(column: 20, row: 10)))) }
      driver.handle(.mouse(Mouse(.wheelUp, at: Point(column: 20, row: 10))))
      driver.press("Enter")
      #expect(driver.lines[1] == "ended: \(ending)")
    }
    var driver = driver()
    driver.press("C / 17 Enter")
    #expect(driver.lines[1] == "ended: widget 17")
  }

  @Test("at the least size the button with the focus is in sight, and clicks answer")
  func small() {
    var driver = driver(columns: 50, rows: 12)
    driver.press("D")
    driver.click("[ Cancel ]")
    #expect(driver.lines[1] == "ended: cancel")
    driver.press("C")
    driver.click("widget 3")
    #expect(driver.lines[1] == "ended: widget 3")
  }
}
