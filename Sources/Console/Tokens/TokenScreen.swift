import Access
import Terminal

/// Shows all that is known about a token. Its outcome is the token, which is then copied.
struct TokenScreen: Screen {
  enum Message: Hashable, Sendable {
    case scroll(Int)
    case copy, close
  }
  typealias Outcome = TokenRowID

  let title = "Token"
  private let details: TokenDetails
  private let isCopyable: Bool
  private var scrolling = Scrolling()
  private var size = Size(columns: Self.widest, rows: 18)
  private static let widest = 66
  private static let mostRows = 18
  private static let titleColumns = 12

  init(_ details: TokenDetails, isCopyable: Bool) {
    self.details = details
    self.isCopyable = isCopyable
  }

  var presentation: Presentation {
    .dialog(Size(columns: Self.widest, rows: min(Self.mostRows, lines(columns: size.columns).count)))
  }

  var bindings: [KeyBinding<Message>] {
    let copy = KeyBinding<Message>(
      "c", hint: "copy", help: "copy the Token ID to your terminal's clipboard", message: .copy)
    return (isCopyable ? [copy] : []) + scrolling.bindings { .scroll($0) }
      + [KeyBinding(.escape, .enter, "q", hint: "close", message: .close)]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = bounds.size
    scrolling.fit(lines: lines(columns: size.columns).count, into: size.rows)
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .scroll(let count): scrolling.move(by: count)
    case .copy: return close(with: details.token)
    case .close: return .close
    }
    return .none
  }

  private func lines(columns: Int) -> [(title: String, text: String, style: Style)] {
    details.facts.flatMap { fact in
      wrap(fact.value, columns: max(10, columns - Self.titleColumns)).enumerated().map { index, line in
        (
          title: index == 0 ? fact.title : "", text: line,
          style: fact.isUrgent ? Style(.warning, .bold) : .plain
        )
      }
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let area = frame.bounds
    let shown = lines(columns: area.columns).dropFirst(scrolling.top).prefix(area.rows)
    for (offset, line) in shown.enumerated() {
      let row = Rect(column: area.column, row: area.row + offset, columns: area.columns, rows: 1)
      let (title, text) = row.splitLeft(Self.titleColumns)
      frame.put(line.title, in: title, style: .muted)
      frame.put(line.text, in: text, style: line.style)
    }
    frame.wheel(area, up: .scroll(-3), down: .scroll(3))
  }
}
