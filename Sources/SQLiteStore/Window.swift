internal import Store

/// A part of an order in which an index has its rows one after another.
struct Stretch {
  /// The table under the alias `t`, with its index: `account AS t INDEXED BY account_by_name`.
  let source: String
  /// The same rows, found by the search index `s`: joins that end with the alias `t`.
  let searched: String
  /// What all rows of it have in common, with its values.
  let condition: String
  let values: [Session.Value]
  /// Where in the first key it begins or ends, if that depends on the time.
  var edge: Edge?
  /// What tells the row: `t.number`.
  let row: String
  /// What is ordered by, most significant first; the last is, or comes with, a text key.
  let keys: [String]
  let isDescending: Bool

  enum Edge {
    case above(Session.Value)
    case upTo(Session.Value)
  }
}

/// A row's place in an order.
struct Spot {
  /// Not known, and not needed, of where a page begins.
  let row: Int64
  /// The values of the stretch's keys.
  let keys: [Session.Value]
  /// Which stretch.
  let stretch: Int

  init(row: Int64 = 0, keys: [Session.Value], stretch: Int = 0) {
    self.row = row
    self.keys = keys
    self.stretch = stretch
  }
}

/// Keyset windows over an order that is made of stretches. Their cost depends on the rows of
/// the page, not on how many rows there are.
struct Window {
  let session: Session
  let stretches: [Stretch]
  let matching: SearchText?
  /// Whether the search index has the names; few names are looked through instead.
  var hasSearchIndex = true

  /// Successive rows: those after or before a cursor, which stands at a spot, or the first or last ones.
  func page<Cursor, Row>(
    _ position: PagePosition<Cursor>, limit: Int, at spot: (Cursor) -> Spot, _ row: (Spot) throws -> Row
  ) throws -> Page<Row> {
    let found = try position.successive(limit: limit, place: spot, of: { $0 }) {
      try spots(from: $0, isForward: $1, limit: $2)
    }
    return Page(rows: try found.rows.map(row), hasBefore: found.hasBefore, hasAfter: found.hasAfter)
  }

  /// How many rows there are.
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

  /// Looks through the first rows of each stretch. Nil where that doesn't tell: the page isn't
  /// full, and there are rows that were not looked at.
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

  /// The queries for all rows behind a spot, in order.
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

  /// The cheapest way to find all that match.
  private func allMatching(_ matching: SearchText) throws -> Scan {
    let isSearched = try hasSearchIndex && hasFewer(than: session.bounds.search, matching)
    return isSearched ? .searched(matching) : .matching(matching)
  }

  /// Whether the search index finds fewer names than that, of which some may not match after all.
  private func hasFewer(than count: Int, _ matching: SearchText) throws -> Bool {
    let sql = "SELECT 1 FROM account_search WHERE account_search MATCH ? LIMIT 1 OFFSET ?"
    return try !session.exists(sql, [SearchGrams.query(matching.folded), count - 1])
  }

  private func count(_ stretch: Stretch) throws -> Int {
    let scan = try matching.map(allMatching) ?? .all
    return try StretchQuery(stretch: stretch, isForward: true, bound: nil, scan: scan).count(session)
  }
}

extension SearchText {
  /// Whether the search index finds it without putting together what begins with it, which
  /// for short parts may be most of the index.
  fileprivate var hasWholeGram: Bool { folded.unicodeScalars.count >= 3 }
}

/// Up to where the ways to find names by a part of them are worth while; measured on a million,
/// where a row looked through takes 0.1 to 0.2 µs, and one found by the search index ten times that.
struct WindowBounds: Hashable, Sendable {
  /// How many names the search index may find to be asked first.
  var few = 5_000
  /// How many rows of an index are looked through otherwise. Parts that more names have fill a
  /// page within them, where they are not all of names far behind.
  var scan = 10_000
  /// How many names the search index may find before looking through all in order is cheaper.
  var search = 50_000
}

/// How the rows of a stretch are found.
enum Scan {
  case all
  /// Those that match, among that many rows at most.
  case upTo(Int, SearchText)
  /// Those that match, looking at all.
  case matching(SearchText)
  /// Those that match, by the search index.
  case searched(SearchText)
}
