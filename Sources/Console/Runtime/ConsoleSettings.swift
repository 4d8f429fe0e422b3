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

/// By what a console goes that may be set anew while it runs.
package struct ConsoleRules: Hashable, Sendable {
  /// Milliseconds without a key after which it is locked; nil: never.
  package var lockAfterMilliseconds: Int?
  /// Milliseconds locked after which it is left; nil: never.
  package var endAfterMilliseconds: Int?
  /// Whether it says that it shows no Token ID.
  package var isRecordingSafe: Bool

  package init(
    lockAfterMilliseconds: Int? = nil, endAfterMilliseconds: Int? = nil, isRecordingSafe: Bool = false
  ) {
    self.lockAfterMilliseconds = lockAfterMilliseconds
    self.endAfterMilliseconds = endAfterMilliseconds
    self.isRecordingSafe = isRecordingSafe
  }
}
