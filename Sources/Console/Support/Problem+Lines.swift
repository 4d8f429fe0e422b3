import Terminal

/// Shows within a screen what went wrong.
extension Problem {
  /// What went wrong and what to do about it, each wrapped to this number of terminal cells.
  func lines(columns: Int) -> [(text: String, style: Style)] {
    let said = wrap("✗ " + message, columns: columns).map { (text: $0, style: Style(.danger, .bold)) }
    return said + (hint.map { wrap($0, columns: columns) } ?? []).map { (text: $0, style: .muted) }
  }
}

extension Frame {
  /// Draws what went wrong, as far as there is room.
  mutating func put(_ problem: Problem, in rect: Rect) {
    for (offset, line) in problem.lines(columns: rect.columns).prefix(rect.rows).enumerated() {
      put(line.text, column: rect.column, row: rect.row + offset, style: line.style, columns: rect.columns)
    }
  }
}

extension Result {
  /// What went wrong, if anything did.
  var problem: Failure? {
    if case .failure(let problem) = self { problem } else { nil }
  }
}
