internal import Store

extension PagePosition {
  /// The row beside which a page stands, nil for an end of the list, and whether it stands after the row.
  private var parts: (cursor: Cursor?, isForward: Bool) {
    switch self {
    case .first: (nil, true)
    case .last: (nil, false)
    case .after(let cursor): (cursor, true)
    case .before(let cursor): (cursor, false)
    }
  }

  /// The rows of the page, at most ``maximumPageRows``.
  ///
  /// - Parameters:
  ///   - place: where a cursor stands.
  ///   - placeOf: where a row stands.
  ///   - hasBehind: whether there are rows on the other side of a place; nil: that is read.
  ///   - read: reads at most so many rows beyond a place, or from the end of the list, forward or back.
  func successive<Row, Place>(
    limit: Int, place: (Cursor) -> Place, of placeOf: (Row) -> Place, hasBehind: Bool? = nil,
    _ read: (_ beyond: Place?, _ isForward: Bool, _ limit: Int) throws -> [Row]
  ) throws -> (rows: [Row], hasBefore: Bool, hasAfter: Bool) {
    let limit = min(max(limit, 0), maximumPageRows)
    let (cursor, isForward) = parts
    let start = cursor.map(place)
    var rows = try read(start, isForward, limit + 1)
    let isCut = rows.count > limit
    if isCut { rows.removeLast() }
    var isBehind = false
    if let start {
      isBehind = try hasBehind ?? !read(rows.first.map(placeOf) ?? start, !isForward, 1).isEmpty
    }
    if !isForward { rows.reverse() }
    return isForward ? (rows, isBehind, isCut) : (rows, isCut, isBehind)
  }

  /// The same where a row is its own place, as ``Page``.
  func page<Row>(
    limit: Int, by cursor: (Row) -> Cursor, hasBehind: Bool? = nil,
    _ read: (_ beyond: Cursor?, _ isForward: Bool, _ limit: Int) throws -> [Row]
  ) throws -> Page<Row> {
    let found = try successive(limit: limit, place: { $0 }, of: cursor, hasBehind: hasBehind, read)
    return Page(rows: found.rows, hasBefore: found.hasBefore, hasAfter: found.hasAfter)
  }
}
