import Terminal

/// The line above a page's content: its title, and at the right a button to add something.
struct Heading {
  let text: String
  /// The words of the button at the upper right; nil for none.
  let action: String?

  /// The number of columns for the button, with a gap before it.
  static func columns(_ action: String?) -> Int { action == nil ? 0 : button(action).count + 1 }

  private static func button(_ action: String?) -> String { action.map { "[ \($0) ]" } ?? "" }

  func draw<Message: Sendable>(in rect: Rect, on frame: inout Frame<Message>, _ message: Message?) {
    let button = Self.button(action)
    frame.put(text, in: rect.splitLeft(max(0, rect.columns - button.count - 1)).left, style: .bold)
    guard let message, !button.isEmpty else { return }
    let place = Rect(
      column: max(rect.column, rect.endColumn - button.count), row: rect.row, columns: button.count, rows: 1)
    frame.put(button, in: place, style: Style(.accent, .bold))
    frame.clickable(place, message)
  }
}
