package import Terminal

/// All keys, grouped by their purpose. The page is made from the bindings themselves.
package struct HelpScreen: Screen {
  package enum Message: Hashable, Sendable { case scroll(Int), close }

  package let title = "Help"
  fileprivate enum Line: Hashable {
    case heading(String)
    /// The keys and what they do, and the reason where that can't be done now.
    case key(String, String, obstacle: String?)
    case gap
  }

  private var lines: [Line]
  private var scrolling = Scrolling()

  package init(_ actions: [ScreenAction]) {
    lines = Self.lines(of: actions.map(\.binding))
    if lines.last == .gap { lines.removeLast() }
  }

  private static func lines(of bindings: [KeyBinding<ErasedMessage>]) -> [Line] {
    var groups: [String] = []
    for binding in bindings where !groups.contains(binding.group) { groups.append(binding.group) }
    return groups.flatMap { group in
      [.heading(group)] + bindings.filter { $0.group == group }.reduce(into: []) { $0.add($1) } + [.gap]
    }
  }

  package var bindings: [KeyBinding<Message>] {
    scrolling.bindings { .scroll($0) } + [
      KeyBinding(.escape, "q", "?", .enter, hint: "close", message: .close)
    ]
  }

  package mutating func layout(in bounds: Rect) -> Effect<Message> {
    scrolling.fit(lines: lines.count, into: bounds.inset(rows: 1).rows)
    return .none
  }

  package mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .scroll(let count): scrolling.move(by: count)
    case .close: return .close
    }
    return .none
  }

  /// The width of the column of keys. The longest keys decide it, as long as most of the room stays for the
  /// words.
  private func keyColumns(of area: Rect) -> Int {
    let widest = lines.map { if case .key(let keys, _, _) = $0 { cellWidth(of: keys) } else { 0 } }.max() ?? 0
    return max(20, min(widest, area.columns * 2 / 5))
  }

  package func draw(on frame: inout Frame<Message>) {
    let area = frame.bounds.inset(columns: 2, rows: 1)
    let keyColumns = keyColumns(of: area)
    frame.wheel(frame.bounds, up: .scroll(-3), down: .scroll(3))
    for (offset, line) in lines.dropFirst(scrolling.top).prefix(area.rows).enumerated() {
      let row = area.row + offset
      switch line {
      case .heading(let text): frame.put(text, column: area.column, row: row, style: .bold)
      case .key(let keys, let help, let obstacle):
        let styles = obstacle == nil ? (keys: Style(.accent), help: Style.plain) : (.muted, .muted)
        let shown = fit(keys, columns: keyColumns)
        let words = help + (obstacle.map { " (not now: \($0))" } ?? "")
        frame.put(shown, column: area.column + 2, row: row, style: styles.keys)
        frame.put(words, column: area.column + keyColumns + 4, row: row, style: styles.help)
      case .gap: break
      }
    }
  }
}

extension [HelpScreen.Line] {
  fileprivate mutating func add(_ binding: KeyBinding<ErasedMessage>) {
    let keys = binding.keys.map(\.label).joined(separator: ", ")
    // Two bindings that do the same, such as `j` and Down, share a line.
    if case .key(let before, binding.help, binding.obstacle) = last {
      self[count - 1] = .key(before + ", " + keys, binding.help, obstacle: binding.obstacle)
    } else {
      append(.key(keys, binding.help, obstacle: binding.obstacle))
    }
  }
}
