import Terminal

/// A short notice in the status line.
package struct Toast: Hashable, Sendable {
  /// The kind of notice. A sign shows it as well as the colour, for people who can't tell the colours apart.
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
  /// Whether the notice is only about the last key, and disappears with the next one.
  var isOfKey = false

  package init(_ text: String, _ kind: Kind = .plain) {
    self.text = text
    self.kind = kind
  }

  /// The text with its mark.
  var marked: String { kind == .warning || kind == .danger ? "! " + text : text }
  /// How long the notice is shown. The time grows with the time for reading it.
  var milliseconds: Int { 4_000 + 50 * text.count }
}
