import Console
import Terminal
import Testing

/// All components on one screen, in a room of any size.
private struct Everything: Screen {
  enum Message: Sendable {
    case list(WindowedList<Person>.Message)
    case checks(CheckList<Int>.Message)
    case pane(NavigationPane<Int>.Message)
    case form(Form<Int>.Message)
    case turn, dialog, choice
  }
  let title = "Everything 漢字 \u{1B}[31m"
  var part = 0
  var fixture = PeopleFixture(count: 300)
  var checks = CheckList<Int>(
    items: (0..<50).map { .init($0, "item \($0)", group: "group \($0 / 7)") }, choice: .init())
  var pane = NavigationPane<Int>(
    (0..<30).map { $0 % 5 == 0 ? .branch($0, "b\($0)") : .page($0, "p\($0)", level: 1) }, current: 1)
  var form = Form<Int>([
    .text(0, TextField("Name")), .check(1, CheckBox("Check")),
    .radio(2, RadioGroup("Radio", options: ["a", "b"])),
    .note("a note that is longer than many a window is wide", .muted),
    .buttons([Button(3, "Add"), Button(4, "No")]),
  ])

  var bindings: [KeyBinding<Message>] {
    let own: [KeyBinding<Message>] = [
      KeyBinding(.function(2), hint: "turn", message: .turn),
      KeyBinding(.function(3), hint: "dialog", message: .dialog),
      KeyBinding(.function(4), hint: "choice", message: .choice),
    ]
    switch part {
    case 0: return own + fixture.list.bindings.map { $0.map { .list($0) } }
    case 1: return own + checks.bindings.map { $0.map { .checks($0) } }
    case 2: return own + pane.bindings.map { $0.map { .pane($0) } }
    default: return own + form.bindings.map { $0.map { .form($0) } }
    }
  }

  func typed(_ input: TextInput) -> Message? {
    switch part {
    case 0: fixture.list.typed(input).map { .list($0) }
    case 1: checks.typed(input).map { .checks($0) }
    case 2: nil
    default: form.typed(input).map { .form($0) }
    }
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    fixture.perform(fixture.list.layout(in: bounds))
    checks.layout(in: bounds)
    pane.layout(in: bounds)
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .list(let message): fixture.send(message)
    case .checks(let message): _ = checks.update(message)
    case .pane(let message): _ = pane.update(message)
    case .form(let message): _ = form.update(message)
    case .turn: part = (part + 1) % 4
    case .dialog:
      return .open(ConfirmDialog.destructive(title: "D", text: "Delete?", action: "Delete"))
    case .choice: return .open(ChoiceDialog(title: "C", rows: (0..<30).map { .init($0, "row \($0)") }))
    }
    return .none
  }

  func draw(on frame: inout Frame<Message>) {
    let bounds = frame.bounds
    switch part {
    case 0: frame.child(bounds, { .list($0) }) { fixture.list.draw(in: bounds, on: &$0) }
    case 1: frame.child(bounds, { .checks($0) }) { checks.draw(in: bounds, on: &$0) }
    case 2: frame.child(bounds, { .pane($0) }) { pane.draw(in: bounds, on: &$0, isFocused: true) }
    default: frame.child(bounds, { .form($0) }) { form.draw(in: bounds, on: &$0) }
    }
  }
}

/// Numbers that are the same on every run of a seed (SplitMix64).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct RandomEventTests {
  private static let keys: [Key] = [
    "a", "j", "k", "g", "G", "/", " ", "?", ":", "q", "x", "漢", "-", "+", .enter, .escape, .tab, .backTab,
    .backspace, .delete, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .function(2),
    .function(2),
    .function(3), .function(4), .control("w"), .control("u"), .control("d"), .control("c"), .insert,
  ]

  private func event(_ random: inout Seeded) -> Event {
    let point = Point(
      column: Int.random(in: -2...90, using: &random), row: Int.random(in: -2...30, using: &random))
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      return .resize(
        Size(columns: .random(in: 0...120, using: &random), rows: .random(in: 0...40, using: &random)))
    case 1: return .mouse(Mouse(.wheelUp, at: point))
    case 2: return .mouse(Mouse(.wheelDown, at: point))
    case 3...5: return .mouse(Mouse(.click, at: point))
    case 6: return .paste("a\u{202E}b\n\u{1B}]52;c;x\u{7}漢字")
    default: return .key(Self.keys.randomElement(using: &random) ?? .enter)
    }
  }

  @Test("no events and sizes make it fail, nor draw what could harm a terminal", arguments: 1...12)
  func anything(_ seed: Int) {
    var random = Seeded(state: UInt64(seed))
    var driver = ConsoleDriver(Everything())
    for _ in 0..<300 { driver.handle(event(&random)) }
    let canvas = driver.canvas
    #expect(canvas.cells.count == canvas.size.columns * canvas.size.rows)
    #expect(driver.compositor.titles.first == "Everything 漢字 \u{1B}[31m")
    let harmful = canvas.text.unicodeScalars.filter {
      $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
    }
    #expect(harmful.isEmpty)
  }
}
