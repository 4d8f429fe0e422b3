package import Terminal

/// A thin line around a rectangle.
package struct Box: Sendable {
  let rect: Rect

  package init(_ rect: Rect) { self.rect = rect }

  package func draw(on canvas: inout Canvas, style: Style = .muted) {
    guard rect.columns > 1, rect.rows > 1 else { return }
    let inner = rect.columns - 2
    let line = String(repeating: "─", count: inner)
    canvas.put("┌" + line + "┐", column: rect.column, row: rect.row, style: style)
    canvas.put("└" + line + "┘", column: rect.column, row: rect.endRow - 1, style: style)
    for row in rect.row + 1..<rect.endRow - 1 {
      canvas.put("│", column: rect.column, row: row, style: style)
      canvas.put("│", column: rect.endColumn - 1, row: row, style: style)
    }
  }
}
