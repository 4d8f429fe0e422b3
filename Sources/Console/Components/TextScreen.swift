import Terminal

/// The message of a page with a text: to scroll by a number of lines, up where it is negative.
protocol ScrollMessage: Sendable {
  static func scroll(_ count: Int) -> Self
}

/// The message of a page that only scrolls.
enum Scroll: ScrollMessage { case scroll(Int) }

/// A page that consists of one text, which scrolls, and which Esc leaves. The page gives the text and the
/// keys.
protocol TextScreen: Screen where Message: ScrollMessage {
  /// The present text in this number of columns.
  func lines(columns: Int) -> [WhyText.Line]
  var scrolling: Scrolling { get set }
  /// The size of the room for the text, as last laid out.
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

  /// Must be called where the text has changed.
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
