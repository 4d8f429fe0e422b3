/// A grid of cells to draw on. What is drawn outside the grid is cut off.
///
/// All text passes ``Glyphs``, which makes it harmless: no control character, escape or bidi override from
/// data ever becomes a cell.
package struct Canvas: Sendable, Equatable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// The place at which the terminal's cursor is shown; nil hides the cursor.
  package var cursor: Point?
  /// The place of the selection. The cursor is put there where no other cursor is shown, because screen
  /// readers, magnifiers and Braille displays follow the terminal's cursor.
  package var selection: Point?

  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// A test's function that receives each text which is cut without a sign; see ``fit(_:columns:ellipsis:)``.
  @TaskLocal package static var noteCut: (@Sendable (String) -> Void)?

  package var bounds: Rect { Rect(size) }

  package subscript(column: Int, row: Int) -> Cell {
    get { cells[row * size.columns + column] }
    set { cells[row * size.columns + column] = newValue }
  }

  /// Draws text from a point to the right. The text is cut after `columns` cells and at the canvas' edge. A
  /// wide glyph that would be cut in half is left out. Returns the number of cells taken.
  @discardableResult
  package mutating func put(
    _ text: String, column: Int, row: Int, style: Style = .plain, columns: Int = .max
  ) -> Int {
    guard row >= 0, row < size.rows else { return 0 }
    let limit = columns == .max ? size.columns - column : min(columns, size.columns - column)
    if isPrintableASCII(text) {
      return put(ascii: text, column: column, row: row, style: style, limit: limit)
    }
    var used = 0
    for glyph in Glyphs(text) {
      let width = Int(glyph.width)
      if used + width > limit {
        Self.noteCut?(text)
        break
      }
      place(glyph, column: column + used, row: row, style: style)
      used += width
    }
    return used
  }

  /// Draws characters of one cell each. `limit` is not beyond the canvas' edge.
  private mutating func put(ascii text: String, column: Int, row: Int, style: Style, limit: Int) -> Int {
    let used = min(text.utf8.count, max(0, limit))
    if used < text.utf8.count { Self.noteCut?(text) }
    let cut = min(used, max(0, -column))
    guard used > cut else { return used }
    repairHalves(from: column + cut, columns: used - cut, row: row)
    var index = row * size.columns + column + cut
    for byte in text.utf8.prefix(used).dropFirst(cut) {
      cells[index] = Cell(scalars: SIMD4(UInt32(byte), 0, 0, 0), style: style)
      index += 1
    }
    return used
  }

  private mutating func place(_ glyph: Cell, column: Int, row: Int, style: Style) {
    guard column >= 0 else { return }
    repairHalves(from: column, columns: Int(glyph.width), row: row)
    var cell = glyph
    cell.style = style
    self[column, row] = cell
    if glyph.width == 2 { self[column + 1, row] = .continuation(style) }
  }

  /// Replaces the other half of a wide glyph by a blank, where new cells cut the glyph in half.
  private mutating func repairHalves(from column: Int, columns: Int, row: Int) {
    if self[column, row].width == 0, column > 0 { self[column - 1, row].becomeBlank() }
    let end = column + columns
    if end < size.columns, self[end, row].width == 0 { self[end, row].becomeBlank() }
  }

  /// Fills a rectangle with one character.
  package mutating func fill(_ rect: Rect, with character: Unicode.Scalar = " ", style: Style = .plain) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow {
      repairHalves(from: area.column, columns: area.columns, row: row)
      for column in area.column..<area.endColumn { self[column, row] = Cell(character, style: style) }
    }
  }

  /// Changes the style of the present cells.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn { self[column, row].style = change(self[column, row].style) }
    }
  }
}
