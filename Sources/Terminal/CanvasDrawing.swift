/// Lines, boxes and scroll bars. They are drawn in Unicode; the driver replaces what the terminal can't show.
extension Canvas {
  /// Draws text in one row of a rectangle, cut off at its sides. Returns the number of cells taken.
  @discardableResult
  package mutating func put(_ text: String, in rect: Rect, row: Int = 0, style: Style = .plain) -> Int {
    guard row >= 0, row < rect.rows else { return 0 }
    return put(text, column: rect.column, row: rect.row + row, style: style, columns: rect.columns)
  }

  /// Draws lines from the top of a rectangle, cut off at its sides and its bottom.
  package mutating func put(lines: [String], in rect: Rect, style: Style = .plain) {
    for (row, line) in lines.prefix(rect.rows).enumerated() { put(line, in: rect, row: row, style: style) }
  }

  package mutating func horizontalLine(column: Int, row: Int, columns: Int, style: Style = .plain) {
    fill(Rect(column: column, row: row, columns: columns, rows: 1), with: "─", style: style)
  }

  package mutating func verticalLine(column: Int, row: Int, rows: Int, style: Style = .plain) {
    fill(Rect(column: column, row: row, columns: 1, rows: rows), with: "│", style: style)
  }

  /// Draws a frame along the inside of a rectangle, with a title in its upper line. The inside of the frame
  /// stays. Nothing is drawn where the rectangle has fewer than two rows or columns.
  package mutating func box(
    _ rect: Rect, title: String = "", style: Style = .plain, titleStyle: Style? = nil
  ) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let (right, bottom) = (rect.endColumn - 1, rect.endRow - 1)
    for row in [rect.row, bottom] {
      horizontalLine(column: rect.column + 1, row: row, columns: rect.columns - 2, style: style)
    }
    for column in [rect.column, right] {
      verticalLine(column: column, row: rect.row + 1, rows: rect.rows - 2, style: style)
    }
    let corners: [(Unicode.Scalar, Int, Int)] = [
      ("┌", rect.column, rect.row), ("┐", right, rect.row), ("└", rect.column, bottom), ("┘", right, bottom),
    ]
    for (corner, column, row) in corners {
      fill(Rect(column: column, row: row, columns: 1, rows: 1), with: corner, style: style)
    }
    guard !title.isEmpty, rect.columns > 6 else { return }
    put(
      " " + fit(title, columns: rect.columns - 6) + " ", column: rect.column + 2, row: rect.row,
      style: titleStyle ?? style)
  }

  /// Draws a scroll bar in the first column of a rectangle. The bar shows which of `total` rows are seen:
  /// `visible` rows from `offset`. Nothing is drawn where all rows are seen.
  package mutating func scrollbar(
    in rect: Rect, offset: Int, visible: Int, total: Int, style: Style = .muted
  ) {
    guard total > visible, visible > 0, rect.rows > 0 else { return }
    verticalLine(column: rect.column, row: rect.row, rows: rect.rows, style: style)
    let thumb = Scrollbar(rows: rect.rows, offset: offset, visible: visible, total: total)
    let area = Rect(column: rect.column, row: rect.row + thumb.start, columns: 1, rows: thumb.length)
    fill(area, with: "█", style: style)
  }
}

/// The position of a scroll bar's thumb.
struct Scrollbar: Equatable {
  let start: Int
  let length: Int

  /// Computes the thumb. It touches an end of the bar only where the first or the last row is seen, as far as
  /// the bar has room to show the difference.
  init(rows: Int, offset: Int, visible: Int, total: Int) {
    length = max(1, min(rows, rows * visible / max(1, total)))
    let last = max(0, total - visible)
    let free = rows - length
    if offset <= 0 || last == 0 || free == 0 {
      start = 0
    } else if offset >= last {
      start = free
    } else {
      start = free > 1 ? min(free - 1, max(1, free * offset / last)) : free * offset / last
    }
  }
}
