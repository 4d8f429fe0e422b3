import Console
import Terminal
import Testing

/// Opens dialogs and remembers how they ended.
private struct Opener: Screen {
  enum Message: Sendable { case delete, choose, ended(String) }
  let title = "Opener"
  var ending = "none"

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding("D", hint: "delete", message: .delete), KeyBinding("C", hint: "choose", message: .choose),
    ]
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .delete:
      return .open(
        ConfirmDialog.destructive(
          title: "Delete API user", text: "Delete us-sales?", points: ["2 tokens stop working"],
          action: "Delete", typing: "us")
      ) { .ended("\($0)") }
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

@Suite struct DialogTests {
  private func driver(columns: Int = 80, rows: Int = 24) -> ConsoleDriver {
    ConsoleDriver(AnyScreen(Opener()), size: Size(columns: columns, rows: rows))
  }

  @Test(
    "keys answer",
    arguments: [
      ("D Enter", "cancel"), ("D Esc", "cancel"), ("D Left Enter", "none"), ("D Up us Tab Enter", "confirm"),
      ("D Left Enter us Enter Enter", "confirm"), ("D Up ux Tab Enter Bs s Tab Enter", "confirm"),
      ("C Enter", "widget 2"), ("C j*3 Enter", "widget 5"), ("C G Enter", "widget 20"), ("C Esc", "none"),
      ("C / 17 Enter", "widget 17"), ("C / zz Enter Esc Esc", "none"), ("C k*9 Enter", "widget 1"),
    ])
  func answers(_ macro: String, _ ending: String) {
    var driver = driver()
    driver.press(macro)
    #expect(driver.lines[1] == "ended: \(ending)" || driver.lines[1].hasPrefix("ended: \(ending) "))
  }

  @Test("a dialog says what follows, and starts on Cancel")
  func drawing() {
    var driver = driver()
    driver.press("D")
    #expect(
      driver.lines[7...15].joined(separator: "\n") == """
                ┌─ Delete API user ────────────────────────────────────────────┐
                │ Delete us-sales?                                             │
                │ - 2 tokens stop working                                      │
                │                                                              │
                │ Type us to confirm:                                          │
                │                                                              │
                │                                                              │
                │ [ Delete ]  [ Cancel ]                                       │
                └──────────────────────────────────────────────────────────────┘
        """)
    let cancel = Point(column: 24, row: 14)
    #expect(driver.canvas[cancel.column, cancel.row].style.attributes.contains(.reverse))
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
