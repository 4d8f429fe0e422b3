private import Terminal

extension PaletteScreen {
  package func draw(on frame: inout Frame<Message>) {
    let (line, rest) = frame.bounds.splitTop(1)
    let used = frame.put(": ", in: line, style: Style(.accent, .bold))
    let value = line.splitLeft(used).rest
    frame.child(value, { .typed($0) }) { field.drawValue(in: value, on: &$0, isFocused: true) }
    let (state, list) = rest.splitTop(1)
    frame.wheel(list, up: .up, down: .down)
    if field.isMasked {
      frame.put("A Token ID: Enter shows whose token it is", in: list)
      return
    }
    drawState(in: state, on: &frame)
    let first = max(0, selection - rows + 1)
    for (offset, hit) in hits.dropFirst(first).prefix(list.rows).enumerated() {
      let area = Rect(column: list.column, row: list.row + offset, columns: list.columns, rows: 1)
      draw(hit, in: area, on: &frame, isSelected: first + offset == selection)
    }
  }

  /// Says what the list does not: that things could not be read, that there are more, or that nothing fits.
  private func drawState(in line: Rect, on frame: inout Frame<Message>) {
    let line = line.inset(columns: 1)
    if let problem {
      frame.put("pages and actions only: " + problem.line, in: line, style: Style(.danger))
    } else if hits.isEmpty {
      frame.put(isAsking ? "Looking…" : "Nothing fits", in: line, style: .muted)
    } else if isCut {
      frame.put("The best of each kind; more letters find others", in: line, style: .muted)
    }
  }

  private func draw(
    _ hit: PaletteSearch.Hit, in area: Rect, on frame: inout Frame<Message>, isSelected: Bool
  ) {
    let entry = hit.entry
    let keys = area.splitLeft(area.columns - cellWidth(of: entry.keys) - 1).rest
    let titles = area.splitLeft(area.columns - (entry.keys.isEmpty ? 1 : 12)).left.inset(columns: 1)
    let detailColumns = min(cellWidth(of: entry.detail), max(12, titles.columns - 40))
    let room = max(8, titles.columns - detailColumns - 3)
    let used = draw(entry.title, hit.inTitle, .plain, in: titles.splitLeft(room).left, on: &frame)
    let details = titles.splitLeft(max(used + 3, min(40, room + 3))).rest
    draw(entry.detail, hit.inDetail, .muted, in: details, on: &frame)
    frame.put(entry.keys, in: keys, style: Style(.accent))
    frame.clickable(area, .press(entry))
    if isSelected { frame.select(area) }
  }

  /// Draws a text with its matched characters marked, and returns the number of cells that were used.
  @discardableResult private func draw(
    _ text: String, _ matched: [Int], _ style: Style, in rect: Rect, on frame: inout Frame<Message>
  ) -> Int {
    let used = frame.put(text, in: rect, style: style)
    let characters = Array(text)
    // The last cell of a cut text has the "…", which stands for no character.
    let end = cellWidth(of: text) > rect.columns ? used - 1 : used
    for number in matched where characters.indices.contains(number) {
      let start = cellWidth(of: String(characters[..<number]))
      let width = cellWidth(of: String(characters[number]))
      guard start + width <= end else { continue }
      let cells = Rect(column: rect.column + start, row: rect.row, columns: width, rows: 1)
      frame.restyle(cells) { Style(.accent, $0.attributes.union([.bold, .underline])) }
    }
    return used
  }
}
