package import Terminal

/// What was drawn, for tests.
extension Frame {
  package var drawn: String { canvas.text }
  package var cursor: Point? { canvas.cursor }
}
