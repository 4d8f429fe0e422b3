package import Terminal

/// The stack of screens: hands events to the one on top, performs what screens ask for as far as
/// that needs no terminal, clock or thread, and draws. Pure: what is left is returned as commands.
package struct Compositor: Sendable {
  struct Opened: Sendable {
    var layer: any Layer
    var opener: LayerID?
    var reply: (@Sendable (any Sendable) -> ErasedMessage?)?
    /// The room that it was last told.
    var bounds: Rect?
  }

  /// What a click means.
  enum Target: Sendable {
    case layer(LayerID, ErasedMessage)
    case global(GlobalAction)
  }

  struct Zone: Sendable {
    var rect: Rect
    var action: Mouse.Action
    var target: Target
  }

  package let settings: ConsoleSettings
  package internal(set) var size: Size
  /// Screens from the root to the top; never empty once started.
  var stack: [Opened] = []
  var services: [any Layer] = []
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
  var zones: [Zone] = []
  var commands: [Command] = []
  private var lastLayer = 0

  /// The layer of the compositor's own timers.
  static let chrome = LayerID(number: 0)

  package init(root: AnyScreen, settings: ConsoleSettings, size: Size) {
    self.settings = settings
    self.size = size
    isMouseOn = settings.takesMouse
    isMouseTaken = settings.takesMouse
    isReadOnly = settings.isReadOnly
    rules = settings.rules
    services = settings.services.map { $0.layer(nextLayerID()) }
    stack = [Opened(layer: root.layer(nextLayerID()))]
  }

  /// The place of the uppermost screen that has one, for `--resume`.
  package var place: Place? { stack.lazy.reversed().compactMap(\.layer.place).first }
  /// What screens and services show in the title bar now.
  package var statusTexts: [String] { Array(statuses.values) }
  /// What is pending on the screens, the lowest first.
  package var drafts: [Draft] { stack.compactMap(\.layer.draft) }
  /// The titles from the root to the top.
  package var titles: [String] { stack.map(\.layer.title) }

  mutating func nextLayerID() -> LayerID {
    lastLayer += 1
    return LayerID(number: lastLayer)
  }

  /// Shows the root; to be called once, before anything else.
  package mutating func start() -> [Command] {
    for service in services { perform(forService: service.id) { $0.appear() } }
    if let root = stack.first { introduce(root.layer.id) }
    stirred()
    return takeCommands()
  }

  /// Opens a screen on top, as `--resume` does.
  package mutating func open(_ screen: AnyScreen) -> [Command] {
    push(screen, opener: stack.last?.layer.id, reply: nil)
    return takeCommands()
  }

  /// Tells the screen on top that the data may have changed.
  package mutating func refresh() -> [Command] {
    if let top = stack.last?.layer.id { perform(for: top) { $0.reappear() } }
    return takeCommands()
  }

  /// Brings a result or a timer's message home.
  package mutating func deliver(_ delivery: Delivery) -> [Command] {
    guard tickets.redeem(delivery.address) else { return [] }
    if delivery.address.layer == Self.chrome {
      chromeTimer(delivery.message)
    } else {
      send(delivery.message, to: delivery.address.layer)
    }
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
