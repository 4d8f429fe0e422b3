package import Terminal

/// An action of a screen, with its keys.
///
/// Each screen has one table of bindings. Keys are looked up in it, and the hint bar, the help page and the
/// palette are made of it. An action that is not possible now is not in the table, or has a reason
/// (``obstacle``).
package struct KeyBinding<Message: Sendable>: Sendable {
  package var keys: [Key]
  /// The name of the action in a person's settings, where the hint can't be the name because it changes.
  package var name: String?
  /// One or two words for the hint bar, such as `add`.
  package var hint: String
  /// What the action does, for the help page and the palette, such as `add an API user`.
  package var help: String
  /// The heading of the help page under which the action stands.
  package var group: String
  package var isHinted: Bool
  /// Whether the hint bar has the action where there is room for it beside all others.
  package var isHintedWhereRoom = false
  /// The reason why the action is not possible now, for the help page and for the person who presses the key;
  /// nil where the action is possible.
  package var obstacle: String?
  /// Makes the action's effect. It is called when the key is pressed, so that the effect is for the row that
  /// is selected then.
  package var effect: @Sendable () -> Effect<Message>

  /// Makes a binding. `help` is the same as the hint where it is not given.
  package init(
    _ keys: Key..., hint: String, help: String? = nil, group: String = "This page",
    isHinted: Bool = true, unless obstacle: String? = nil,
    does effect: @escaping @Sendable () -> Effect<Message>
  ) {
    self.keys = keys
    self.hint = hint
    self.help = help ?? hint
    self.group = group
    self.isHinted = isHinted
    self.obstacle = obstacle
    self.effect = effect
  }

  /// Makes a binding that sends its screen a message.
  package init(
    _ keys: Key..., hint: String, help: String? = nil, group: String = "This page",
    isHinted: Bool = true, unless obstacle: String? = nil, message: Message
  ) {
    self.init(hint: hint, help: help, group: group, isHinted: isHinted, unless: obstacle) { .send(message) }
    self.keys = keys
  }

  /// The name of the action in a person's settings, which is unique on a page: letters, digits and hyphens, made of
  /// the hint where no other name is given.
  package var id: String { name ?? Self.id(of: hint) }

  static func id(of hint: String) -> String {
    hint.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }

  /// The same binding with a name for a person's settings.
  func named(_ name: String) -> KeyBinding {
    var binding = self
    binding.name = name
    return binding
  }

  /// The same binding, which the hint bar has only where there is room for it beside all others.
  func hintedWhereRoom() -> KeyBinding {
    var binding = self
    (binding.isHinted, binding.isHintedWhereRoom) = (false, true)
    return binding
  }

  /// The message that the binding sends; nil where it does something else.
  package var message: Message? {
    if case .send(let message)? = effect().steps.first { message } else { nil }
  }

  /// The same keys and words with another message. So a component's keys become its screen's.
  package func map<Other: Sendable>(
    in scope: String = "", _ transform: @escaping @Sendable (Message) -> Other
  ) -> KeyBinding<Other> {
    var binding = KeyBinding<Other>(
      hint: hint, help: help, group: group, isHinted: isHinted, unless: obstacle
    ) { [effect] in effect().map(in: scope, transform) }
    (binding.keys, binding.name, binding.isHintedWhereRoom) = (keys, name, isHintedWhereRoom)
    return binding
  }
}

extension KeyBinding {
  /// The effect of the key: the action's effect, or the reason why the action is not possible now.
  var pressed: Effect<Message> { obstacle.map { .toast($0, .warning) } ?? effect() }
}

extension Array {
  /// The element that a key means. An action that is not possible now gets the key only where no possible
  /// action has it; then the key shows the reason.
  func meant<Message>(by key: Key, _ binding: (Element) -> KeyBinding<Message>) -> Element? {
    let meant = filter { binding($0).keys.contains(key) }
    return meant.first { binding($0).obstacle == nil } ?? meant.first
  }
}

extension Array {
  /// The same bindings under another heading of the help page.
  func under<Message>(_ group: String) -> Self where Element == KeyBinding<Message> {
    map { binding in
      var binding = binding
      binding.group = group
      return binding
    }
  }

  /// The same bindings, but none of them is possible for this reason; nil leaves them as they are.
  func unless<Message>(_ obstacle: String?) -> Self where Element == KeyBinding<Message> {
    map { binding in
      var binding = binding
      binding.obstacle = obstacle ?? binding.obstacle
      return binding
    }
  }
}

/// Adds the function keys that people know from mc. Each one stands beside the letter of the screen's action
/// with the same verb. Help is F1 and leaving is F10, as everywhere.
extension Array {
  /// Adds a function key to the first binding of each verb. A key that the screen uses itself is not taken from it.
  mutating func addFunctionKeys<Message>() where Element == KeyBinding<Message> {
    var given: [Int] = []
    for index in indices {
      guard let number = FunctionKeys.number(of: self[index].hint), !given.contains(number),
        !contains(where: { $0.keys.contains(.function(number)) })
      else { continue }
      given.append(number)
      self[index].keys.append(.function(number))
    }
  }
}

private enum FunctionKeys {
  /// The number by the word of the hint bar. This is asked for each binding of each frame.
  static func number(of hint: String) -> Int? {
    switch hint {
    case "show", "details": 3
    case "edit": 4
    case "copy": 5
    case "rename": 6
    case "add": 7
    case "delete", "revoke": 8
    default: nil
    }
  }
}
