import Terminal

/// The titles from the root to the screen on top, in one line.
package struct Breadcrumb: Sendable {
  /// A title as far as there is room, and its place among all titles; no place for the dots that stand for titles
  /// that were left out.
  struct Part: Hashable, Sendable {
    var text: String
    var index: Int?
  }

  static let separator = " › "
  let titles: [String]

  package init(_ titles: [String]) { self.titles = titles }

  /// All titles where they fit, otherwise without those in the middle, otherwise the last title only.
  func parts(columns: Int) -> [Part] {
    let all = titles.enumerated().map { Part(text: $1, index: $0) }
    guard let first = all.first, let last = all.last, all.count > 1 else { return all }
    let dots = Part(text: "…")
    let shorter = (1..<max(1, all.count - 1)).map { [first, dots] + all[($0 + 1)...] }
    return ([all] + shorter).first { cellWidth(of: Self.line($0)) <= columns } ?? [dots, last]
  }

  package func text(columns: Int) -> String { Self.line(parts(columns: columns)) }

  private static func line(_ parts: [Part]) -> String {
    parts.map(\.text).joined(separator: separator)
  }
}

/// A line of keys with what they do, each of which can be clicked. Keys that do not fit are left out, except
/// the last one, which tells where to find the others. What is wanted only where there is room comes after the screen's
/// other keys.
struct HintBar {
  private let actions: [ScreenAction]
  private let spare: [ScreenAction]

  init(_ actions: [ScreenAction]) {
    self.actions = actions.filter(\.binding.isHinted)
    spare = actions.filter(\.binding.isHintedWhereRoom)
  }

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
    guard kept.count == actions.count - 1 else { return kept + [last] }
    let more = spare.filter { action in
      guard room >= width(action) + 2 else { return false }
      room -= width(action) + 2
      return true
    }
    var own = kept.prefix { $0.global == nil }
    // Leaving stays behind what can be done.
    if own.last?.binding.keys.contains(.escape) == true { own = own.dropLast() }
    return own + more + kept.dropFirst(own.count) + [last]
  }
}
