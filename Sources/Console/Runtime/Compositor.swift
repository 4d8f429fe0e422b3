package import Terminal

/// The stack of screens. The compositor hands events to the screen on top, performs effects as far as they
/// need no terminal, clock or thread, and draws. It is pure: what it can't do itself it returns as commands.
package struct Compositor: Sendable {
  struct Opened: Sendable {
    /// Makes the effect that follows for the opener from an outcome.
    typealias Reply = @Sendable (any Sendable) -> Effect<ErasedMessage>

    let id: LayerID
    var screen: any Screen
    var opener: LayerID?
    var reply: Reply?
    /// The room that the layer was last told.
    var bounds: Rect?
  }

  /// The meaning of a click: an effect, and the layer for which it is performed.
  struct Target: Sendable {
    let layer: LayerID
    let effect: @Sendable () -> Effect<ErasedMessage>
  }

  /// A click, by which the next one may become a double click.
  struct Click: Sendable {
    /// The greatest time between the clicks of a double click, which is what desktops use.
    static let mostMilliseconds = 500

    /// The time, in the milliseconds of ``Compositor/now``.
    let at: Int
    let rect: Rect
    let layer: LayerID
    let point: Point
    /// The layer that was on top.
    let top: LayerID?

    /// Whether this is the second half of a double click whose first half already opened or closed a screen.
    func isLeftOver(of first: Click?) -> Bool {
      guard let first, first.point == point, first.top != top, layer != Compositor.chrome else {
        return false
      }
      return at - first.at <= Self.mostMilliseconds
    }

    /// Whether this click makes a double click with the one before.
    func isSecond(after first: Click?) -> Bool {
      guard let first, first.layer == layer, first.rect == rect else { return false }
      return at - first.at <= Self.mostMilliseconds
    }
  }

  package let settings: ConsoleSettings
  package internal(set) var size: Size
  /// The present time, in milliseconds of any clock.
  package var now = 0
  /// The screens from the root to the top. The stack is never empty once the console has started.
  var stack: [Opened] = [] { didSet { offers = nil } }
  /// Screens that are never drawn.
  var services: [Opened] = [] { didSet { offers = nil } }
  /// What the last frame offered; nil where that has changed since.
  var offers: Offers?
  var awaited = Awaited()
  var statuses: [LayerID: String] = [:]
  var toast: Toast?
  var showsWork = false
  /// Whether the person allows the console to use the mouse.
  var isMouseOn: Bool
  /// Whether the terminal was told to report the mouse.
  var isMouseTaken: Bool
  /// Whether the console is in read-only mode, which a frame shows.
  package internal(set) var isReadOnly: Bool { didSet { offers = nil } }
  /// Whether the console is locked. A locked console shows nothing, and takes only Enter.
  package internal(set) var isLocked = false
  package internal(set) var rules: ConsoleRules { didSet { offers = nil } }
  /// The person's own settings.
  package internal(set) var config: ConsoleConfig { didSet { offers = nil } }
  /// The words for the other people who are present.
  package var company: String?
  /// News about the store, such as who is writing. They go before everything else in the title bar.
  package var storeNews: String?
  /// Whether keys are dropped, because the screen on top drops what was typed ahead and has not been shown
  /// yet.
  package internal(set) var isDroppingTypeAhead = false
  /// The screen that opened by itself and takes no key yet, because keys may still be meant for an earlier
  /// screen.
  var unsettled: LayerID?
  var zones: [Frame<Target>.Zone] = []
  var lastClick: Click?
  var commands: [Command] = []
  private var lastLayer = 0

  /// The layer of the compositor's own timers and of the keys that work everywhere.
  static let chrome = LayerID(number: 0)

  package init(root: any Screen, settings: ConsoleSettings, size: Size) {
    self.settings = settings
    self.size = size
    isMouseOn = settings.takesMouse
    isMouseTaken = settings.takesMouse
    isReadOnly = settings.isReadOnly
    rules = settings.rules
    config = settings.config
    services = settings.services.map { Opened(id: nextLayerID(), screen: $0) }
    stack = [Opened(id: nextLayerID(), screen: root)]
  }

  /// The place of the uppermost screen that has one. `--resume` opens this place.
  package var place: Place? { stack.lazy.reversed().compactMap(\.screen.place).first }
  /// The texts that screens and services show in the title bar now.
  package var statusTexts: [String] { Array(statuses.values) }
  /// The pending edits of the screens, the lowest screen first.
  package var drafts: [Draft] { stack.flatMap(\.screen.drafts) }
  /// The titles of the screens from the root to the top.
  package var titles: [String] { stack.map(\.screen.title) }

  mutating func nextLayerID() -> LayerID {
    lastLayer += 1
    return LayerID(number: lastLayer)
  }

  /// Shows the root. The caller calls this once, before anything else.
  /// - Parameter screens: screens to open over the root, as `--resume` does. The root reads nothing while they cover it.
  package mutating func start(opening screens: [any Screen] = []) {
    for service in services { tell(.appear, to: service.id) }
    if let root = stack.first { introduce(root.id, appears: screens.isEmpty) }
    for screen in screens { push(screen, opener: stack.last?.id) }
    if let greeting = settings.greeting { show(greeting) }
    watch()
  }

  /// Tells the screen on top that the data may have changed.
  package mutating func refresh() {
    if let top = stack.last?.id { tell(.reappear, to: top) }
  }

  /// Notes that the person can see the last drawing.
  package mutating func presented() { isDroppingTypeAhead = false }

  /// Returns the commands that have collected for the loop, and forgets them.
  package mutating func takeCommands() -> [Command] {
    defer { commands = [] }
    // The console takes the mouse where the person allows this and the screen on top wants it.
    let isTaken = isMouseOn && stack.last?.screen.takesMouse ?? true
    if isTaken != isMouseTaken { commands.append(.setMouse(isTaken)) }
    isMouseTaken = isTaken
    return commands
  }

  // MARK: - Work and timers

  /// The work that is to start now. Its results go to ``finish(_:with:)``.
  package mutating func beginWork() -> [Awaited.Entry] { awaited.begin() }

  /// Milliseconds until the next timer rings; nil where none is set.
  package var timeout: Int? { awaited.timeout(now: now) }

  /// Lets the timers ring that are due by a time.
  package mutating func ring(by time: Int) {
    // A timer that rings may cancel another one that is due, so each is looked up again.
    for ticket in awaited.due(by: time) {
      if let timer = awaited.take(ticket) { perform(timer.effect(), for: timer.layer) }
    }
  }

  /// Performs the effect that follows from a piece of work, unless the work is no longer wanted.
  package mutating func finish(_ ticket: Int, with effect: Effect<ErasedMessage>) {
    guard let work = awaited.take(ticket) else { return }
    perform(effect, for: work.layer)
    guard awaited.label == nil else { return }
    showsWork = false
    setTimer(.work, milliseconds: nil)
  }
}
