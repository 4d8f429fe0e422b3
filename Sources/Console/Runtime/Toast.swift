import Terminal

/// A short notice in the status line.
package struct Toast: Hashable, Sendable {
  /// Shown by a mark as well as by a tone.
  package enum Kind: Hashable, Sendable {
    case plain, good, warning, danger

    var style: Style {
      switch self {
      case .plain: .plain
      case .good: Style(.good)
      case .warning: Style(.warning, .bold)
      case .danger: Style(.danger, .bold)
      }
    }
  }

  package var text: String
  package var kind: Kind
  /// Whether it is about the last key alone, and goes with the next one.
  var isOfKey = false

  package init(_ text: String, _ kind: Kind = .plain) {
    self.text = text
    self.kind = kind
  }

  /// The text with its mark.
  var marked: String { kind == .warning || kind == .danger ? "! " + text : text }
  /// How long it is shown, by the time it takes to read.
  var milliseconds: Int { 4_000 + 50 * text.count }
}
