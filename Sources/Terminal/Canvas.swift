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
    let bytes = text.utf8Span.span
    if isPrintableASCII(bytes) {
      if bytes.count > max(0, limit) { Self.noteCut?(text) }
      return put(ascii: bytes, column: column, row: row, style: style, limit: limit)
    }
    var reader = GlyphReader()
    var used = 0
    while let glyph = reader.next(in: bytes) {
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

  /// Draws what ``fit(_:columns:ellipsis:)`` makes of a text: a text that takes more than `columns` cells ends in `…`.
  /// The columns are not beyond the canvas' edge. Returns the number of cells taken.
  package mutating func put(fitting text: String, column: Int, row: Int, style: Style, columns: Int) -> Int {
    guard row >= 0, row < size.rows, columns > 0 else { return 0 }
    let bytes = text.utf8Span.span
    if isPrintableASCII(bytes) {
      let isCut = bytes.count > columns
      let limit = isCut ? columns - 1 : columns
      let used = put(ascii: bytes, column: column, row: row, style: style, limit: limit)
      return used + (isCut ? putEllipsis(column: column + used, row: row, style: style) : 0)
    }
    let fitting = Fitting(bytes, columns: columns)
    var reader = GlyphReader()
    var used = 0
    while reader.offset < fitting.bytes, let glyph = reader.next(in: bytes) {
      place(glyph, column: column + used, row: row, style: style)
      used += Int(glyph.width)
    }
    return used + (fitting.isCut ? putEllipsis(column: column + used, row: row, style: style) : 0)
  }

  private mutating func putEllipsis(column: Int, row: Int, style: Style) -> Int {
    place(Cell("…"), column: column, row: row, style: style)
    return 1
  }

  /// Draws characters of one cell each, as many as fit. `limit` is not beyond the canvas' edge.
  private mutating func put(ascii bytes: Span<UInt8>, column: Int, row: Int, style: Style, limit: Int) -> Int
  {
    let used = min(bytes.count, max(0, limit))
    let cut = min(used, max(0, -column))
    guard used > cut else { return used }
    repairHalves(from: column + cut, columns: used - cut, row: row)
    let start = row * size.columns + column
    var cells = cells.mutableSpan
    for index in cut..<used {
      cells[start + index] = Cell(scalars: SIMD4(UInt32(bytes[index]), 0, 0, 0), style: style)
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
      let start = row * size.columns
      var cells = cells.mutableSpan
      for column in area.column..<area.endColumn { cells[start + column] = Cell(character, style: style) }
    }
  }

  /// Changes the style of the present cells.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let width = size.columns
    var cells = cells.mutableSpan
    for row in area.row..<area.endRow {
      let start = row * width
      for column in area.column..<area.endColumn {
        cells[start + column].style = change(cells[start + column].style)
      }
    }
  }
}
