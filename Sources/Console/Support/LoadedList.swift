import Terminal

/// A windowed list together with where its rows come from: it reads what it needs by effects
/// of the screen that has it.
struct LoadedList<Row: ListRow>: Sendable {
  typealias Request = ListRequest<Row.Cursor>

  enum Message: Sendable {
    case list(WindowedList<Row>.Message)
    case loaded(Request, Result<ListPage<Row>, Problem>)
    case count
    case counted(Result<Int, Problem>)
  }

  /// Counting more than so many rows takes long enough to be in the way of the next key; so it waits until
  /// nothing was typed for so many milliseconds.
  private static var many: Int { 20_000 }
  private static var pauseMilliseconds: Int { 200 }

  /// Where the rows come from; called off the main actor.
  struct Source: Sendable {
    let label: String
    let page: @Sendable (Request) -> Result<ListPage<Row>, Problem>
    let count: (@Sendable (_ filter: String) -> Result<Int, Problem>)?

    init(
      _ label: String, page: @escaping @Sendable (Request) -> Result<ListPage<Row>, Problem>,
      count: (@Sendable (_ filter: String) -> Result<Int, Problem>)? = nil
    ) {
      self.label = label
      self.page = page
      self.count = count
    }
  }

  var list: WindowedList<Row>
  var source: Source
  private(set) var problem: Problem?
  /// The most that there ever were.
  private var most = 0
  private let headingRows: Int

  init(_ list: WindowedList<Row>, source: Source, headingRows: Int = 0) {
    self.list = list
    self.source = source
    self.headingRows = headingRows
  }

  var selected: Row? { list.selected }

  mutating func update<S: Screen>(
    _ message: Message, _ wrap: @escaping @Sendable (Message) -> S.Message
  ) -> (event: WindowedList<Row>.Event?, effect: Effect<S>) {
    switch message {
    case .list(let message):
      let reply = list.update(message)
      return follow(reply, wrap)
    case .loaded(let request, .success(let page)):
      problem = nil
      let reply = list.update(.loaded(request, page))
      return follow(reply, wrap)
    case .loaded(let request, .failure(let problem)):
      self.problem = problem
      let reply = list.update(.failed(request))
      return follow(reply, wrap)
    case .count: return (nil, count(wrap))
    case .counted(.success(let total)):
      most = max(most, total)
      let reply = list.update(.total(total))
      return follow(reply, wrap)
    case .counted(.failure): return (nil, .none)
    }
  }

  mutating func layout<S: Screen>(
    in bounds: Rect, _ wrap: @escaping @Sendable (Message) -> S.Message
  ) -> Effect<S> {
    let reply = list.layout(in: bounds.splitTop(headingRows).rest)
    return follow(reply, wrap).effect
  }

  /// Reads the rows for the first time, or anew where they may have changed.
  mutating func reload<S: Screen>(_ wrap: @escaping @Sendable (Message) -> S.Message) -> Effect<S> {
    let reply = list.isLoaded ? list.reload() : list.restart()
    return .batch(follow(reply, wrap).effect, count(wrap))
  }

  mutating func restart<S: Screen>(_ wrap: @escaping @Sendable (Message) -> S.Message) -> Effect<S> {
    let reply = list.restart()
    return .batch(follow(reply, wrap).effect, count(wrap))
  }

  mutating func reveal<S: Screen>(
    _ cursor: Row.Cursor, _ wrap: @escaping @Sendable (Message) -> S.Message
  ) -> Effect<S> {
    let reply = list.reveal(cursor)
    return .batch(follow(reply, wrap).effect, count(wrap))
  }

  /// What a reply of the list asks for. The reply is made before this is called, never in the call: else this
  /// would be asked of the list as it was before.
  private func follow<S: Screen>(
    _ reply: WindowedList<Row>.Reply, _ wrap: @escaping @Sendable (Message) -> S.Message
  ) -> (event: WindowedList<Row>.Event?, effect: Effect<S>) {
    var effects: [Effect<S>] = []
    // The first rows, and those of another filter, tell what Enter is for; others are a matter of scrolling.
    let awaiting: Awaiting = list.isLoaded ? (reply.isFiltered ? .allButText : .nothing) : .all
    if let request = reply.request {
      effects.append(
        .run(source.label, cancelling: "rows", awaited: awaiting) { [source] in
          wrap(.loaded(request, source.page(request)))
        })
    }
    if reply.isFiltered {
      effects.append(
        most > Self.many
          ? .batch(
            .cancel("count"), .after(milliseconds: Self.pauseMilliseconds, key: "count", wrap(.count)))
          : count(wrap))
    }
    if reply.hasMarked {
      effects.append(.after(milliseconds: 2_500, key: "marks", wrap(.list(.unmark))))
    }
    return (reply.event, .batch(effects))
  }

  private func count<S: Screen>(_ wrap: @escaping @Sendable (Message) -> S.Message) -> Effect<S> {
    guard let count = source.count else { return .none }
    let filter = list.filter.text
    return .run(source.label, cancelling: "count", awaited: false) { wrap(.counted(count(filter))) }
  }

  func draw(on frame: inout Frame<Message>) {
    if let problem {
      frame.put(problem, in: frame.bounds)
      return
    }
    frame.child(frame.bounds, { .list($0) }) { list.draw(in: $0.bounds, on: &$0) }
  }
}

extension ListRequest where Cursor == Int {
  /// The wanted rows of an array that is in memory, whose cursors are its indices.
  func page<Row: ListRow>(of rows: [Row]) -> ListPage<Row> where Row.Cursor == Int {
    page { position, limit in
      let range: Range<Int> =
        switch position {
        case .first: 0..<min(limit, rows.count)
        case .last: max(0, rows.count - limit)..<rows.count
        case .after(let index): min(index + 1, rows.count)..<min(index + 1 + limit, rows.count)
        case .before(let index): max(0, min(index, rows.count) - limit)..<max(0, min(index, rows.count))
        }
      return ListPage(
        rows: Array(rows[range]), hasBefore: range.lowerBound > 0, hasAfter: range.upperBound < rows.count)
    }
  }
}
