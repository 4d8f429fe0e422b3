import Terminal

/// Shows a secret for some seconds. It stands alone on a line and the mouse is released, so that the
/// terminal's own selection can take it.
struct RevealScreen: Screen {
  enum Message: Sendable { case tick, close }

  private let secret: SecretText
  private let what: String
  private(set) var secondsLeft: Int

  init(_ secret: SecretText, what: String, seconds: Int = 20) {
    self.secret = secret
    self.what = what
    secondsLeft = seconds
  }

  var title: String { "Reveal" }
  var takesMouse: Bool { false }
  var closesOnLock: Bool { true }

  var bindings: [KeyBinding<Message>] {
    [KeyBinding(.escape, .enter, "q", "V", hint: "hide", help: "hide it at once", message: .close)]
  }

  mutating func appear() -> Effect<Message> { tickLater() }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .tick where secondsLeft > 1:
      secondsLeft -= 1
      return tickLater()
    case .tick, .close: return .close
    }
  }

  private func tickLater() -> Effect<Message> { .after(milliseconds: 1_000, key: "tick", .tick) }

  func draw(on frame: inout Frame<Message>) {
    let area = frame.bounds
    frame.put(what, column: area.column + 1, row: area.row + 1, style: .bold)
    frame.put(
      "hidden again in \(secondsLeft) s; select it with the mouse", column: area.column + 1,
      row: area.row + 2,
      style: .muted)
    let perRow = max(1, area.columns)
    var rest = secret.revealed[...]
    var row = area.row + 4
    while !rest.isEmpty {
      frame.put(String(rest.prefix(perRow)), column: area.column, row: row)
      rest = rest.dropFirst(perRow)
      row += 1
    }
  }
}
