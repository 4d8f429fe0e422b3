package import Terminal

/// One thing that a screen can do, and the keys for it.
///
/// One table of these is what keys are looked up in, and what the hint bar, the help page
/// and the palette show. What isn't possible now is not in the table.
package struct KeyBinding<Message: Sendable>: Sendable {
  package var keys: [Key]
  /// One or two words for the hint bar, such as `add`.
  package var hint: String
  /// What it does, for the help page and the palette, such as `add an API user`.
  package var help: String
  package var message: Message
  /// The heading in the help page under which it stands.
  package var group: String
  package var isHinted: Bool
  package var isDestructive: Bool

  /// `help` is the hint where it isn't given.
  package init(
    _ keys: Key..., hint: String, help: String? = nil, group: String = "This page",
    isHinted: Bool = true, isDestructive: Bool = false, message: Message
  ) {
    self.keys = keys
    self.hint = hint
    self.help = help ?? hint
    self.message = message
    self.group = group
    self.isHinted = isHinted
    self.isDestructive = isDestructive
  }

  /// The same keys and words for another message: how a component's keys become its screen's.
  package func map<Other: Sendable>(_ transform: (Message) -> Other) -> KeyBinding<Other> {
    var binding = KeyBinding<Other>(
      hint: hint, help: help, group: group, isHinted: isHinted, isDestructive: isDestructive,
      message: transform(message))
    binding.keys = keys
    return binding
  }

  /// The same binding, left out of the hint bar.
  package func unhinted() -> KeyBinding {
    var binding = self
    binding.isHinted = false
    return binding
  }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// `"a"` is the key of that character.
  package init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}

extension Key {
  /// The key's name as the hint bar and the help page show it.
  package var label: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-" + String(character).uppercased()
    case .function(let number): "F\(number)"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    }
  }
}
