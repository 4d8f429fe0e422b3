package import Interchange

/// The settings that the composition root gives to the console.
package struct ConsoleSettings: Sendable {
  /// The first word of the title bar.
  package var product: String
  /// The text at the right of the title bar, such as the store's name and `UTC`.
  package var context: String
  /// Makes the palette from the actions of the screen on top and those that work everywhere; nil where there
  /// is no palette.
  package var palette: (@Sendable ([ScreenAction]) -> any Screen)?
  /// Makes the help page from the same actions.
  package var help: (@Sendable ([ScreenAction]) -> any Screen)?
  /// Makes the screen with the person's own last changes; nil where the person can't undo anything now.
  package var undo: @Sendable () -> (any Screen)? = { nil }
  /// Layers that are never drawn and never closed; see ``Effect/tell(_:)``. Keys are looked up in their
  /// bindings after those of the screen on top.
  package var services: [any Screen]
  /// Whether the terminal reports the mouse from the start.
  package var takesMouse = true
  /// The name of the person, which the locked console shows.
  package var person = ""
  /// The rules with which the console starts.
  package var rules = ConsoleRules()
  /// The person's own settings.
  package var config = ConsoleConfig.standard
  /// Keeps one part of the person's settings where they come from. It is called off the main actor. Returns what went
  /// wrong; nil where the part is kept.
  package var keepConfig: @Sendable (ConfigKey, ConsoleConfig) -> Problem? = { _, _ in nil }
  /// What the console says first; nil for nothing.
  package var greeting: Toast?
  /// Whether the console starts in read-only mode.
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

/// The rules of a console that may change while the console runs.
package struct ConsoleRules: Hashable, Sendable {
  /// Milliseconds without a key after which the console locks; nil for never.
  package var lockAfterMilliseconds: Int?
  /// Milliseconds after locking when the console ends; nil for never.
  package var endAfterMilliseconds: Int?
  /// Whether the console says that it shows no Token ID.
  package var isRecordingSafe: Bool

  package init(
    lockAfterMilliseconds: Int? = nil, endAfterMilliseconds: Int? = nil, isRecordingSafe: Bool = false
  ) {
    self.lockAfterMilliseconds = lockAfterMilliseconds
    self.endAfterMilliseconds = endAfterMilliseconds
    self.isRecordingSafe = isRecordingSafe
  }
}
