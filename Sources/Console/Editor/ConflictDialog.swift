import Terminal

/// Shows both versions side by side, and merges them. Where both people changed the same part, the person says
/// whose change stays. The outcome is that side; there is none where the person goes back.
struct ConflictDialog: Screen {
  enum Answer: Hashable, Sendable { case back, merge(ConflictSide) }
  enum Message: Hashable, Sendable {
    case form(Form<Answer>.Message)
    case scroll(Int)
    case cancel
  }
  typealias Outcome = ConflictSide

  let title: String
  /// The rows: first those that are asked about, then the others that differ.
  private let rows: [ConflictRow]
  private var form: Form<Answer>
  private var top = 0
  private var size = Size(columns: Self.widest, rows: 15)
  private static let widest = 72
  /// The number of lines above the rows: the text and the titles of the columns.
  private static let headingRows = 4
  private static let mostRows = 10

  init(_ page: String, _ rows: [ConflictRow]) {
    title = "Changed meanwhile: \(page)"
    let asked = rows.filter { $0.merged == .asks }
    self.rows =
      asked + rows.filter { $0.merged != .asks && $0.merged != .alike } + rows.filter { $0.merged == .alike }
    let answers: [Button<Answer>] =
      asked.isEmpty
      ? [Button(.merge(.mine), "Merge")]
      : [Button(.merge(.theirs), "Merge, theirs at ≠"), Button(.merge(.mine), "Merge, mine at ≠")]
    form = Form([.gap, .buttons([Button(.back, "Go back")] + answers)], focus: .back)
  }

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
    case .cancel: return .close
    case .scroll(let count): scroll(by: count)
    case .form(let message):
      guard case .pressed(let answer) = form.update(message) else { return .none }
      if case .merge(let side) = answer { return close(with: side) }
      return .close
    }
    return .none
  }

  private mutating func scroll(by count: Int) { top = max(0, min(top + count, rows.count - visibleRows)) }

  private var explanation: String {
    rows.first?.merged == .asks
      ? "At ≠ you both changed it. Everywhere else ✓ marks what is taken."
      : "You changed different parts. ✓ marks what is taken of each."
  }

  func draw(on frame: inout Frame<Message>) {
    let (heading, rest) = frame.bounds.splitTop(Self.headingRows)
    let (table, below) = rest.splitTop(max(1, rest.rows - formRows))
    frame.put("Somebody saved this page while you edited it. Yours is not saved.", in: heading)
    frame.put(explanation, in: heading.splitTop(1).rest)
    let titles = heading.splitTop(3).rest
    draw(["", "  Saved now", "  Yours"], in: titles, Style(.muted, .bold), on: &frame)
    for (offset, row) in rows.dropFirst(top).prefix(table.rows).enumerated() {
      let line = Rect(column: table.column, row: table.row + offset, columns: table.columns, rows: 1)
      draw(row.cells, in: line, row.merged == .alike ? .muted : .bold, on: &frame)
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

extension ConflictRow {
  /// The row with signs, for people who can't tell styles apart.
  fileprivate var cells: [String] {
    let mark = { (side: ConflictSide) in merged == .takes(side) ? "✓ " : "  " }
    return [(merged == .asks ? "≠ " : "  ") + part, mark(.theirs) + theirs, mark(.mine) + mine]
  }
}
