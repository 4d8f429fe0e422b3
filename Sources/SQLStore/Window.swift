internal import Store

/// A part of an order, whose rows lie one after another in an index.
struct Stretch {
  /// The table under the alias `t`, with its index: `account AS t INDEXED BY account_by_name`.
  let source: String
  /// The same rows as found by the search index `s`: joins that end with the alias `t`.
  let searched: String
  /// The condition that all rows of the stretch fulfil, with its values.
  let condition: String
  let values: [Session.Value]
  /// The value of the first key at which the stretch begins or ends, where that depends on the time.
  var edge: Edge?
  /// The column that identifies the row: `t.number`.
  let row: String
  /// The keys of the order, the most significant first. The last is a text key, or comes with one.
  let keys: [String]
  let isDescending: Bool

  enum Edge {
    case above(Session.Value)
    case upTo(Session.Value)
  }
}

/// The place of a row in an order.
struct Spot {
  /// Not known, and not needed, of where a page begins.
  let row: Int64
  /// The values of the stretch's keys.
  let keys: [Session.Value]
  /// The number of the stretch.
  let stretch: Int

  init(row: Int64 = 0, keys: [Session.Value], stretch: Int = 0) {
    self.row = row
    self.keys = keys
    self.stretch = stretch
  }
}

/// Keyset windows over an order that consists of stretches. Their cost depends on the number of rows in the
/// page, and not on the number of all rows.
struct Window {
  let session: Session
  let stretches: [Stretch]
  let matching: SearchText?
  /// Whether the search index contains the names. A few names are looked through instead.
  var hasSearchIndex = true

  /// Reads successive rows: those after or before a cursor, which stands at a spot, or the first or last ones.
  func page<Cursor, Row>(
    _ position: PagePosition<Cursor>, limit: Int, at spot: (Cursor) -> Spot,
    _ row: (Session, Spot) throws -> Row
  ) throws -> Page<Row> {
    let found = try position.successive(limit: limit, place: spot, of: { $0 }) {
      try spots(from: $0, isForward: $1, limit: $2)
    }
    return Page(
      rows: try session.each(of: found.rows, row), hasBefore: found.hasBefore, hasAfter: found.hasAfter)
  }

  /// The number of all rows.
  func count() throws -> Int {
    try stretches.reduce(0) { try $0 + count($1) }
  }

  private func spots(from spot: Spot?, isForward: Bool, limit: Int) throws -> [Spot] {
    guard let matching else { return try collect(from: spot, isForward, limit, .all) }
    guard hasSearchIndex else { return try collect(from: spot, isForward, limit, .matching(matching)) }
    let few = session.bounds.few
    if matching.hasWholeGram, try hasFewer(than: few, matching) {
      return try collect(from: spot, isForward, limit, .searched(matching))
    }
    if let found = try scan(from: spot, isForward, limit, matching) { return found }
    return try collect(from: spot, isForward, limit, try allMatching(matching))
  }

  private func collect(from spot: Spot?, _ isForward: Bool, _ limit: Int, _ scan: Scan) throws -> [Spot] {
    var found: [Spot] = []
    for (index, query) in queries(from: spot, isForward, scan) where found.count < limit {
      found += try query.run(session, index: index, limit: limit - found.count)
    }
    return found
  }

  /// Looks through the first rows of each stretch. The result is nil where this does not suffice: the page
  /// isn't full, and some rows were not looked at.
  private func scan(
    from spot: Spot?, _ isForward: Bool, _ limit: Int, _ matching: SearchText
  ) throws -> [Spot]? {
    let bound = session.bounds.scan
    var found: [Spot] = []
    for (index, query) in queries(from: spot, isForward, .upTo(bound, matching)) {
      found += try query.run(session, index: index, limit: limit - found.count)
      if found.count == limit { return found }
      if try query.over(.all).hasMore(session, than: bound) { return nil }
    }
    return found
  }

  /// The queries for all rows after a spot, in order.
  private func queries(
    from spot: Spot?, _ isForward: Bool, _ scan: Scan
  ) -> [(index: Int, query: StretchQuery)] {
    let indices = isForward ? Array(stretches.indices) : stretches.indices.reversed()
    let start = spot.flatMap { indices.firstIndex(of: $0.stretch) } ?? 0
    return indices[start...].map { index in
      let bound = index == spot?.stretch ? spot?.keys : nil
      return (index, StretchQuery(stretch: stretches[index], isForward: isForward, bound: bound, scan: scan))
    }
  }

  /// The cheapest way to find all rows that match.
  private func allMatching(_ matching: SearchText) throws -> Scan {
    let isSearched = try hasSearchIndex && hasFewer(than: session.bounds.search, matching)
    return isSearched ? .searched(matching) : .matching(matching)
  }

  /// Whether the search index finds fewer names than this number. Some of the found names may not match after
  /// all.
  private func hasFewer(than count: Int, _ matching: SearchText) throws -> Bool {
    try session.enterWaitingNames()
    let sql = "SELECT 1 FROM account_search WHERE account_search MATCH ? LIMIT 1 OFFSET ?"
    return try !session.exists(sql, [SearchGrams.query(matching.folded), count - 1])
  }

  private func count(_ stretch: Stretch) throws -> Int {
    let scan = try matching.map(allMatching) ?? .all
    return try StretchQuery(stretch: stretch, isForward: true, bound: nil, scan: scan).count(session)
  }
}

extension SearchText {
  /// Whether the search index finds the text as a whole word. For shorter texts the index must collect all
  /// words that begin with the text, which may be most of it.
  fileprivate var hasWholeGram: Bool { folded.unicodeScalars.count >= 3 }
}

/// The limits up to which each way to find names by a part of them is worth while. They were measured on a
/// million names, where looking through a row takes 0.1 to 0.2 µs, and finding a name by the search index
/// takes ten times as long.
package struct WindowBounds: Hashable, Sendable {
  /// The number of found names up to which the search index is asked first.
  package var few = 5_000
  /// The number of rows of an index that are looked through otherwise. A part that is in many names fills a
  /// page within these rows, unless all the names are far behind.
  package var scan = 10_000
  /// The number of found names from which looking through all rows in order is cheaper than the search index.
  package var search = 50_000

  package init() {}

  package init(few: Int, scan: Int, search: Int) {
    (self.few, self.scan, self.search) = (few, scan, search)
  }
}

/// The way in which the rows of a stretch are found.
enum Scan {
  case all
  /// Looks for matching rows among this number of rows at most.
  case upTo(Int, SearchText)
  /// Looks for matching rows among all rows.
  case matching(SearchText)
  /// Finds matching rows by the search index.
  case searched(SearchText)
}
