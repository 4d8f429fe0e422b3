internal import Access
package import Terminal

/// The keys and the drawing of a list.
extension WindowedList {
  package var bindings: [KeyBinding<Message>] {
    guard !isTyping else { return filter.bindings.map { $0.map { .filter($0) } } + arrows }
    return (isFilterable && !isEmpty ? filter.bindings.map { $0.map { .filter($0) } } : []) + arrows + letters
  }

  private func key(_ keys: [Key], _ help: String, _ message: Message) -> KeyBinding<Message> {
    var binding = KeyBinding(hint: help, group: "List", isHinted: false, message: message)
    binding.keys = keys
    return binding
  }

  /// The keys that move even while a person types in the filter.
  var arrows: [KeyBinding<Message>] {
    [
      key([.down, .control("n")], "down", .down), key([.up, .control("p")], "up", .up),
      key([.pageDown], "page down", .pageDown), key([.pageUp], "page up", .pageUp),
    ]
  }

  private var letters: [KeyBinding<Message>] {
    [
      key(["j"], "down", .down), key(["k"], "up", .up),
      key([.control("f")], "page down", .pageDown), key([.control("b")], "page up", .pageUp),
      key([.control("d")], "half a page down", .halfPageDown),
      key([.control("u")], "half a page up", .halfPageUp),
      key([.home, "g"], "first", .first), key([.end, "G"], "last", .last),
    ]
  }

  /// The message for what was typed, for ``Screen/typed(_:)``.
  package func typed(_ input: TextInput) -> Message? { filter.typed(input).map { .filter($0) } }

  /// The number of header rows: the line with the filter and the range, and the titles.
  var headerRows: Int { 2 }

  /// The visible rows and their total number: `12–31 of 1,000,000`.
  package var range: String {
    guard isLoaded, !rows.isEmpty else { return "" }
    let all = total.map { "of " + $0.grouped }
    guard let offset else { return all ?? "" }
    let last = min(rows.count, top + height)
    if total == rows.count, top == 0, last == rows.count { return rows.count.grouped }
    return ["\((offset + top + 1).grouped)–\((offset + last).grouped)", all].compactMap { $0 }
      .joined(separator: " ")
  }

  package func draw(in rect: Rect, on frame: inout Frame<Message>, isFocused: Bool = true) {
    let (line, rest) = rect.splitTop(1)
    let (titles, body) = rest.splitTop(1)
    let columns = columns
    let layout = layout(columns: rect.columns, columns)
    drawTopLine(layout, in: line, on: &frame)
    frame.wheel(body, up: .scroll(-3), down: .scroll(3))
    if rows.isEmpty {
      if isLoaded { drawEmpty(in: body, on: &frame, isFocused: isFocused) }
      return
    }
    drawTitles(layout, columns, in: titles, on: &frame)
    // Where the height differs from what the list was told, the selection is visible all the same.
    let first = selection >= top + body.rows ? selection - body.rows + 1 : top
    for index in first..<max(first, min(rows.count, first + body.rows)) {
      let area = Rect(column: body.column, row: body.row + index - first, columns: body.columns, rows: 1)
      drawRow(index, layout, columns, in: area, on: &frame, isFocused: isFocused)
    }
  }

  private func drawTopLine(_ layout: ColumnLayout, in rect: Rect, on frame: inout Frame<Message>) {
    let range = [order(layout), range].filter { !$0.isEmpty }.joined(separator: "  ")
    let (left, right) = rect.splitLeft(rect.columns - reservedColumns - cellWidth(of: range) - 1)
    frame.put(range, in: right, style: .muted)
    guard filter.isShown else { return }
    let line = left.inset(columns: 1)
    frame.child(line, { .filter($0) }) { filter.draw(in: line, on: &$0) }
  }

  /// The order in words, where no visible title shows it: `by last use ▲`.
  private func order(_ layout: ColumnLayout) -> String {
    guard let sorting, !sorting.title.isEmpty, !rows.isEmpty, !layout.shows(sorting.column, of: columns)
    else { return "" }
    return "by \(sorting.title) \(sorting.mark)"
  }

  /// The whole texts of the selected row that its cells cut, each with the title of its column.
  package var cutTexts: [String] {
    guard let row = held else { return [] }
    let columns = columns
    return layout(columns: width, columns).slots.compactMap { slot in
      let text = columns[slot.column].cell(row, columns: slot.columns).text
      guard cellWidth(of: text) > slot.columns else { return nil }
      return slot.column == 0 ? text : "\(columns[slot.column].title.lowercasingFirst) \(text)"
    }
  }

  /// The places of the columns beside the mark of the selection.
  private func layout(columns width: Int, _ columns: [ListColumn<Row>]) -> ColumnLayout {
    ColumnLayout(columns, width: max(0, width - 2))
  }

  private func drawTitles(
    _ layout: ColumnLayout, _ columns: [ListColumn<Row>], in rect: Rect, on frame: inout Frame<Message>
  ) {
    for slot in layout.slots {
      let column = columns[slot.column]
      let area = Rect(column: rect.column + 1 + slot.offset, row: rect.row, columns: slot.columns, rows: 1)
      let mark = sorting.flatMap { $0.column == column.id ? " " + $0.mark : nil } ?? ""
      let title = fit(column.title, columns: area.columns - cellWidth(of: mark)) + mark
      put(title, column.alignment, in: area, style: Style(.muted, .bold), on: &frame)
      if let key = column.titleKey { frame.clickable(area, .press(key)) }
    }
  }

  private func drawRow(
    _ index: Int, _ layout: ColumnLayout, _ columns: [ListColumn<Row>], in area: Rect,
    on frame: inout Frame<Message>, isFocused: Bool
  ) {
    let row = rows[index]
    frame.clickable(area, .select(row.id), doubleClick: .enter)
    for slot in layout.slots {
      let place = Rect(column: area.column + 1 + slot.offset, row: area.row, columns: slot.columns, rows: 1)
      let cell = columns[slot.column].cell(row, columns: place.columns)
      let used = put(cell.text, columns[slot.column].alignment, in: place, style: cell.style, on: &frame)
      if let key = columns[slot.column].link, used > 0 { frame.clickable(place, .link(row.id, key)) }
    }
    if marked.contains(row.id) { markChanged(layout, in: area, on: &frame) }
    if index == selection { markSelected(layout, in: area, on: &frame, isFocused: isFocused) }
  }

  /// Marks changed rows, by a sign as well as by their tone.
  private func markChanged(_ layout: ColumnLayout, in area: Rect, on frame: inout Frame<Message>) {
    frame.put("*", in: area, style: Style(.warning, .bold))
    guard let slot = layout.slots.first else { return }
    let place = Rect(column: area.column + 1 + slot.offset, row: area.row, columns: slot.columns, rows: 1)
    frame.restyle(place) { Style(.warning, $0.attributes.union(.bold)) }
  }

  /// Marks the selected row: the whole row in one style, with the cursor on its first cell. A list without the
  /// keys shows its selection in bold only, so that a person sees where a key goes.
  private func markSelected(
    _ layout: ColumnLayout, in area: Rect, on frame: inout Frame<Message>, isFocused: Bool
  ) {
    frame.put("▸", in: area, style: Style(.accent, .bold))
    guard isFocused else { return frame.restyle(area) { $0.with(.bold) } }
    let name = area.splitLeft(1 + (layout.slots.first?.offset ?? 0)).rest
    frame.select(area, cursor: Point(column: name.column, row: name.row))
  }

  /// Draws a text as far as there is room. Returns the number of cells that were used.
  @discardableResult private func put(
    _ text: String, _ alignment: ListColumn<Row>.Alignment, in area: Rect, style: Style,
    on frame: inout Frame<Message>
  ) -> Int {
    if alignment == .left { return frame.put(text, in: area, style: style) }
    let text = fit(text, columns: area.columns)
    return frame.put(text, in: area.splitLeft(max(0, area.columns - cellWidth(of: text))).rest, style: style)
  }

  private func drawEmpty(in rect: Rect, on frame: inout Frame<Message>, isFocused: Bool) {
    let area = rect.splitTop(1).top
    if let notice = filter.notice {
      let lines = wrap(notice, columns: max(1, rect.columns - 2)).map { ListCell($0, Style(.warning)) }
      frame.putLines(lines, in: rect.inset(columns: 1))
      return
    }
    guard isEmpty else {
      frame.put("Nothing matches “\(filter.shownText)”", in: area.inset(columns: 1), style: .muted)
      return
    }
    let used = frame.put(" \(emptyLine) ", in: area)
    if isFocused { frame.select(area.splitLeft(used).left) }
    frame.clickable(area, .press(.enter))
  }
}
