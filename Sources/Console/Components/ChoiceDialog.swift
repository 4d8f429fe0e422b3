import Store
import Terminal

/// Some rows of which one is chosen; its outcome is that row's id.
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
    case up, down, first, last, choose
    case filter(FilterLine.Message)
    case press(ID)
  }
  package typealias Outcome = ID

  package let title: String
  private let text: String
  private let rows: [Row]
  private var filter = FilterLine(placeholder: "part of the name")
  private var selection: Int

  /// The text above the rows is one line; empty for none.
  package init(title: String, text: String = "", rows: [Row], selected: ID? = nil) {
    self.title = title
    self.text = text
    self.rows = rows
    selection = rows.firstIndex { $0.id == selected } ?? 0
  }

  package var presentation: Presentation {
    .dialog(Size(columns: 60, rows: min(14, max(1, rows.count)) + 2))
  }

  package var bindings: [KeyBinding<Message>] {
    let filterKeys = filter.bindings.filter { !$0.keys.contains(.enter) }.map {
      $0.map { Message.filter($0) }
    }
    return [
      KeyBinding(.enter, hint: "choose", message: .choose),
      KeyBinding(.down, "j", .tab, hint: "down", isHinted: false, message: .down),
      KeyBinding(.up, "k", .backTab, hint: "up", isHinted: false, message: .up),
      KeyBinding(.home, "g", hint: "first", isHinted: false, message: .first),
      KeyBinding(.end, "G", hint: "last", isHinted: false, message: .last),
    ] + filterKeys
  }

  package func typed(_ input: TextInput) -> Message? { filter.typed(input).map { .filter($0) } }

  private var shown: [Row] {
    guard let search = SearchText(filter.text) else { return rows }
    return rows.filter { search.matches($0.title) }
  }

  package mutating func update(_ message: Message) -> Effect<Self> {
    let shown = shown
    switch message {
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(selection + 1, shown.count - 1))
    case .first: selection = 0
    case .last: selection = max(0, shown.count - 1)
    case .filter(let message): if filter.update(message) { selection = 0 }
    case .press(let id): return .close(with: id)
    case .choose: return shown.indices.contains(selection) ? .close(with: shown[selection].id) : .none
    }
    return .none
  }

  package func draw(on frame: inout Frame<Message>) {
    let (line, rest) = frame.bounds.splitTop(1)
    if filter.isShown {
      frame.child(line, { .filter($0) }) { filter.draw(in: line, on: &$0) }
    } else {
      frame.put(text, in: line)
    }
    let list = rest.splitTop(1).rest
    let first = max(0, selection - list.rows + 1)
    for (offset, row) in shown.dropFirst(first).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      let used = frame.put(fit(row.title, columns: area.columns - 2), in: area.inset(columns: 1))
      frame.put(row.detail, in: area.splitLeft(used + 3).rest, style: .muted)
      frame.clickable(area, .press(row.id))
      if first + offset == selection { frame.restyle(area) { $0.with(.reverse) } }
    }
  }
}
