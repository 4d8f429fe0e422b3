import Terminal

/// A dialog of rows, one of which is chosen; its outcome is that row's id.
///
/// Typing filters rows that are names of things. Rows that are a fixed menu are not filtered, and letters
/// move among them.
package struct ChoiceDialog<ID: Hashable & Sendable>: Screen {
  package struct Row: Hashable, Sendable {
    package let id: ID
    package let title: String
    package let detail: String
    /// Whether the row can be chosen, but is probably not what the person wants; the detail says why.
    package let isMuted: Bool

    package init(_ id: ID, _ title: String, detail: String = "", isMuted: Bool = false) {
      self.id = id
      self.title = title
      self.detail = detail
      self.isMuted = isMuted
    }
  }

  package enum Message: Hashable, Sendable {
    case choose
    case rows(FilteredRows<ID>.Message)
    case press(ID)
  }
  package typealias Outcome = ID

  package let title: String
  private let text: String
  private let isMenu: Bool
  private var rows: FilteredRows<ID>

  /// - Parameters:
  ///   - text: the line above the rows; empty for none.
  ///   - isMenu: whether the rows are a fixed menu, which is not filtered.
  package init(title: String, text: String = "", isMenu: Bool = false, rows: [Row], selected: ID? = nil) {
    self.title = title
    self.text = text
    self.isMenu = isMenu
    self.rows = FilteredRows(rows, selected: selected)
  }

  package var presentation: Presentation {
    .dialog(Size(columns: 60, rows: min(FilteredRows<ID>.pageRows, max(1, rows.rows.count)) + 2))
  }

  package var bindings: [KeyBinding<Message>] {
    let tabs = [
      KeyBinding<Message>(.tab, hint: "down", group: "List", isHinted: false, message: .rows(.down)),
      KeyBinding(.backTab, hint: "up", group: "List", isHinted: false, message: .rows(.up)),
    ]
    let moving = rows.bindings + (isMenu ? rows.letters : []) + (isMenu ? [] : rows.filtering)
    return [KeyBinding(.enter, hint: "choose", message: .choose)] + tabs + moving.map { $0.map { .rows($0) } }
  }

  package func typed(_ input: TextInput) -> Message? {
    isMenu ? nil : rows.typed(input).map { .rows($0) }
  }

  package mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): rows.update(message)
    case .press(let id): return close(with: id)
    case .choose: return rows.selected.map { close(with: $0.id) } ?? .none
    }
    return .none
  }

  package func draw(on frame: inout Frame<Message>) {
    let (line, rest) = frame.bounds.splitTop(1)
    drawHeading(in: line, on: &frame)
    rows.draw(in: rest.splitTop(1).rest, on: &frame, press: { .press($0) }, wheel: { .rows($0) })
  }

  /// Draws the text, and until something is typed the hint that letters filter.
  private func drawHeading(in line: Rect, on frame: inout Frame<Message>) {
    if isMenu {
      frame.put(text, in: line)
    } else if rows.filter.text.isEmpty {
      let used = text.isEmpty ? 0 : frame.put(text + " ", in: line)
      frame.put("Type part of a name to filter", in: line.splitLeft(used).rest, style: .muted)
    } else {
      frame.child(line, { .rows($0) }) { rows.drawFilter(in: line, on: &$0) }
    }
  }
}
