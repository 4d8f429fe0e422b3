import Access
import Administration
import Terminal

/// The drawing of the access matrix. Only visible cells are asked for.
extension MatrixScreen {
  func draw(on frame: inout Frame<Message>) {
    if let problem { return frame.put(problem, in: frame.bounds) }
    guard let content else { return }
    guard let grid else {
      let lines = heading(content, nil).map { ListCell($0, .bold) }
      let nothing = isComparing ? "Nothing is given to either" : "Nothing is given to it or to its teams"
      return frame.putLines(
        lines + [ListCell(""), ListCell(nothing, .muted)], in: frame.bounds.inset(columns: 1))
    }
    if isList { return drawList(content, grid, on: &frame) }
    let layout = layout(of: grid)
    drawTitle(content, grid, layout.title, on: &frame)
    frame.put(words(content).legend, in: layout.legend, style: .muted)
    drawNames(grid.axes, layout, on: &frame)
    drawRows(grid, layout, on: &frame)
    frame.wheel(layout.body, up: .move(.scroll(-3)), down: .move(.scroll(3)))
    if let pair { frame.putLines(words(content).about(pair, in: grid), in: layout.about) }
  }

  private func words(_ content: MatrixContent) -> MatrixWords {
    MatrixWords(content: content, clock: context.clock)
  }

  private func heading(_ content: MatrixContent, _ connector: String?) -> [String] {
    let disabled = content.first.subject.isEnabled ? "" : ", disabled"
    let who = isComparing ? content.titles.joined(separator: " and ") : content.titles.joined() + disabled
    return [connector.map { "\($0): \(who)" } ?? who.uppercasingFirst]
  }

  private func drawTitle(
    _ content: MatrixContent, _ grid: MatrixGrid, _ rect: Rect, on frame: inout Frame<Message>
  ) {
    let range = isList ? "" : range(grid.axes)
    let (left, right) = rect.splitLeft(rect.columns - cellWidth(of: range))
    frame.put(range, in: right, style: .muted)
    let at = instant.map { "[\(context.clock.dated($0))] " } ?? ""
    let used = frame.put(at, in: left, style: Style(.warning, .bold))
    let rest = left.splitLeft(used).rest
    let room = Rect(column: rest.column, row: rest.row, columns: rest.columns - 1, rows: 1)
    frame.put(heading(content, grid.axes.name).joined(), in: room, style: .bold)
  }

  /// Which lists and companies are visible, as in `lists 1–12 of 40, companies 1–5 of 24`.
  private func range(_ axes: MatrixAxes) -> String {
    let (rows, columns) = (place.shownRows, place.shownColumns)
    var parts: [String] = []
    if rows.count < axes.rows.count {
      let number = axes.listNumber(ofRow: place.row)
      parts.append("list \(number.grouped) of \(axes.listCount.grouped)")
    }
    if columns.count < axes.columns.count {
      let last = columns.upperBound.grouped
      parts.append("companies \((columns.lowerBound + 1).grouped)–\(last) of \(axes.columns.count.grouped)")
    }
    return parts.joined(separator: ", ")
  }

  private func drawNames(_ axes: MatrixAxes, _ layout: MatrixLayout, on frame: inout Frame<Message>) {
    for (offset, column) in place.shownColumns.enumerated() {
      let style = column == place.column ? Style(.accent, .bold) : .muted
      let name = axes.columns[column].short
      let cell = layout.cell(row: 0, column: offset)
      guard layout.isVertical else {
        let rect = Rect(column: cell.column, row: layout.names.row, columns: cell.columns, rows: 1)
        frame.put(name, in: rect, style: style)
        continue
      }
      let (letters, room) = (Array(name), layout.names.rows)
      let shown = letters.count > room ? letters.prefix(room - 1) + ["…"] : letters[...]
      let start = layout.names.endRow - shown.count
      for (row, letter) in shown.enumerated() {
        frame.put(String(letter), column: cell.column, row: start + row, style: style, columns: 2)
      }
    }
  }

  private func drawRows(_ grid: MatrixGrid, _ layout: MatrixLayout, on frame: inout Frame<Message>) {
    for (offset, row) in place.shownRows.enumerated() {
      let line = layout.body.splitTop(offset).rest.splitTop(1).top
      let name = line.splitLeft(layout.nameColumns - 1).left
      switch grid.axes.rows[row] {
      case .group(let group): frame.put(group, in: name, style: .bold)
      case .list(_, let list):
        let isCurrent = row == place.row
        if isCurrent { frame.put("▸", in: name, style: Style(.accent, .bold)) }
        frame.put(list, in: name.splitLeft(2).rest, style: isCurrent ? Style(.accent, .bold) : .plain)
        drawCells(ofRow: row, offset, grid, layout, on: &frame)
      }
    }
  }

  private func drawCells(
    ofRow row: Int, _ offset: Int, _ grid: MatrixGrid, _ layout: MatrixLayout, on frame: inout Frame<Message>
  ) {
    for (index, column) in place.shownColumns.enumerated() {
      guard let pair = grid.axes.pair(row: row, column: column) else { continue }
      let cell = layout.cell(row: offset, column: index)
      let sign = grid.sign(pair)
      frame.put(sign.text, in: cell, style: sign.style)
      frame.clickable(cell, .move(.to(row: row, column: column)), doubleClick: .enter)
      if row == place.row, column == place.column { frame.select(cell) }
    }
  }

  // MARK: What differs, as a list

  private func drawList(_ content: MatrixContent, _ grid: MatrixGrid, on frame: inout Frame<Message>) {
    drawTitle(content, grid, titleArea, on: &frame)
    let lines = differences ?? [DifferenceLine("Comparing…", isHeading: false)]
    let shown = lines.dropFirst(scrolling.top).prefix(listArea.rows)
    frame.putLines(shown.map { ListCell($0.text, $0.isHeading ? .bold : .plain) }, in: listArea)
    frame.wheel(frame.bounds, up: .scroll(-3), down: .scroll(3))
  }

  private var titleArea: Rect { bounds.inset(columns: 1).splitTop(1).top }
}
