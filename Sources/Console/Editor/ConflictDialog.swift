import Terminal

/// What the person wants to do after somebody else changed the same thing.
enum ConflictAnswer: Hashable, Sendable { case saveMine, takeTheirs, back }

/// A part that two people edited, as it is in the store now and as this person wants it.
struct ConflictRow: Hashable, Sendable {
  let part: String
  let theirs: String
  let mine: String

  var isAlike: Bool { theirs == mine }
}

/// Shows both versions side by side, and asks which one is to stay.
struct ConflictDialog: Screen {
  enum Message: Hashable, Sendable {
    case form(Form<ConflictAnswer>.Message)
    case scroll(Int)
    case cancel
  }
  typealias Outcome = ConflictAnswer

  /// The rows, with those that differ first.
  private let rows: [ConflictRow]
  private var form: Form<ConflictAnswer>
  private var top = 0
  private var size = Size(columns: Self.widest, rows: 14)
  private static let widest = 72
  /// The number of lines above the rows: the text and the titles of the columns.
  private static let headingRows = 3
  private static let mostRows = 10

  init(_ rows: [ConflictRow]) {
    self.rows = rows.filter { !$0.isAlike } + rows.filter(\.isAlike)
    form = Form(
      [
        .gap,
        .buttons([
          Button(.back, "Go back"), Button(.takeTheirs, "Take theirs"), Button(.saveMine, "Save mine"),
        ]),
      ], focus: .back)
  }

  var title: String { "Changed meanwhile" }
  /// The dialog opens when a save ends, and not when a key is pressed, so a key may be meant for the page.
  var waitsForQuiet: Bool { true }
  var presentation: Presentation {
    .dialog(
      Size(columns: Self.widest, rows: Self.headingRows + min(rows.count, Self.mostRows) + formRows))
  }

  private var formRows: Int { form.rowCount(columns: size.columns) }
  private var visibleRows: Int { max(1, size.rows - Self.headingRows - formRows) }

  var bindings: [KeyBinding<Message>] {
    let isLong = rows.count > visibleRows
    return form.bindings.map { $0.map { .form($0) } } + [
      KeyBinding(.pageDown, hint: "more", isHinted: isLong, message: .scroll(visibleRows)),
      KeyBinding(.pageUp, hint: "page up", isHinted: false, message: .scroll(-visibleRows)),
      KeyBinding(.escape, hint: "go back", message: .cancel),
    ]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = bounds.size
    scroll(by: 0)
    return .none
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return close(with: .back)
    case .scroll(let count): scroll(by: count)
    case .form(let message):
      if case .pressed(let answer) = form.update(message) { return close(with: answer) }
    }
    return .none
  }

  private mutating func scroll(by count: Int) { top = max(0, min(top + count, rows.count - visibleRows)) }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(Self.headingRows)
    let (table, below) = rest.splitTop(max(1, rest.rows - formRows))
    frame.put("Somebody changed the same while you edited it. Nothing was saved.", in: heading)
    let titles = heading.splitTop(2).rest
    draw(["", "Saved now", "Yours"], in: titles, Style(.muted, .bold), on: &frame)
    for (offset, row) in rows.dropFirst(top).prefix(table.rows).enumerated() {
      let line = Rect(column: table.column, row: table.row + offset, columns: table.columns, rows: 1)
      // A sign shows the difference, too, for people who can't tell the colours apart.
      let mark = row.isAlike ? "  " : "≠ "
      draw([mark + row.part, row.theirs, row.mine], in: line, row.isAlike ? .muted : .bold, on: &frame)
    }
    if rows.count > top + table.rows { frame.put("… PgDn shows more", in: below, style: .muted) }
    frame.wheel(table, up: .scroll(-3), down: .scroll(3))
    frame.child(below, { .form($0) }) { form.draw(in: $0.bounds, on: &$0) }
  }

  private func draw(_ cells: [String], in line: Rect, _ style: Style, on frame: inout Frame<Message>) {
    let widest = max(8, rows.map { cellWidth(of: $0.part) + 2 }.max() ?? 0)
    let first = min(widest, line.columns * 2 / 5)
    let half = (line.columns - first - 4) / 2
    var column = line.column
    for (cell, columns) in zip(cells, [first, half, half]) {
      frame.put(fit(cell, columns: columns), column: column, row: line.row, style: style, columns: columns)
      column += columns + 2
    }
  }
}
