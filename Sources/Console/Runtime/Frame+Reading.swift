package import Terminal

/// What was drawn, for tests.
extension Frame {
  package var drawn: String { canvas.text }
  /// The text and the styles, for golden files.
  package var golden: String { canvas.golden }
  package var cursor: Point? { canvas.cursor }
  package var size: Size { canvas.size }
  package func style(column: Int, row: Int) -> Style { canvas[column, row].style }

  /// Rows whose cells differ from those of another drawing of the same size.
  package func changedRows(from other: Frame) -> [Int] {
    (0..<size.rows).filter { row in
      (0..<size.columns).contains { canvas[$0, row] != other.canvas[$0, row] }
    }
  }
}
