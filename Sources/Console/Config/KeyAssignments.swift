package import Terminal

/// The keys that a person gave to actions, in place of the usual ones.
package struct KeyAssignments: Hashable, Sendable {
  /// The section of what goes for every page.
  package static let everywhere = "everywhere"

  /// The keys by the name of the page, then by the name of the action.
  package var pages: [String: [String: [Key]]]

  package init(_ pages: [String: [String: [Key]]] = [:]) { self.pages = pages }

  /// The keys of an action on a page; nil for the usual ones. What is said of the page goes before what is said of
  /// every page.
  package func keys(of action: String, on page: String) -> [Key]? {
    pages[page]?[action] ?? pages[Self.everywhere]?[action]
  }

  /// The keys that an action has on a page: those that nobody can take from it, and the person's own or the usual ones.
  package func keys(of action: String, on page: String, usually usual: [Key]) -> [Key] {
    keys(of: action, on: page).map { $0 + usual.filter(\.isFixed) } ?? usual
  }

  /// The same bindings with the person's keys. A page without a name, such as a dialog, keeps its keys.
  func applied<Message>(to bindings: [KeyBinding<Message>], on page: String?) -> [KeyBinding<Message>] {
    guard let page, !pages.isEmpty else { return bindings }
    var given: Set<String> = []
    return bindings.map { binding in
      guard let own = keys(of: binding.id, on: page) else { return binding }
      var binding = binding
      binding.keys.removeAll { !$0.isFixed }
      // Two bindings of one action, such as Down and j, share one line of the help.
      let isAnotherPossible =
        binding.obstacle != nil && bindings.contains { $0.id == binding.id && $0.obstacle == nil }
      if !isAnotherPossible, given.insert(binding.id).inserted { binding.keys = own + binding.keys }
      return binding
    }
  }
}

extension Key {
  /// Whether the key always keeps its meaning: Enter, Esc, Tab, the arrows and the like, because a person must always
  /// be able to move and to leave, and Ctrl-C, Ctrl-L and Ctrl-Z, which concern the terminal.
  var isFixed: Bool {
    switch self {
    case .character, .function: false
    case .control(let character): "clz".contains(character)
    default: true
    }
  }

  /// The key as which a terminal sends this one; nil where the two differ.
  var sentAs: Key? {
    switch self {
    case .control("m"), .control("j"): .enter
    case .control("i"): .tab
    case .control("["): .escape
    case .control("h"): .backspace
    default: nil
    }
  }
}
