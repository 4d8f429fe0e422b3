import Store
import Terminal

/// Rows in memory, filtered by what is typed; one of them is marked.
package struct FilteredRows<ID: Hashable & Sendable>: Sendable {
  typealias Row = ChoiceDialog<ID>.Row

  package enum Message: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last
    /// Goes to the next row that begins with the letter.
    case letter(Character)
    case filter(FilterLine.Message)
  }

  let rows: [Row]
  private(set) var filter: FilterLine
  private var selection: Int
  static var pageRows: Int { 14 }

  init(_ rows: [Row], selected: ID? = nil, filter: String = "") {
    self.rows = rows
    self.filter = FilterLine(placeholder: "type part of a name", isOpen: true, text: filter)
    selection = rows.firstIndex { $0.id == selected } ?? 0
  }

  /// The rows that match the filter.
  var shown: [Row] {
    guard let search = SearchText(filter.text) else { return rows }
    return rows.filter { search.matches($0.title) }
  }

  /// The marked row; nil where no row matches the filter.
  var selected: Row? {
    let shown = shown
    return shown.indices.contains(selection) ? shown[selection] : nil
  }

  mutating func update(_ message: Message) {
    let last = max(0, shown.count - 1)
    switch message {
    case .up: selection = max(0, selection - 1)
    case .down: selection = min(selection + 1, last)
    case .first: selection = 0
    case .last: selection = last
    case .pageUp: selection = max(0, selection - Self.pageRows)
    case .pageDown: selection = min(selection + Self.pageRows, last)
    case .letter(let letter): selection = next(letter)
    case .filter(let message): if filter.update(message) { selection = 0 }
    }
  }

  private func next(_ letter: Character) -> Int {
    let places = shown.indices.filter { Self.letter(of: shown[$0]) == letter }
    return places.first { $0 > selection } ?? places.first ?? selection
  }

  private static func letter(of row: Row) -> Character? { row.title.lowercased().first }

  /// The message for what was typed. Home and End move among the rows, because a filter is short. A `/`,
  /// which elsewhere opens a filter, is ignored, because the filter is open already.
  func typed(_ input: TextInput) -> Message? {
    guard ![.key(.home), .key(.end)].contains(input), !(input == .key("/") && filter.text.isEmpty) else {
      return nil
    }
    return filter.typed(input).map { .filter($0) }
  }

  /// The keys that move even while a person types; none of them is a letter.
  var bindings: [KeyBinding<Message>] {
    [
      moving(.down, .control("n"), hint: "down", .down), moving(.up, .control("p"), hint: "up", .up),
      moving(.pageDown, hint: "page down", .pageDown), moving(.pageUp, hint: "page up", .pageUp),
      moving(.home, hint: "first", .first), moving(.end, hint: "last", .last),
    ]
  }

  /// The letters that move where nothing is typed.
  var letters: [KeyBinding<Message>] {
    let moves = [
      moving("j", hint: "down", .down), moving("k", hint: "up", .up), moving("g", hint: "first", .first),
      moving("G", hint: "last", .last), moving(.control("f"), hint: "page down", .pageDown),
      moving(.control("b"), hint: "page up", .pageUp),
    ]
    let taken = Set(moves.flatMap(\.keys))
    let first = Set(rows.compactMap(Self.letter)).subtracting(["q", ":", "?"])
    return moves
      + first.sorted().filter { !taken.contains(.character($0)) }.map {
        moving(.character($0), hint: "to \($0)", .letter($0))
      }
  }

  /// The keys of the filter. With an empty filter Esc leaves the dialog.
  var filtering: [KeyBinding<Message>] {
    guard !filter.text.isEmpty else {
      return [KeyBinding("/", hint: "filter", group: "List", isHinted: false, message: .filter(.open))]
    }
    return [KeyBinding(.escape, hint: "clear", help: "clear the filter", message: .filter(.empty))]
  }

  private func moving(_ keys: Key..., hint: String, _ message: Message) -> KeyBinding<Message> {
    var binding = KeyBinding(hint: hint, group: "List", isHinted: false, message: message)
    binding.keys = keys
    return binding
  }

  func drawFilter(in line: Rect, on frame: inout Frame<Message>) {
    frame.child(line, { .filter($0) }) { filter.draw(in: line, on: &$0) }
  }

  /// - Parameters:
  ///   - mark: the text before a row.
  ///   - press: the message for a click on a row.
  ///   - wheel: the message for a turn of the mouse's wheel.
  func draw<M: Sendable>(
    in list: Rect, on frame: inout Frame<M>, mark: (ID) -> String = { _ in "" }, press: (ID) -> M,
    wheel: (Message) -> M
  ) {
    let shown = shown
    frame.wheel(list, up: wheel(.up), down: wheel(.down))
    if shown.isEmpty { frame.put("Nothing fits", in: list, style: .muted) }
    let first = max(0, selection - list.rows + 1)
    for (offset, row) in shown.dropFirst(first).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      let title = fit(mark(row.id) + row.title, columns: area.columns - 2)
      let used = frame.put(title, in: area.inset(columns: 1), style: row.isMuted ? .muted : .plain)
      frame.put(row.detail, in: area.splitLeft(used + 3).rest, style: .muted)
      frame.clickable(area, press(row.id))
      guard first + offset == selection else { continue }
      // A muted part that is reversed would stand in the bar as a box of another colour.
      frame.restyle(area) { Style(.plain, $0.attributes) }
      frame.select(area)
    }
  }
}
