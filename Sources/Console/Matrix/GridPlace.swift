/// The cell under the cursor of a grid, and the part of the grid that is visible.
struct GridPlace: Hashable, Sendable {
  enum Move: Hashable, Sendable {
    case up, down, left, right
    case pageUp, pageDown, pageLeft, pageRight
    case firstRow, lastRow, firstColumn, lastColumn
    case to(row: Int, column: Int)
    /// Moves what is visible by a number of rows, and the cursor only as far as it has to stay visible.
    case scroll(Int)
  }

  private(set) var row = 0
  private(set) var column = 0
  /// The first visible row and column.
  private(set) var top = 0
  private(set) var left = 0
  private var rowCount = 0
  private var columnCount = 0
  private var visibleRows = 1
  private var visibleColumns = 1

  /// Must be called whenever the grid or its room changes.
  /// - Parameter isPlace: whether the cursor may stand in a row.
  mutating func fit(
    rows: Int, columns: Int, visibleRows: Int, visibleColumns: Int, isPlace: (Int) -> Bool
  ) {
    (rowCount, columnCount) = (rows, columns)
    (self.visibleRows, self.visibleColumns) = (max(1, visibleRows), max(1, visibleColumns))
    go(toRow: row, 1, isPlace)
    show()
  }

  mutating func move(_ move: Move, isPlace: (Int) -> Bool) {
    switch move {
    case .up: go(toRow: row - 1, -1, isPlace)
    case .down: go(toRow: row + 1, 1, isPlace)
    case .left: column -= 1
    case .right: column += 1
    case .pageUp: go(toRow: row - visibleRows, -1, isPlace)
    case .pageDown: go(toRow: row + visibleRows, 1, isPlace)
    case .pageLeft: column -= visibleColumns
    case .pageRight: column += visibleColumns
    case .firstRow: go(toRow: 0, 1, isPlace)
    case .lastRow: go(toRow: rowCount - 1, -1, isPlace)
    case .firstColumn: column = 0
    case .lastColumn: column = columnCount - 1
    case .to(let row, let column):
      if isPlace(row) { (self.row, self.column) = (row, column) }
    case .scroll(let count):
      top = max(0, min(top + count, rowCount - visibleRows))
      let kept = min(max(row, top), top + visibleRows - 1)
      if kept != row { go(toRow: kept, kept > row ? 1 : -1, isPlace) }
    }
    show()
  }

  /// Goes to a row, or to the nearest one where the cursor may stand: first in the direction, then against it.
  private mutating func go(toRow wanted: Int, _ direction: Int, _ isPlace: (Int) -> Bool) {
    guard rowCount > 0 else {
      row = 0
      return
    }
    let start = min(max(0, wanted), rowCount - 1)
    for step in [direction, -direction] {
      var place = start
      while (0..<rowCount).contains(place) {
        if isPlace(place) {
          row = place
          return
        }
        place += step
      }
    }
  }

  /// Scrolls as little as needed for the cursor to be visible.
  private mutating func show() {
    column = min(max(0, column), max(0, columnCount - 1))
    top = min(max(top, row - visibleRows + 1), row, max(0, rowCount - visibleRows))
    // The heading of the first group belongs to its first list.
    if row <= 1 { top = visibleRows > row ? 0 : top }
    left = min(max(left, column - visibleColumns + 1), column, max(0, columnCount - visibleColumns))
  }

  var shownRows: Range<Int> { top..<max(top, min(rowCount, top + visibleRows)) }
  var shownColumns: Range<Int> { left..<max(left, min(columnCount, left + visibleColumns)) }
}
