package import Terminal

/// One thing that a screen can do, and the keys for it.
///
/// One table of these is what keys are looked up in, and what the hint bar, the help page
/// and the palette show. What isn't possible now is not in the table, or says why (``obstacle``).
package struct KeyBinding<Message: Sendable>: Sendable {
  package var keys: [Key]
  /// One or two words for the hint bar, such as `add`.
  package var hint: String
  /// What it does, for the help page and the palette, such as `add an API user`.
  package var help: String
  /// The heading in the help page under which it stands.
  package var group: String
  package var isHinted: Bool
  /// Why it can't be done now, for the help page and for whoever presses its key; nil where it can.
  package var obstacle: String?
  /// What it does. It is made when the key is pressed, and has what it is done to, such as the selected row.
  package var effect: @Sendable () -> Effect<Message>

  /// `help` is the hint where it isn't given.
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

  /// One that sends its screen a message.
  package init(
    _ keys: Key..., hint: String, help: String? = nil, group: String = "This page",
    isHinted: Bool = true, unless obstacle: String? = nil, message: Message
  ) {
    self.init(hint: hint, help: help, group: group, isHinted: isHinted, unless: obstacle) { .send(message) }
    self.keys = keys
  }

  /// The message that it sends; nil where it does something else.
  package var message: Message? {
    if case .send(let message)? = effect().steps.first { message } else { nil }
  }

  /// The same keys and words for another message: how a component's keys become its screen's.
  package func map<Other: Sendable>(
    in scope: String = "", _ transform: @escaping @Sendable (Message) -> Other
  ) -> KeyBinding<Other> {
    var binding = KeyBinding<Other>(
      hint: hint, help: help, group: group, isHinted: isHinted, unless: obstacle
    ) { [effect] in effect().map(in: scope, transform) }
    binding.keys = keys
    return binding
  }
}

extension KeyBinding {
  /// What comes of its key: what it does, or why that can't be done now.
  var pressed: Effect<Message> { obstacle.map { .toast($0, .warning) } ?? effect() }
}

extension Array {
  /// Which of them a key means. What can't be done now has no key to itself: only where the key means nothing
  /// else it is what says why.
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

  /// The same bindings, none of which can be done now for that reason; nil: as they are.
  func unless<Message>(_ obstacle: String?) -> Self where Element == KeyBinding<Message> {
    map { binding in
      var binding = binding
      binding.obstacle = obstacle ?? binding.obstacle
      return binding
    }
  }
}

/// The function keys that people know from mc: each stands beside the letter of what a screen calls by that verb.
/// Help is F1 and leaving is F10, as everywhere.
extension Array {
  /// The same bindings, with a function key for the first of each verb; a key that the screen has itself stays its own.
  func withFunctionKeys<Message>() -> Self where Element == KeyBinding<Message> {
    // By the words of the hint bar.
    let numbers = [
      "show": 3, "details": 3, "edit": 4, "copy": 5, "rename": 6, "add": 7, "delete": 8, "revoke": 8,
    ]
    var taken = Set(flatMap(\.keys))
    return map { binding in
      guard let number = numbers[binding.hint], taken.insert(.function(number)).inserted else {
        return binding
      }
      var binding = binding
      binding.keys.append(.function(number))
      return binding
    }
  }
}
