package import Terminal

/// A page, an action or a thing that the palette can find.
package struct PaletteEntry: Sendable {
  package enum Action: Sendable {
    /// The page replaces the palette. Where a key is given, it is pressed there at once.
    case open(@Sendable () -> any Screen, pressing: Key? = nil)
    /// The first page replaces the palette, and the others open over it, so that Esc leads through them.
    case openAll(@Sendable () -> [any Screen])
    /// The action is done by the screen below, or by whatever offers it.
    case act(ScreenAction)
    case global(GlobalAction)
  }

  package let title: String
  package let detail: String
  package let keys: String
  package let action: Action

  /// Whether the entry ends the console.
  var leaves: Bool { if case .global(.quit) = action { true } else { false } }

  package init(_ title: String, detail: String = "", keys: String = "", action: Action) {
    self.title = title
    self.detail = detail
    self.keys = keys
    self.action = action
  }

  /// The actions that can be done now, of the screen on top and of the whole console.
  package static func entries(of actions: [ScreenAction]) -> [PaletteEntry] {
    let own = actions.filter { $0.global == nil && $0.binding.obstacle == nil }
    let taken = Set(own.flatMap(\.binding.keys))
    return actions.filter(\.isForPalette).map { action in
      // A key that the screen uses for something else isn't shown.
      let key = action.binding.keys.first { action.global == nil || !taken.contains($0) }
      return PaletteEntry(
        action.binding.help, detail: action.binding.group, keys: key?.label ?? "", action: .act(action))
    } + [
      PaletteEntry(
        "mouse", detail: "give the mouse back to the terminal, or take it", action: .global(.toggleMouse)),
      PaletteEntry(
        "readonly", detail: "refuse changes, or take them again", action: .global(.toggleReadOnly)),
      PaletteEntry("quit", detail: "leave the console", action: .global(.quit)),
    ]
  }
}

extension ScreenAction {
  fileprivate var isForPalette: Bool {
    guard binding.obstacle == nil else { return false }
    switch global {
    case .palette, .back, .leave: return false
    // A menu's entries are pages, which the palette has, and actions of the whole console.
    case nil: return !["List", "Form", "Menu"].contains(binding.group)
    default: return true
    }
  }
}
