import Terminal

/// The visible lines of a page that only shows text.
struct Scrolling: Hashable, Sendable {
  /// The number of lines above the visible ones.
  private(set) var top = 0
  private(set) var lineCount = 0
  /// The number of visible lines, at least one.
  private(set) var visibleCount = 1

  var isNeeded: Bool { lineCount > visibleCount }

  /// Must be called whenever the text or its room changes, so that the visible lines stay within the text.
  mutating func fit(lines lineCount: Int, into visibleCount: Int) {
    self.lineCount = lineCount
    self.visibleCount = max(1, visibleCount)
    move(by: 0)
  }

  mutating func move(by count: Int) { top = max(0, min(top + count, lineCount - visibleCount)) }

  /// The keys of less(1).
  /// - Parameter message: tells the screen by how many lines to move.
  func bindings<Message>(_ message: (Int) -> Message) -> [KeyBinding<Message>] {
    [
      KeyBinding(.down, "j", .control("n"), hint: "down", isHinted: isNeeded, message: message(1)),
      KeyBinding(.up, "k", .control("p"), hint: "up", isHinted: false, message: message(-1)),
      KeyBinding(
        .pageDown, " ", .control("f"), hint: "page down", isHinted: isNeeded, message: message(visibleCount)),
      KeyBinding(.pageUp, .control("b"), hint: "page up", isHinted: false, message: message(-visibleCount)),
      KeyBinding(
        .control("d"), hint: "half a page down", isHinted: false, message: message(max(1, visibleCount / 2))),
      KeyBinding(
        .control("u"), hint: "half a page up", isHinted: false, message: message(-max(1, visibleCount / 2))),
      KeyBinding(.home, "g", hint: "first", isHinted: false, message: message(-lineCount)),
      KeyBinding(.end, "G", hint: "last", isHinted: false, message: message(lineCount)),
    ]
  }
}
