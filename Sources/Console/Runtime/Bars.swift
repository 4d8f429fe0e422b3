import Terminal

/// The titles from the root to the screen on top, in one line.
package struct Breadcrumb: Sendable {
  let titles: [String]

  package init(_ titles: [String]) { self.titles = titles }

  /// All titles where they fit, otherwise without those in the middle, otherwise the last title only.
  package func text(columns: Int) -> String {
    let separator = " › "
    let whole = titles.joined(separator: separator)
    if cellWidth(of: whole) <= columns { return whole }
    guard let first = titles.first, let last = titles.last, titles.count > 1 else { return whole }
    for dropped in stride(from: 1, to: titles.count - 1, by: 1) {
      let kept = [first, "…"] + titles[(1 + dropped)...]
      let text = kept.joined(separator: separator)
      if cellWidth(of: text) <= columns { return text }
    }
    return ["…", last].joined(separator: separator)
  }
}

/// A line of keys with what they do, each of which can be clicked. Keys that do not fit are left out, except
/// the last one, which tells where to find the others.
struct HintBar {
  let actions: [ScreenAction]

  init(_ actions: [ScreenAction]) { self.actions = actions }

  func draw(in rect: Rect, on frame: inout Frame<Compositor.Target>) {
    var column = rect.column + 1
    for action in fitting(columns: rect.columns - 2) {
      let start = column
      column += frame.put(label(action), column: column, row: rect.row, style: Style(.accent, .bold))
      column += frame.put(" " + action.binding.hint, column: column, row: rect.row)
      frame.clickable(
        Rect(column: start, row: rect.row, columns: column - start, rows: 1),
        Compositor.Target(layer: action.layer, effect: action.binding.effect))
      column += 2
    }
  }

  private func label(_ action: ScreenAction) -> String { action.binding.keys.first?.label ?? "" }

  private func width(_ action: ScreenAction) -> Int {
    cellWidth(of: label(action)) + 1 + cellWidth(of: action.binding.hint)
  }

  private func fitting(columns: Int) -> [ScreenAction] {
    guard let last = actions.last else { return [] }
    var room = columns - width(last)
    let kept = actions.dropLast().prefix { action in
      room -= width(action) + 2
      return room >= 0
    }
    return kept + [last]
  }
}
