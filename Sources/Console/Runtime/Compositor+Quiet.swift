import Terminal

/// A screen that opens by itself comes between the keys of somebody who is typing something else. Such keys must
/// not answer it, so it takes none before nothing was typed for a moment.
extension Compositor {
  /// How long nothing must be typed before a screen that opened by itself takes a key, in milliseconds. It is
  /// longer than the pause between two keys of somebody who types, and shorter than it takes to read a question.
  static let quietMilliseconds = 600

  /// Whether the screen on top still waits until nothing is typed.
  var isWaitingForQuiet: Bool { unsettled != nil && unsettled == stack.last?.id }

  /// The screen that was just opened waits, where it wants to.
  mutating func startQuiet(for opened: Opened) {
    guard opened.screen.waitsForQuiet else { return }
    unsettled = opened.id
    startOwnTimer(.quiet, milliseconds: Self.quietMilliseconds)
  }

  mutating func endQuiet() { unsettled = nil }

  /// Says that what was typed or clicked had no effect, and waits anew.
  mutating func refuseUnsettled() {
    startOwnTimer(.quiet, milliseconds: Self.quietMilliseconds)
    showOfKey("nothing was pressed: “\(stack.last?.screen.title ?? "")” had just opened", .warning)
  }

  /// Stands where the hints will be.
  func drawQuiet(in rect: Rect, on frame: inout Frame<Target>) {
    frame.put(
      "this has opened by itself, and takes keys in a moment", in: rect.inset(columns: 1), style: .muted)
  }
}
