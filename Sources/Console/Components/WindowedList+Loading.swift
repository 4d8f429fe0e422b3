/// Requests for rows, and their answers.
extension WindowedList {
  /// The number of rows in one request. It is more than a page, so that most keys need no request.
  private var limit: Int { max(50, 3 * height) }
  /// The greatest number of rows that are held. Beyond it, the rows that are farthest from the selection are
  /// dropped.
  private var most: Int { 8 * limit }

  /// Reads from the start, for example after a change of the filter or the order. The rows stay until others
  /// arrive.
  package mutating func restart() -> Reply {
    total = nil
    return Reply(request: request(.page(.first), .restart))
  }

  /// Reads the held rows again; the selection stays on its row.
  package mutating func reload() -> Reply {
    guard hasBefore || selection + height >= limit, let held else {
      return Reply(request: request(.page(.first), .reload))
    }
    return Reply(request: request(.around(held.cursor), .reload))
  }

  /// Goes to a row by its place in the order, for example to a row that was just added.
  package mutating func reveal(_ cursor: Row.Cursor) -> Reply {
    Reply(request: request(.around(cursor), .jump))
  }

  mutating func request(_ wanted: Request.Wanted, _ purpose: Request.Purpose) -> Request {
    requestCount += 1
    let request = Request(
      wanted: wanted, purpose: purpose, limit: limit, number: requestCount, filter: filter.text)
    awaited = request
    return request
  }

  /// Asks for the next rows a page before the selection needs them; nil while another request is open.
  mutating func prefetch() -> Request? {
    guard awaited == nil, !rows.isEmpty else { return nil }
    let end = max(selection, top + height - 1)
    if hasAfter, rows.count - 1 - end < height, let last = rows.last {
      return request(.page(.after(last.cursor)), .extend)
    }
    if hasBefore, min(selection, top) < height, let first = rows.first {
      return request(.page(.before(first.cursor)), .extend)
    }
    return nil
  }

  mutating func take(_ page: ListPage<Row>, for request: Request) -> Reply {
    guard request == awaited else { return Reply() }
    awaited = nil
    let isAgain = request.purpose == .reload && request.filter == rowsFilter && isLoaded
    let changed = isAgain ? changes(in: page) : []
    var reply = taken(page, for: request)
    if !changed.isEmpty {
      marked = changed
      reply.hasMarked = true
    }
    return reply
  }

  /// The rows that are new or whose cells changed.
  private func changes(in page: ListPage<Row>) -> Set<Row.ID> {
    let before = Dictionary(rows.map { ($0.id, watched($0)) }, uniquingKeysWith: { first, _ in first })
    // A row that only now came into the window is not new.
    let isWhole = !hasBefore && !hasAfter && !rows.isEmpty
    return Set(
      page.rows.filter { row in
        guard let old = before[row.id] else { return isWhole }
        return old != watched(row)
      }.map(\.id))
  }

  private func watched(_ row: Row) -> [String] {
    columns.filter(\.isWatched).map { $0.cell(row).text }
  }

  private mutating func taken(_ page: ListPage<Row>, for request: Request) -> Reply {
    rowsFilter = request.filter
    filter.notice = page.notice
    switch request.wanted {
    case .page(.after): append(page)
    case .page(.before): prepend(page)
    case .page(.first):
      replace(with: page, offset: 0, selecting: choice(request.purpose, asked: 0, in: page))
      // In another order, the rows that now come first are what the person wants to see.
      if request.purpose == .restart, selection < height { top = 0 }
    case .page(.last):
      replace(
        with: page, offset: total.map { max(0, $0 - page.rows.count) }, selecting: page.rows.count - 1)
    case .around:
      replace(
        with: page, offset: page.hasBefore ? nil : 0,
        selecting: choice(request.purpose, asked: page.focus ?? 0, in: page))
    }
    return settle()
  }

  /// The index of the row to select among new rows.
  private func choice(_ purpose: Request.Purpose, asked: Int, in page: ListPage<Row>) -> Int {
    if purpose == .jump { return asked }
    if let id = held?.id, let same = page.rows.firstIndex(where: { $0.id == id }) { return same }
    if purpose == .restart { return page.focus ?? 0 }
    return page.focus ?? selection
  }

  private mutating func append(_ page: ListPage<Row>) {
    rows += page.rows
    hasAfter = page.hasAfter
    let excess = min(rows.count - most, top - height)
    guard excess > 0 else { return }
    rows.removeFirst(excess)
    hasBefore = true
    selection -= excess
    top -= excess
    offset = offset.map { $0 + excess }
  }

  private mutating func prepend(_ page: ListPage<Row>) {
    rows = page.rows + rows
    selection += page.rows.count
    top += page.rows.count
    hasBefore = page.hasBefore
    offset = page.hasBefore ? offset.map { max(0, $0 - page.rows.count) } : 0
    let kept = max(most, top + 2 * height)
    guard rows.count > kept else { return }
    rows.removeLast(rows.count - kept)
    hasAfter = true
  }

  private mutating func replace(with page: ListPage<Row>, offset: Int?, selecting index: Int) {
    let distance = selection - top
    rows = page.rows
    hasBefore = page.hasBefore
    hasAfter = page.hasAfter
    self.offset = offset
    pendingMove = 0
    selection = max(0, min(index, rows.count - 1))
    top = clampedTop(selection - distance)
    isLoaded = true
  }

  /// Continues a move that lacked rows, and finds out whether more rows are needed.
  private mutating func settle() -> Reply {
    if !hasBefore, !hasAfter { total = rows.count }
    let count = pendingMove
    pendingMove = 0
    if count != 0 { return count.magnitude > 1 ? turn(by: count) : move(by: count) }
    showSelection()
    return Reply(request: prefetch())
  }
}
