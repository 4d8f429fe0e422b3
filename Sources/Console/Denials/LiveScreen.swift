import Access
import Administration
import Store
import Terminal

/// Security → Live: the gate's decisions as they come. Allowed ones are counted, and denied ones listed. The page looks once
/// a second at what the gate has written, so that the gate does nothing for it.
struct LiveScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<DenialRow>.Message)
    case look
    case looked(Result<LiveFeed.News, Problem>)
    case pause
  }

  let title = "Live"
  var place: Place? { Places.live }
  private let context: ConsoleContext
  var rows: LoadedList<DenialRow>
  private(set) var feed: LiveFeed
  private(set) var isPaused = false
  /// Why the last look failed.
  private var problem: Problem?

  private static let milliseconds = 1_000
  private static let timer = "live"

  init(context: ConsoleContext) {
    self.context = context
    feed = LiveFeed(openedAt: context.now)
    rows = LoadedList(
      WindowedList(
        columns: DenialRow.columns(context), emptyLine: "The gate denied nothing, as far as it is kept",
        filterPlaceholder: "part of a token, a place, a step or an address"),
      source: Self.source([]))
  }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "w", hint: "why", help: "why it was denied") {
        .open(DenialScreen($0.denial, context: context))
      },
      KeyBinding(
        " ", hint: isPaused ? "go on" : "pause", help: isPaused ? "go on looking" : "let nothing new come",
        message: .pause),
    ]
  }

  let headingRows = 1
  let inset = 1

  var heading: [ListCell] {
    if let problem { return [ListCell("? \(problem.line)", Style(.warning))] }
    let state = isPaused ? "paused" : "live"
    let since = "since \(context.clock.minute(feed.openedAt).suffix(5))"
    guard let sum = feed.sum else {
      return [ListCell("\(state) · \(feed.isUncounted ? OverviewCharts.uncounted : "…")", .muted)]
    }
    let more = feed.latest.allowed > 0 ? " (+\(feed.latest.allowed.grouped))" : ""
    return [
      ListCell(
        "\(state) · \(since): \(sum.allowed.grouped) allowed\(more), \(sum.denied.grouped) denied",
        isPaused ? Style(.warning, .bold) : .bold)
    ]
  }

  mutating func appear() -> Effect<Message> { .batch(reload(), isPaused ? .none : look()) }
  mutating func reappear() -> Effect<Message> { appear() }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .look: return look()
    case .looked(let result): return take(result)
    case .pause:
      isPaused.toggle()
      return isPaused ? .batch(.cancel(Self.timer), .cancel("look")) : look()
    }
  }

  private func look() -> Effect<Message> {
    .run("looking at the gate", cancelling: "look", awaited: false) { [context, feed] in
      .looked(Problem.catching { try feed.news(context.administration) })
    }
  }

  private mutating func take(_ result: Result<LiveFeed.News, Problem>) -> Effect<Message> {
    let next = Effect<Message>.after(milliseconds: Self.milliseconds, key: Self.timer, .look)
    switch result {
    case .failure(let problem):
      self.problem = problem
      return next
    case .success(let news):
      problem = nil
      feed.add(news)
      guard !news.denials.isEmpty || news.isWhole else { return next }
      return .batch(show(news), next)
    }
  }

  /// Shows the held denials. The first row follows the newest one, and any other row stays selected.
  private mutating func show(_ news: LiveFeed.News) -> Effect<Message> {
    rows.source = Self.source(feed.denials)
    let isAtFirst = rows.list.isLoaded && rows.list.selection == 0 && !rows.list.hasBefore
    guard isAtFirst, !news.denials.isEmpty,
      let newest = Self.matching(feed.denials, rows.list.filter.text).first
    else { return reload() }
    return rows.update(.reveal(newest.cursor)).effect.map { .rows($0) }
  }

  /// The held denials that match the filter.
  private static func source(_ denials: [DenialRow]) -> LoadedList<DenialRow>.Source {
    var source = LoadedList<DenialRow>.Source("reading denials") { request in
      .success(page(of: matching(denials, request.filter), request))
    }
    source.count = { .success(matching(denials, $0).count) }
    return source
  }

  private static func matching(_ denials: [DenialRow], _ filter: String) -> [DenialRow] {
    guard let search = SearchText(filter) else { return denials }
    return denials.filter { search.matches($0.searched) }
  }

  private static func page(
    of denials: [DenialRow], _ request: ListRequest<DenialCursor>
  ) -> ListPage<DenialRow> {
    request.page { position, limit in
      let range: Range<Int> =
        switch position {
        case .first: 0..<min(limit, denials.count)
        case .last: max(0, denials.count - limit)..<denials.count
        case .after(let cursor): place(of: cursor, in: denials, isAfter: true, limit)
        case .before(let cursor): place(of: cursor, in: denials, isAfter: false, limit)
        }
      return ListPage(
        rows: Array(denials[range]), hasBefore: range.lowerBound > 0,
        hasAfter: range.upperBound < denials.count)
    }
  }

  /// The rows right after or before a denial, which need not be held any more. The latest come first.
  private static func place(
    of cursor: DenialCursor, in denials: [DenialRow], isAfter: Bool, _ limit: Int
  ) -> Range<Int> {
    if isAfter {
      let start = denials.firstIndex { $0.cursor.number < cursor.number } ?? denials.count
      return start..<min(start + limit, denials.count)
    }
    let end = denials.firstIndex { $0.cursor.number <= cursor.number } ?? denials.count
    return max(0, end - limit)..<end
  }
}

extension DenialRow {
  /// The texts in which a filter searches.
  fileprivate var searched: String {
    [
      denial.token, denial.request.place, denial.request.path, denial.request.source,
      denial.explanation.deniedStep?.rawValue,
    ].compactMap { $0 }.joined(separator: "\n")
  }
}
