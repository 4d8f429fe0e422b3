import Terminal

/// Where the parts of the access matrix stand, for the room that there is.
struct MatrixLayout: Hashable, Sendable {
  let title: Rect
  /// The meaning of the signs; no rows where there is little room.
  let legend: Rect
  let names: Rect
  let body: Rect
  /// The lines about the cell under the cursor.
  let about: Rect
  /// The cells for the name of a list, with the mark of the cursor.
  let nameColumns: Int
  /// The cells of one column, without the gap.
  let columnWidth: Int
  /// Whether the names of companies are written from top to bottom.
  let isVertical: Bool

  private static let mostHorizontal = 14
  private static let mostVertical = 8

  init(_ axes: MatrixAxes, aboutRows: Int, in bounds: Rect) {
    let bounds = bounds.inset(columns: 1)
    let isLarge = bounds.rows >= 14
    nameColumns = min(axes.widestRow + 5, max(14, bounds.columns * 2 / 5))
    let room = bounds.columns - nameColumns
    let natural = max(3, min(axes.widestColumn, Self.mostHorizontal))
    let isFitting = axes.columns.count * (natural + 1) <= room
    isVertical = !isFitting && isLarge && axes.columns.count > 1
    columnWidth = isVertical ? 1 : min(isFitting ? natural : min(natural, 6), max(1, room - 1))
    let nameRows = isVertical ? min(axes.widestColumn, Self.mostVertical) : 1
    var rest = bounds
    (title, rest) = rest.splitTop(1)
    (legend, rest) = rest.splitTop(isLarge ? 1 : 0)
    (names, rest) = rest.splitTop(nameRows)
    (body, about) = rest.splitBottom(isLarge ? aboutRows : 1)
  }

  var visibleColumns: Int { max(1, (body.columns - nameColumns + 1) / (columnWidth + 1)) }

  /// The place of a cell, by the numbers of its visible row and column.
  func cell(row: Int, column: Int) -> Rect {
    Rect(
      column: body.column + nameColumns + column * (columnWidth + 1), row: body.row + row,
      columns: columnWidth, rows: 1
    ).intersection(body)
  }
}
