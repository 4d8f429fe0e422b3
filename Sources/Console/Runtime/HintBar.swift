import Terminal

/// One line of keys and what they do, each clickable; what doesn't fit is left out, the
/// last one excepted, which says where the others are.
struct HintBar<Message: Sendable> {
  let bindings: [KeyBinding<Message>]

  init(_ bindings: [KeyBinding<Message>]) { self.bindings = bindings }

  func draw<Outer: Sendable>(in rect: Rect, on frame: inout Frame<Outer>, _ map: (Message) -> Outer) {
    var column = rect.column + 1
    for (index, binding) in fitting(columns: rect.columns - 2).enumerated() {
      if index > 0 { column += 2 }
      let start = column
      column += frame.put(label(binding), column: column, row: rect.row, style: Style(.accent, .bold))
      column += frame.put(" " + binding.hint, column: column, row: rect.row)
      frame.clickable(
        Rect(column: start, row: rect.row, columns: column - start, rows: 1), map(binding.message))
    }
  }

  private func label(_ binding: KeyBinding<Message>) -> String { binding.keys.first?.label ?? "" }

  private func width(_ binding: KeyBinding<Message>) -> Int {
    cellWidth(of: label(binding)) + 1 + cellWidth(of: binding.hint)
  }

  private func fitting(columns: Int) -> [KeyBinding<Message>] {
    guard let last = bindings.last else { return [] }
    var room = columns - width(last)
    var kept: [KeyBinding<Message>] = []
    for binding in bindings.dropLast() {
      room -= width(binding) + 2
      if room < 0 { break }
      kept.append(binding)
    }
    return kept + [last]
  }
}
