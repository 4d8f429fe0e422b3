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
  /// The time as it was last told, in milliseconds of any one clock.
  package var now = 0
  /// Screens from the root to the top; never empty once started.
  var stack: [Opened] = []
  /// Screens that are never drawn.
  var services: [Opened] = []
  var awaited = Awaited()
  var statuses: [LayerID: String] = [:]
  var toast: Toast?
  var showsWork = false
  /// Whether the person lets the console have the mouse.
  var isMouseOn: Bool
  /// Whether the terminal was told to report it.
  var isMouseTaken: Bool
  /// Whether the frame says that nothing can be changed.
  package internal(set) var isReadOnly: Bool
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
  package mutating func start() {
    for service in services { tell(.appear, to: service.id) }
    if let root = stack.first { introduce(root.id) }
    watch()
  }

  /// Opens a screen on top, as `--resume` does.
  package mutating func open(_ screen: any Screen) { push(screen, opener: stack.last?.id) }

  /// Tells the screen on top that the data may have changed.
  package mutating func refresh() {
    if let top = stack.last?.id { tell(.reappear, to: top) }
  }

  /// The last drawing has reached the person.
  package mutating func presented() { isDroppingTypeAhead = false }

  /// What the loop is to do for what was told since.
  package mutating func takeCommands() -> [Command] {
    defer { commands = [] }
    // The mouse is taken where the person lets it be, and the screen on top wants it.
    let isTaken = isMouseOn && stack.last?.screen.takesMouse ?? true
    if isTaken != isMouseTaken { commands.append(.setMouse(isTaken)) }
    isMouseTaken = isTaken
    return commands
  }

  // MARK: - What is awaited

  /// The work that is to be begun now; what comes of it goes to ``finish(_:with:)``.
  package mutating func beginWork() -> [Awaited.Entry] { awaited.begin() }

  /// Milliseconds until a timer rings; nil where none is set.
  package var timeout: Int? { awaited.timeout(now: now) }

  /// Lets the timers ring that are due by then.
  package mutating func ring(by time: Int) {
    // One that rings may end another that is due.
    for ticket in awaited.due(by: time) {
      if let timer = awaited.take(ticket) { perform(timer.effect(), for: timer.layer) }
    }
  }

  /// Brings home what has come of a piece of work.
  package mutating func finish(_ ticket: Int, with effect: Effect<ErasedMessage>) {
    guard let work = awaited.take(ticket) else { return }
    perform(effect, for: work.layer)
    guard awaited.label == nil else { return }
    showsWork = false
    setTimer(.work, milliseconds: nil)
  }
}
