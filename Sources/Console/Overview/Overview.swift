import Access
import Administration
import Terminal

/// The overview at the main menu: numbers that open their lists, and charts. Nothing is shown before it is known, and
/// what can't be read is told as such.
struct Overview: Sendable {
  typealias Counts = [Key: Result<OverviewFigure.Count, Problem>]

  enum Message: Sendable {
    case again
    case counted(Counts)
    /// The slow numbers, and how long counting them took.
    case countedSlowly(Counts, Duration)
    case charted(OverviewCharts)
  }

  let figures: [OverviewFigure]
  private let context: ConsoleContext
  private(set) var counts: Counts = [:]
  private(set) var charts: OverviewCharts?
  /// When the slow numbers were last asked for.
  private var slowAskedAt: Timestamp?
  private var isCountingSlowly = false
  /// The time for which the slow numbers stand.
  private var slowSeconds = Overview.slowSeconds(after: .zero)

  /// The time between two readings while the menu stays open.
  private static let milliseconds = 60_000
  /// The time for which slow numbers stand: 100 times as long as counting them took, so that a menu that stays open takes
  /// little of the machine; from a minute to ten.
  static func slowSeconds(after taken: Duration) -> Int64 {
    min(max(60, Int64(taken / .milliseconds(10))), 600)
  }

  private static let timer = "overview again"

  /// - Parameter context: of a person who may read security.
  init(context: ConsoleContext) {
    self.context = context
    figures = OverviewFigure.all
  }

  var clock: Clock { context.clock }

  /// Reads what is quick at once, what is slow beside it, and all again in a minute.
  mutating func read() -> Effect<Message> {
    let quick = figures.filter { !$0.isSlow }
    return .batch(
      .run("reading the overview", cancelling: "overview", awaited: false) { [context] in
        .counted(Self.counts(of: quick, context))
      },
      .run("reading the charts", cancelling: "charts", awaited: false) { [context] in
        .charted(OverviewCharts.read(context))
      },
      readSlow(), .after(milliseconds: Self.milliseconds, key: Self.timer, .again))
  }

  private mutating func readSlow() -> Effect<Message> {
    let now = context.now
    if let asked = slowAskedAt, asked <= now, now < asked.adding(seconds: slowSeconds) { return .none }
    guard !isCountingSlowly else { return .none }
    (slowAskedAt, isCountingSlowly) = (now, true)
    let slow = figures.filter(\.isSlow)
    return .run("counting tokens", cancelling: "slow", awaited: false) { [context] in
      let clock = SuspendingClock()
      let began = clock.now
      let counts = Self.counts(of: slow, context)
      return .countedSlowly(counts, clock.now - began)
    }
  }

  private static func counts(of figures: [OverviewFigure], _ context: ConsoleContext) -> Counts {
    Dictionary(
      figures.map { figure in (figure.key, Problem.catching { try figure.read(context) }) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .again: return read()
    case .counted(let counts): self.counts.merge(counts) { $1 }
    case .countedSlowly(let counts, let taken):
      self.counts.merge(counts) { $1 }
      (isCountingSlowly, slowSeconds) = (false, Self.slowSeconds(after: taken))
    case .charted(let charts): self.charts = charts
    }
    return .none
  }

  /// Opens the list of a number. The overview is read again when the menu is back.
  func open(_ index: Int) -> Effect<Message> {
    guard figures.indices.contains(index) else { return .none }
    return .batch(stop, .open(figures[index].open(context)))
  }

  /// Stops the reading each minute, because another screen covers the menu.
  var stop: Effect<Message> { .cancel(Self.timer) }
}
