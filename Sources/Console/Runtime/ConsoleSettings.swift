import Terminal

/// What the composition root gives the console.
package struct ConsoleSettings: Sendable {
  /// The first word of the title bar.
  package var product: String
  /// What stands at the right of the title bar, such as the store's name and `UTC`.
  package var context: String
  /// Makes the palette from what the screen on top offers, and what works everywhere; nil where there is none.
  package var palette: (@Sendable ([ScreenAction]) -> any Screen)?
  /// Makes the help page from the same.
  package var help: (@Sendable ([ScreenAction]) -> any Screen)?
  /// Makes the screen with one's own last changes; nil for whoever can't undo anything now.
  package var undo: @Sendable () -> (any Screen)? = { nil }
  /// Layers that are never drawn and never closed; see ``Effect/tell(_:)``. Their bindings
  /// are asked after those of the screen on top.
  package var services: [any Screen]
  /// Whether the terminal reports the mouse at first.
  package var takesMouse = true
  /// Who is there, as the locked console says.
  package var person = ""
  /// By what it goes at first.
  package var rules = ConsoleRules()
  /// Whether it begins in read-only mode.
  package var isReadOnly = false

  package init(
    product: String, context: String, services: [any Screen] = [],
    palette: (@Sendable ([ScreenAction]) -> any Screen)? = nil,
    help: (@Sendable ([ScreenAction]) -> any Screen)? = nil
  ) {
    self.product = product
    self.context = context
    self.services = services
    self.palette = palette
    self.help = help
  }
}

extension GlobalAction {
  /// The keys that work on every screen that doesn't bind them itself.
  package static let bindings: [KeyBinding<GlobalAction>] = [
    KeyBinding(.escape, hint: "back", help: "go back", group: "Everywhere", message: .back),
    KeyBinding(
      .control("c"), "q", .function(10), hint: "leave", help: "go back; from the main menu, quit",
      group: "Everywhere", isHinted: false, message: .leave),
    KeyBinding(
      ":", hint: "go to", help: "find a page or an action, or paste a Token ID", group: "Everywhere",
      message: .palette),
    KeyBinding(
      "u", hint: "undo", help: "undo a change of yours", group: "Everywhere", isHinted: false, message: .undo),
    KeyBinding("?", .function(1), hint: "help", help: "show all keys", group: "Everywhere", message: .help),
    KeyBinding(
      .control("l"), hint: "redraw", help: "draw the screen again", group: "Everywhere",
      isHinted: false, message: .redraw),
    KeyBinding(
      .control("z"), hint: "suspend", help: "suspend; fg in the shell comes back",
      group: "Everywhere", isHinted: false, message: .suspend),
    KeyBinding(
      .control("x"), hint: "lock", help: "lock: show nothing until Enter", group: "Everywhere",
      isHinted: false, message: .lock),
  ]
}
