import Terminal

/// What a page with a text can be told: to move it by so many lines, up where negative.
protocol ScrollMessage: Sendable {
  static func scroll(_ count: Int) -> Self
}

/// To a page that has nothing else to be told.
enum Scroll: ScrollMessage { case scroll(Int) }

/// A page that is one text, scrolled and left by Esc. What stands in it and what can be done there is its own.
protocol TextScreen: Screen where Message: ScrollMessage {
  /// What it says now, in so many columns.
  func lines(columns: Int) -> [WhyText.Line]
  var scrolling: Scrolling { get set }
  /// The room for the text, as last laid out.
  var size: Size { get set }
  /// The page's own keys.
  var actions: [KeyBinding<Message>] { get }
}

extension TextScreen {
  var bindings: [KeyBinding<Message>] {
    actions + scrolling.bindings { .scroll($0) } + [KeyBinding(.escape, "q", hint: "back") { .close }]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = WhyText.room(in: bounds).size
    fit()
    return .none
  }

  /// To be called where the text has become another.
  mutating func fit() { scrolling.fit(lines: lines(columns: size.columns).count, into: size.rows) }

  func draw(on frame: inout Frame<Message>) {
    WhyText.draw(lines(columns: size.columns), from: scrolling.top, on: &frame)
    frame.wheel(frame.bounds, up: .scroll(-3), down: .scroll(3))
  }
}

extension TextScreen where Message == Scroll {
  mutating func update(_ message: Message) -> Effect<Message> {
    if case .scroll(let count) = message { scrolling.move(by: count) }
    return .none
  }
}
