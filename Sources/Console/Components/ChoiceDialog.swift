import Store
import Terminal

/// Some rows of which one is chosen; its outcome is that row's id. What is typed filters the rows.
package struct ChoiceDialog<ID: Hashable & Sendable>: Screen {
  package struct Row: Hashable, Sendable {
    package let id: ID
    package let title: String
    package let detail: String

    package init(_ id: ID, _ title: String, detail: String = "") {
      self.id = id
      self.title = title
      self.detail = detail
    }
  }

  package enum Message: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last, choose
    case filter(FilterLine.Message)
    case press(ID)
  }
  package typealias Outcome = ID

  package let title: String
  private let text: String
  private let rows: [Row]
  private var filter = FilterLine(placeholder: "type part of a name", isOpen: true)
  private var selection: Int

  /// The text above the rows is one line; empty for none.
  package init(title: String, text: String = "", rows: [Row], selected: ID? = nil) {
    self.title = title
    self.text = text
    self.rows = rows
    selection = rows.firstIndex { $0.id == selected } ?? 0
  }

  package var presentation: Presentation {
    .dialog(Size(columns: 60, rows: min(Self.pageRows, max(1, rows.count)) + 2))
  }

  package var bindings: [KeyBinding<Message>] {
    let keys = [
      KeyBinding<Message>(.enter, hint: "choose", message: .choose),
      KeyBinding(.down, .tab, .control("n"), hint: "down", isHinted: false, message: .down),
      KeyBinding(.up, .backTab, .control("p"), hint: "up", isHinted: false, message: .up),
      KeyBinding(.pageDown, hint: "page down", isHinted: false, message: .pageDown),
      KeyBinding(.pageUp, hint: "page up", isHinted: false, message: .pageUp),
      KeyBinding(.home, hint: "first", isHinted: false, message: .first),
      KeyBinding(.end, hint: "last", isHinted: false, message: .last),
    ]
    // Without a filter Esc leaves the dialog.
    guard !filter.text.isEmpty else { return keys }
    return keys + [
      KeyBinding(.escape, hint: "clear", help: "clear the filter", message: .filter(.empty))
    ]
  }

  /// Home and End are about the rows: a filter is short.
  package func typed(_ input: TextInput) -> Message? {
    guard ![.key(.home), .key(.end)].contains(input) else { return nil }
    return filter.typed(input).map { .filter($0) }
  }

  private static var pageRows: Int { 14 }

  private var shown: [Row] {
    guard let search = SearchText(filter.text) else { return rows }
    return rows.filter { search.matches($0.title) }
  }

  package mutating func update(_ message: Message) -> Effect<Message> {
    let shown = shown
    switch message {
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(selection + 1, shown.count - 1))
    case .first: selection = 0
    case .last: selection = max(0, shown.count - 1)
    case .pageUp: selection = max(0, selection - Self.pageRows)
    case .pageDown: selection = max(0, min(selection + Self.pageRows, shown.count - 1))
    case .filter(let message): if filter.update(message) { selection = 0 }
    case .press(let id): return close(with: id)
    case .choose: return shown.indices.contains(selection) ? close(with: shown[selection].id) : .none
    }
    return .none
  }

  package func draw(on frame: inout Frame<Message>) {
    let (line, rest) = frame.bounds.splitTop(1)
    if filter.text.isEmpty, !text.isEmpty {
      frame.put(text, in: line)
    } else {
      frame.child(line, { .filter($0) }) { filter.draw(in: line, on: &$0) }
    }
    let list = rest.splitTop(1).rest
    if shown.isEmpty { frame.put("Nothing fits", in: list, style: .muted) }
    let first = max(0, selection - list.rows + 1)
    for (offset, row) in shown.dropFirst(first).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      let used = frame.put(fit(row.title, columns: area.columns - 2), in: area.inset(columns: 1))
      frame.put(row.detail, in: area.splitLeft(used + 3).rest, style: .muted)
      frame.clickable(area, .press(row.id))
      if first + offset == selection { frame.select(area) }
    }
  }
}
