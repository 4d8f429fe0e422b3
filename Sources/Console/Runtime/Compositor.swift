package import Terminal

/// The stack of screens: hands events to the one on top, performs what screens ask for as far as
/// that needs no terminal, clock or thread, and draws. Pure: what is left is returned as commands.
package struct Compositor: Sendable {
  struct Opened: Sendable {
    /// What follows for the opener from an outcome.
    typealias Reply = @Sendable (any Sendable) -> Effect<ErasedMessage>

    let id: LayerID
    var screen: any Screen
    var opener: LayerID?
    var reply: Reply?
    /// The room that it was last told.
    var bounds: Rect?
  }

  /// What a click means: what is done, and for which layer.
  struct Target: Sendable {
    let layer: LayerID
    let effect: @Sendable () -> Effect<ErasedMessage>
  }

  package let settings: ConsoleSettings
  package internal(set) var size: Size
  /// Screens from the root to the top; never empty once started.
  var stack: [Opened] = []
  /// Screens that are never drawn.
  var services: [Opened] = []
  var tickets = Tickets()
  var statuses: [LayerID: String] = [:]
  var toast: Toast?
  /// Whether the toast is about the last key alone, and goes with the next one.
  var isToastOfKey = false
  var showsWork = false
  /// Whether the person lets the console have the mouse.
  var isMouseOn = true
  /// Whether the terminal was told to report it.
  var isMouseTaken = true
  /// Whether the frame says that nothing can be changed.
  package internal(set) var isReadOnly = false
  /// Nothing is shown, and nothing taken but Enter.
  package internal(set) var isLocked = false
  package internal(set) var rules: ConsoleRules
  /// Who else is here, in words.
  package var company: String?
  /// What the store tells, such as who is writing; it goes before everything else in the title bar.
  package var storeNews: String?
  /// The screen on top was opened, drops what was typed ahead, and wasn't presented yet.
  package internal(set) var isDroppingTypeAhead = false
  /// The screen that opened by itself and takes no key yet, since keys may still be meant for another.
  var unsettled: LayerID?
  var zones: [Frame<Target>.Zone] = []
  var commands: [Command] = []
  private var lastLayer = 0

  /// The layer of the compositor's own timers, and of what works everywhere.
  static let chrome = LayerID(number: 0)

  package init(root: any Screen, settings: ConsoleSettings, size: Size) {
    self.settings = settings
    self.size = size
    isMouseOn = settings.takesMouse
    isMouseTaken = settings.takesMouse
    isReadOnly = settings.isReadOnly
    rules = settings.rules
    services = settings.services.map { Opened(id: nextLayerID(), screen: $0) }
    stack = [Opened(id: nextLayerID(), screen: root)]
  }

  /// The place of the uppermost screen that has one, for `--resume`.
  package var place: Place? { stack.lazy.reversed().compactMap(\.screen.place).first }
  /// What screens and services show in the title bar now.
  package var statusTexts: [String] { Array(statuses.values) }
  /// What is pending on the screens, the lowest first.
  package var drafts: [Draft] { stack.compactMap(\.screen.draft) }
  /// The titles from the root to the top.
  package var titles: [String] { stack.map(\.screen.title) }

  mutating func nextLayerID() -> LayerID {
    lastLayer += 1
    return LayerID(number: lastLayer)
  }

  /// Shows the root; to be called once, before anything else.
  package mutating func start() -> [Command] {
    for service in services { tell(.appear, to: service.id) }
    if let root = stack.first { introduce(root.id) }
    stirred()
    return takeCommands()
  }

  /// Opens a screen on top, as `--resume` does.
  package mutating func open(_ screen: any Screen) -> [Command] {
    push(screen, opener: stack.last?.id)
    return takeCommands()
  }

  /// Tells the screen on top that the data may have changed.
  package mutating func refresh() -> [Command] {
    if let top = stack.last?.id { tell(.reappear, to: top) }
    return takeCommands()
  }

  /// Brings a result or a timer's message home.
  package mutating func deliver(_ delivery: Delivery) -> [Command] {
    guard tickets.redeem(delivery.address) else { return [] }
    perform(delivery.effect, for: delivery.address.layer)
    if tickets.label == nil { workEnded() }
    return takeCommands()
  }

  /// Whether a screen waits for what it needs to understand the keys that come now.
  package var isAwaiting: Bool { tickets.isAwaiting }

  /// Whether a result would still be taken; what isn't needn't be run, nor wake anybody.
  package func isWanted(_ address: ReturnAddress) -> Bool { tickets.isWanted(address) }

  /// The last drawing has reached the person.
  package mutating func presented() { isDroppingTypeAhead = false }

  mutating func takeCommands() -> [Command] {
    defer { commands = [] }
    return commands
  }
}
