import Terminal

/// The function keys that people know from mc: each stands beside the letter of what a screen calls by that verb.
/// Help is F1 and leaving is F10, as everywhere.
enum FunctionKeys {
  /// The words of the hint bar for which a function key stands.
  private static let numbers: [String: Int] = [
    "show": 3, "details": 3, "edit": 4, "copy": 5, "rename": 6, "add": 7, "delete": 8, "revoke": 8,
  ]

  /// The same bindings, with a function key for the first of each verb; a key that the screen has itself stays its own.
  static func added<Message>(to bindings: [KeyBinding<Message>]) -> [KeyBinding<Message>] {
    var taken = Set(bindings.flatMap(\.keys))
    return bindings.map { binding in
      guard let number = numbers[binding.hint], taken.insert(.function(number)).inserted else {
        return binding
      }
      var binding = binding
      binding.keys.append(.function(number))
      return binding
    }
  }
}
