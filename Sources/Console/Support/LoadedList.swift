import Store
import Terminal

/// A windowed list together with the source of its rows. It reads what it needs by effects of its screen.
struct LoadedList<Row: ListRow>: Sendable {
  typealias Request = ListRequest<Row.Cursor>

  enum Message: Sendable {
    case list(WindowedList<Row>.Message)
    case loaded(Request, Result<ListPage<Row>, Problem>)
    case count
    /// Goes to a row by its place in the order, for example to a row that was just added.
    case reveal(Row.Cursor)
    case counted(Result<Int, Problem>)
    /// The names that complete the end of the filter.
    case named(NameBeginning, Result<[String], Problem>)
  }

  /// The number of rows from which counting takes long enough to delay the next key. Counting then waits
  /// until nothing was typed for a while.
  private static var many: Int { 20_000 }
  private static var pauseMilliseconds: Int { 200 }

  /// The source of the rows, which is called off the main actor.
  struct Source: Sendable {
    let label: String
    let page: @Sendable (Request) -> Result<ListPage<Row>, Problem>
    var count: (@Sendable (_ filter: String) -> Result<Int, Problem>)?
    /// The things on which the filter may have conditions; nil where the filter is a part of the name.
    var conditions: ListedKind?
    /// Looks up the names that complete the end of the filter.
    var names: (@Sendable (NameBeginning) -> Result<[String], Problem>)?

    init(_ label: String, page: @escaping @Sendable (Request) -> Result<ListPage<Row>, Problem>) {
      self.label = label
      self.page = page
    }
  }

  var list: WindowedList<Row>
  var source: Source
  /// The place of the row on which the list begins; nil for the first row.
  var start: Row.Cursor?
  private(set) var problem: Problem?
  /// The greatest number of rows so far.
  private var most = 0

  init(_ list: WindowedList<Row>, source: Source) {
    self.list = list
    self.source = source
    self.list.filter.conditions = source.conditions
  }

  var selected: Row? { list.selected }

  mutating func update(
    _ message: Message
  ) -> (pressed: Key?, effect: Effect<Message>) {
    switch message {
    case .list(let message):
      let reply = list.update(message)
      return follow(reply)
    case .loaded(let request, .success(let page)):
      problem = nil
      let reply = list.update(.loaded(request, page))
      return follow(reply)
    case .loaded(let request, .failure(let problem)):
      self.problem = problem
      let reply = list.update(.failed(request))
      return follow(reply)
    case .count: return (nil, count())
    case .reveal(let cursor): return (nil, reveal(cursor))
    case .counted(.success(let total)):
      most = max(most, total)
      let reply = list.update(.total(total))
      return follow(reply)
    case .named(let beginning, .success(let names)):
      _ = list.update(.filter(.offer(beginning, names)))
      return (nil, .none)
    // Without a number the title has none; without names Tab completes none.
    case .counted(.failure), .named(_, .failure): return (nil, .none)
    }
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    let reply = list.layout(in: bounds)
    return follow(reply).effect
  }

  /// Reads the rows for the first time, or again where they may have changed.
  mutating func reload() -> Effect<Message> {
    let reply = list.isLoaded ? list.reload() : start.map { list.reveal($0) } ?? list.restart()
    return .batch(follow(reply).effect, count())
  }

  mutating func restart() -> Effect<Message> {
    let reply = list.restart()
    return .batch(follow(reply).effect, count())
  }

  private mutating func reveal(_ cursor: Row.Cursor) -> Effect<Message> {
    let reply = list.reveal(cursor)
    return .batch(follow(reply).effect, count())
  }

  /// Does what a reply of the list asks for. Make the reply before this call, and not within its arguments,
  /// because Swift would then read the list as it was before.
  private func follow(
    _ reply: WindowedList<Row>.Reply
  ) -> (pressed: Key?, effect: Effect<Message>) {
    var effects: [Effect<Message>] = []
    // Enter needs the first rows, and those of a new filter. Other rows only matter for scrolling.
    let awaiting: Awaiting = list.isLoaded ? (reply.isFiltered ? .allButText : .nothing) : .all
    if let request = reply.request {
      effects.append(
        .run(source.label, cancelling: "rows", awaited: awaiting) { [source] in
          .loaded(request, source.page(request))
        })
    }
    if reply.isFiltered {
      effects.append(lookUpNames())
      effects.append(
        most > Self.many
          ? .batch(
            .cancel("count"), .after(milliseconds: Self.pauseMilliseconds, key: "count", .count))
          : count())
    }
    if reply.hasMarked {
      effects.append(.after(milliseconds: 2_500, key: "marks", .list(.unmark)))
    }
    return (reply.pressed, .batch(effects))
  }

  /// Tab waits for the names; what is typed doesn't.
  private func lookUpNames() -> Effect<Message> {
    guard let names = source.names, let beginning = list.filter.wanted else { return .cancel("names") }
    return .run("looking up names", cancelling: "names", awaited: .allButText) {
      .named(beginning, names(beginning))
    }
  }

  private func count() -> Effect<Message> {
    guard let count = source.count else { return .none }
    let filter = list.filter.text
    return .run(source.label, cancelling: "count", awaited: false) { .counted(count(filter)) }
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
  /// The wanted rows of an array in memory, whose cursors are its indices.
  ///
  /// - Parameter start: the index of the row on which a new list begins; nil for the first row.
  func page<Row: ListRow>(of rows: [Row], start: Int? = nil) -> ListPage<Row> where Row.Cursor == Int {
    let isAtStart = wanted == .page(.first)
    var page = page(of: rows, atLeast: isAtStart ? (start ?? 0) + 1 : 0)
    if isAtStart { page.focus = start }
    return page
  }

  private func page<Row: ListRow>(of rows: [Row], atLeast least: Int) -> ListPage<Row>
  where Row.Cursor == Int {
    page { position, limit in
      let range: Range<Int> =
        switch position {
        case .first: 0..<min(max(limit, least), rows.count)
        case .last: max(0, rows.count - limit)..<rows.count
        case .after(let index): min(index + 1, rows.count)..<min(index + 1 + limit, rows.count)
        case .before(let index): max(0, min(index, rows.count) - limit)..<max(0, min(index, rows.count))
        }
      return ListPage(
        rows: Array(rows[range]), hasBefore: range.lowerBound > 0, hasAfter: range.upperBound < rows.count)
    }
  }
}
