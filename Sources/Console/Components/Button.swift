import Terminal

/// A button, drawn `[ Add ]`.
package struct Button<ID: Hashable & Sendable>: Hashable, Sendable {
  package let id: ID
  package var title: String
  /// Whether Enter in a text field presses the button.
  package var isDefault: Bool
  package var isDestructive: Bool

  package init(_ id: ID, _ title: String, isDefault: Bool = false, isDestructive: Bool = false) {
    self.id = id
    self.title = title
    self.isDefault = isDefault
    self.isDestructive = isDestructive
  }

  package var text: String { "[ \(title) ]" }

  func style(isFocused: Bool) -> Style {
    let tone: Tone = isDestructive ? .danger : isDefault ? .accent : .plain
    return Style(tone, isFocused ? [.reverse, .bold] : isDefault ? .bold : [])
  }
}
