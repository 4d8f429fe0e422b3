import Terminal

/// Draws the navigation pane at the left, and the page at the right.
extension EditorScreen {
  var navigationArea: Rect { bounds.splitLeft(min(Self.navigationColumns, bounds.columns / 3)).left }
  var pageArea: Rect { bounds.splitLeft(navigationArea.columns + 2).rest }

  func draw(on frame: inout Frame<Message>) {
    if let problem {
      frame.put(problem, in: frame.bounds)
      return
    }
    for row in bounds.row..<bounds.endRow {
      frame.put("│", column: navigationArea.endColumn, row: row, style: .muted)
    }
    pages.shown?.draw(in: pageArea, on: &frame)
    if !isOnPage { dimFocus(on: &frame) }
    frame.child(navigationArea, { .navigation($0) }) {
      navigation.draw(in: $0.bounds, on: &$0, isFocused: !isOnPage)
    }
  }

  /// Removes the signs of having the keys. A page always draws them, as if it had the keys: its cursor and
  /// its reversed row.
  private func dimFocus(on frame: inout Frame<Message>) {
    frame.hideCursor()
    frame.restyle(pageArea) { style in
      guard style.attributes.contains(.reverse) else { return style }
      return Style(style.tone, style.attributes.subtracting(.reverse).union(.bold))
    }
  }
}
