internal import Store

/// One SQL query over a stretch.
struct StretchQuery {
  let stretch: Stretch
  let isForward: Bool
  /// The key values of the row after which the query begins.
  let bound: [Session.Value]?
  let scan: Scan

  func run(_ session: Session, index: Int, limit: Int) throws -> [Spot] {
    let (sql, values) = statement
    return try session.rows(sql + " LIMIT ?", values + [limit]) { fields in
      let keys: [Session.Value] = stretch.keys.indices.map { fields.stored($0 + 1) }
      return Spot(row: try fields.integer(0), keys: keys, stretch: index)
    }
  }

  /// The same query, with its rows found in another way.
  func over(_ scan: Scan) -> StretchQuery {
    StretchQuery(stretch: stretch, isForward: isForward, bound: bound, scan: scan)
  }

  func hasMore(_ session: Session, than count: Int) throws -> Bool {
    let (sql, values) = statement
    return try session.exists(sql + " LIMIT 1 OFFSET ?", values + [count])
  }

  func count(_ session: Session) throws -> Int {
    var values = joinValues + stretch.values + edgeValues
    var sql = "SELECT count(*) FROM \(join) WHERE \(condition)"
    if let matching {
      sql += " AND \(Self.matches("t."))"
      values.append(matching.folded)
    }
    return try session.count(sql, values)
  }

  private var statement: (sql: String, values: [Session.Value]) {
    let columns = ([stretch.row] + stretch.keys).joined(separator: ", ")
    let direction = isAscending ? "ASC" : "DESC"
    let order = stretch.keys.map { "\($0) \(direction)" }.joined(separator: ", ")
    var conditions = condition
    var values = joinValues + stretch.values + edgeValues
    if let bound {
      let marks = bound.map { _ in "?" }.joined(separator: ", ")
      let keys = stretch.keys.joined(separator: ", ")
      conditions += " AND (\(keys)) \(isAscending ? ">" : "<") (\(marks))"
      values += bound
    }
    guard case .upTo(let count, let matching) = scan else {
      if let matching {
        conditions += " AND \(Self.matches("t."))"
        values.append(matching.folded)
      }
      return ("SELECT \(columns) FROM \(join) WHERE \(conditions) ORDER BY \(order)", values)
    }
    let inner = """
      SELECT \(columns), t.name_key AS text_key, t.search_key AS search_key FROM \(join) \
      WHERE \(conditions) ORDER BY \(order) LIMIT ?
      """
    let sql = "SELECT * FROM (\(inner)) AS looked WHERE instr(coalesce(search_key, text_key), ?) > 0"
    return (sql, values + [count, matching.folded])
  }

  private static func matches(_ alias: String) -> String {
    "instr(coalesce(\(alias)search_key, \(alias)name_key), ?) > 0"
  }

  private var matching: SearchText? {
    switch scan {
    case .all: nil
    case .upTo(_, let matching), .matching(let matching), .searched(let matching): matching
    }
  }

  private var join: String {
    if case .searched = scan { stretch.searched } else { stretch.source }
  }

  private var condition: String {
    let own = stretch.condition + edgeCondition
    return if case .searched = scan { "s.account_search MATCH ? AND \(own)" } else { own }
  }

  private var isAscending: Bool { stretch.isDescending != isForward }

  /// The condition at the stretch's edge. The + keeps SQLite from beginning at the edge where the bound is
  /// further on, because then everything in between would be looked through.
  private var edgeCondition: String {
    let key = stretch.keys[0]
    switch stretch.edge {
    case .above: return " AND \(bound != nil && isAscending ? "+" : "")\(key) > ?"
    case .upTo: return " AND \(bound != nil && !isAscending ? "+" : "")\(key) <= ?"
    case nil: return ""
    }
  }

  private var edgeValues: [Session.Value] {
    switch stretch.edge {
    case .above(let value), .upTo(let value): [value]
    case nil: []
    }
  }

  private var joinValues: [Session.Value] {
    if case .searched(let matching) = scan { [SearchGrams.query(matching.folded)] } else { [] }
  }
}
