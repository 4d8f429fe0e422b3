import Access
import Terminal

/// A column that a person may show or hide.
struct ColumnChoice: Hashable, Sendable {
  let id: String
  let title: String

  init(_ id: String, _ title: String) {
    self.id = id
    // A column of links has no title.
    self.title = title.isEmpty ? id.uppercasingFirst : title
  }
}

/// A dialog to show, hide and order the columns of a list. The column by which people know the rows always stays, as
/// the first one.
struct ColumnsDialog: Screen {
  enum Message: Hashable, Sendable { case up, down, toggle, earlier, later, usual, accept, press(Int) }
  enum Outcome: Hashable, Sendable {
    /// All columns of the list, in its own order.
    case usual
    case these([String])

    var ids: [String]? { if case .these(let ids) = self { ids } else { nil } }
  }

  let title = "Columns"
  private let name: ColumnChoice?
  private let all: [ColumnChoice]
  private var rows: [ColumnChoice]
  private var shown: Set<String>
  private var selection = 0

  /// - Parameters:
  ///   - columns: the columns that can be hidden, in their usual order.
  ///   - name: the column that always stays.
  ///   - shown: the ids of the columns that are shown, in their order; nil for all.
  init(_ columns: [ColumnChoice], after name: ColumnChoice?, shown: [String]?) {
    self.name = name
    all = columns
    let chosen = (shown ?? columns.map(\.id)).compactMap { id in columns.first { $0.id == id } }
    rows = chosen + all.filter { !chosen.contains($0) }
    self.shown = Set(chosen.map(\.id))
  }

  var presentation: Presentation { .dialog(Size(columns: 44, rows: all.count + 3)) }

  var bindings: [KeyBinding<Message>] {
    [
      KeyBinding(" ", hint: "show", help: "show or hide the column", message: .toggle),
      KeyBinding("<", hint: "earlier", help: "move the column to the left", message: .earlier),
      KeyBinding(">", hint: "later", help: "move the column to the right", message: .later),
      KeyBinding("r", hint: "usual", help: "restore the usual columns", message: .usual),
      KeyBinding(.enter, hint: "keep", help: "keep these columns", message: .accept),
      KeyBinding(.down, "j", .tab, hint: "down", isHinted: false, message: .down),
      KeyBinding(.up, "k", .backTab, hint: "up", isHinted: false, message: .up),
    ]
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(rows.count - 1, selection + 1))
    case .toggle: toggle(selection)
    case .press(let index):
      selection = index
      toggle(index)
    case .earlier: move(by: -1)
    case .later: move(by: 1)
    case .usual: return close(with: .usual)
    case .accept: return close(with: outcome)
    }
    return .none
  }

  private var outcome: Outcome {
    let ids = rows.map(\.id).filter(shown.contains)
    return ids == all.map(\.id) ? .usual : .these(ids)
  }

  private mutating func toggle(_ index: Int) {
    if rows.indices.contains(index) { shown.formSymmetricDifference([rows[index].id]) }
  }

  private mutating func move(by distance: Int) {
    let other = selection + distance
    guard rows.indices.contains(selection), rows.indices.contains(other) else { return }
    rows.swapAt(selection, other)
    selection = other
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(1)
    frame.put("\(name?.title ?? "The first column") always stays, in front", in: heading, style: .muted)
    let list = rest.splitTop(1).rest
    frame.wheel(list, up: .up, down: .down)
    let top = max(0, selection - list.rows + 1)
    for (offset, row) in rows.dropFirst(top).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      frame.put((shown.contains(row.id) ? "[x] " : "[ ] ") + row.title, in: area)
      if top + offset == selection { frame.select(area) }
      frame.clickable(area, .press(top + offset))
    }
  }
}
