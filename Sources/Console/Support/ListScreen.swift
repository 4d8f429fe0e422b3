import Terminal

/// The messages of a page with a list: those for its list.
protocol ListMessage: Sendable {
  associatedtype Row: ListRow
  static func rows(_ message: LoadedList<Row>.Message) -> Self
}

extension LoadedList.Message: ListMessage {
  static func rows(_ message: Self) -> Self { message }
}

/// A page that consists of one list: its columns, its source of rows, and its actions. Everything else is
/// provided here.
///
/// A page whose messages are all for its list needs no `update` either.
protocol ListScreen: Screen where Message: ListMessage, Message.Row == Row {
  associatedtype Row: ListRow
  var rows: LoadedList<Row> { get set }
  /// The page's own keys. A click on a link, a title or the line of an empty list presses one of them.
  var actions: [KeyBinding<Message>] { get }
  /// The lines above the list.
  var heading: [ListCell] { get }
  /// The greatest number of lines above the list. The list always begins below this number, so that it
  /// doesn't move.
  var headingRows: Int { get }
  /// The words of a button at the upper right that presses `a`; nil for none.
  var button: String? { get }
  /// The terminal cells to the left of the heading and of the details.
  var inset: Int { get }
  /// The lines about the selected row, below the list.
  func details(rows: Int) -> [String]
  /// The number of the screen's rows for these lines.
  func detailRows(in bounds: Rect) -> Int
}

extension ListScreen {
  var heading: [ListCell] { [] }
  var headingRows: Int { heading.count }
  var button: String? { nil }
  var inset: Int { 0 }
  func details(rows: Int) -> [String] { [] }
  func detailRows(in bounds: Rect) -> Int { 0 }

  var bindings: [KeyBinding<Message>] { (rows.list.isTyping ? [] : actions) + listBindings }
  /// The keys of the list, which follow the page's own.
  var listBindings: [KeyBinding<Message>] {
    (rows.list.isTyping ? [] : choosingColumns) + rows.list.bindings.map { $0.map { .rows(.list($0)) } }
  }

  /// The key for the columns of the list, which the person's settings keep.
  private var choosingColumns: [KeyBinding<Message>] {
    let list = rows.list
    guard presentation == .full, list.allColumns.count > 1 else { return [] }
    return [
      KeyBinding(
        "C", hint: "columns", help: "choose the columns, and their order", group: "List", isHinted: false
      ) {
        let name = list.allColumns.naming().map { ColumnChoice($0.id, $0.title) }
        let all = list.allColumns.map { ColumnChoice($0.id, $0.title) }
        return .chooseColumns(all.filter { $0 != name }, after: name, shown: list.arrangement)
      }
    ]
  }

  mutating func arrange(_ config: ConsoleConfig, on page: String?) {
    rows.list.arrangement = page.flatMap { config.columns[$0] }
  }

  func typed(_ input: TextInput) -> Message? { rows.list.typed(input).map { .rows(.list($0)) } }

  mutating func layout(in bounds: Rect) -> Effect<Message> { layoutList(in: bounds) }

  mutating func layoutList(in bounds: Rect) -> Effect<Message> {
    rows.list.reservedColumns = headingRows == 0 ? Heading.columns(button) : 0
    return rows.layout(in: areas(of: bounds).list).map { .rows($0) }
  }

  mutating func appear() -> Effect<Message> { reload() }
  mutating func reappear() -> Effect<Message> { reload() }

  /// Reads the rows, for the first time or again.
  mutating func reload() -> Effect<Message> { rows.reload().map { .rows($0) } }

  /// Passes a message to the list, and does what a click in the list means.
  mutating func follow(_ message: LoadedList<Row>.Message) -> Effect<Message> {
    let (pressed, effect) = rows.update(message)
    return .batch(effect.map { .rows($0) }, pressed.map { press($0) } ?? .none)
  }

  /// Does what one of the page's own keys does.
  func press(_ key: Key) -> Effect<Message> { actions.meant(by: key) { $0 }?.pressed ?? .none }

  /// A binding for an action on the selected row, which the action receives.
  /// - Parameter obstacle: the reason why it can't be done now, whatever row is selected.
  func onRow(
    _ keys: Key..., hint: String, help: String? = nil, group: String = "This page", isHinted: Bool = true,
    unless obstacle: String? = nil, does effect: @escaping @Sendable (Row) -> Effect<Message>
  ) -> KeyBinding<Message> {
    let row = rows.selected
    var binding = KeyBinding<Message>(
      hint: hint, help: help, group: group, isHinted: isHinted,
      unless: obstacle ?? (row == nil ? "no row is selected" : nil)
    ) { row.map(effect) ?? .none }
    binding.keys = keys
    return binding
  }

  /// What adds a row; in an empty list by Enter, too, since its line says so.
  func adding(
    _ key: Key = "a", hint: String = "add", help: String, unless obstacle: String? = nil,
    does effect: @escaping @Sendable () -> Effect<Message>
  ) -> KeyBinding<Message> {
    var binding = KeyBinding(key, hint: hint, help: help, unless: obstacle, does: effect)
    if rows.list.isEmpty { binding.keys.append(.enter) }
    return binding
  }

  // MARK: - Drawing

  private func areas(of bounds: Rect) -> (heading: Rect, list: Rect, details: Rect) {
    let (heading, rest) = bounds.splitTop(headingRows)
    let (list, details) = rest.splitBottom(detailRows(in: bounds))
    return (heading.inset(columns: inset), list, details.inset(columns: inset))
  }

  func draw(on frame: inout Frame<Message>) { drawList(on: &frame) }

  func drawList(on frame: inout Frame<Message>) {
    let areas = areas(of: frame.bounds)
    frame.putLines(heading, in: areas.heading)
    frame.child(areas.list, { .rows($0) }) { rows.draw(on: &$0) }
    if areas.details.rows > 0 { drawDetails(in: areas.details, on: &frame) }
    guard button != nil else { return }
    Heading(text: "", action: button).draw(
      in: frame.bounds.splitTop(1).top, on: &frame, .rows(.list(.press("a"))))
  }

  private func drawDetails(in rect: Rect, on frame: inout Frame<Message>) {
    let lines = details(rows: rect.rows).flatMap { $0.isEmpty ? [$0] : wrap($0, columns: rect.columns) }
    frame.putLines(lines.prefix(rect.rows).map { ListCell($0, .muted) }, in: rect)
  }
}

extension ListScreen where Message == LoadedList<Row>.Message {
  mutating func update(_ message: Message) -> Effect<Message> { follow(message) }
}

extension Frame {
  /// Draws lines, each in a row of a rectangle. A line that doesn't fit ends in `…`.
  mutating func putLines(_ lines: [ListCell], in rect: Rect) {
    for (offset, line) in lines.prefix(rect.rows).enumerated() {
      let row = Rect(column: rect.column, row: rect.row + offset, columns: rect.columns, rows: 1)
      put(line.text, in: row, style: line.style)
    }
  }
}
