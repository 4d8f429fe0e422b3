@testable import Console
import Terminal

/// What was drawn, for tests.
extension Frame {
  var drawn: String { canvas.text }
  var cursor: Point? { canvas.cursor }
  var size: Size { canvas.size }
  func style(column: Int, row: Int) -> Style { canvas[column, row].style }

  /// Rows whose cells differ from those of another drawing of the same size.
  func changedRows(from other: Frame) -> [Int] {
    (0..<size.rows).filter { row in
      (0..<size.columns).contains { canvas[$0, row] != other.canvas[$0, row] }
    }
  }

  /// The message of what was drawn last at a place.
  func message(at point: Point, _ action: Mouse.Action = .click) -> Message? {
    zones.last { $0.action == action && $0.rect.contains(point) }?.message
  }
}
