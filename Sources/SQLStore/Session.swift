internal import Access
internal import Store

/// One transaction or one consistent read on a connection. All statements go through it, so that every error
/// is translated, and every row checked, in one place.
struct Session: StoreWriter {
  var connection: any SQLConnection
  /// The path of the database file, for errors.
  let path: String
  var bounds = WindowBounds()
  /// The laws that were read from their texts already.
  var shelf = LawShelf()
  /// Records that a write may alter decisions; nil for readers.
  var alteration: Alteration?
  /// The names that this write enters into the search index later; nil for readers.
  var waitingNames: WaitingNames?

  typealias Value = (any SQLConvertible)?

  func rows<Result>(
    _ sql: String, _ values: [Value] = [], _ parse: (Fields) throws -> Result
  ) throws -> [Result] {
    try run(sql, values, .all) { rows in
      var results: [Result] = []
      let fields = Fields(rows, path: path)
      var isWaiting = false
      while try rows.next() {
        // What is read for the next row does not depend on what is read for this one.
        do { results.append(try parse(fields)) } catch is NotingConnection.AwaitsRows { isWaiting = true }
      }
      if isWaiting { throw NotingConnection.AwaitsRows() }
      return results
    }
  }

  func first<Result>(
    _ sql: String, _ values: [Value] = [], _ parse: (Fields) throws -> Result
  ) throws -> Result? {
    try run(sql, values, .atMost(1)) { try $0.next() ? try parse(Fields($0, path: path)) : nil }
  }

  /// Reads rows until the body has made this number of results.
  func some<Result>(
    _ sql: String, _ values: [Value] = [], limit: Int, _ parse: (Fields) throws -> Result?
  ) throws -> [Result] {
    try run(sql, values, .stream) { rows in
      var results: [Result] = []
      let fields = Fields(rows, path: path)
      while results.count < limit, try rows.next() {
        if let result = try parse(fields) { results.append(result) }
      }
      return results
    }
  }

  func exists(_ sql: String, _ values: [Value] = []) throws -> Bool { try first(sql, values) { _ in } != nil }

  func count(_ sql: String, _ values: [Value] = []) throws -> Int {
    try first(sql, values) { Int(try $0.integer(0)) } ?? 0
  }

  /// Runs a statement that changes rows. The rows count as ones on which decisions may rest. An error of the statement may
  /// be thrown later; see ``RowDemand/nothing``.
  ///
  /// - Parameter altering: whose decisions may rest on any of the rows. Gates keep what they know of everybody else.
  func execute(_ sql: String, _ values: [Value] = [], altering: AlteredReach = .anybody) throws {
    alteration?.add(altering)
    try executeAside(sql, values)
  }

  /// Runs a statement that changes rows on which no decision rests. An error of the statement may be thrown later.
  func executeAside(_ sql: String, _ values: [Value] = []) throws {
    try run(sql, values, .nothing) { rows in while try rows.next() {} }
  }

  /// Runs a statement as ``execute(_:_:altering:)`` does, and returns the number of the rows that it changed.
  func changeCount(_ sql: String, _ values: [Value] = [], altering: AlteredReach = .anybody) throws -> Int {
    alteration?.add(altering)
    return try changeCountAside(sql, values)
  }

  /// Runs a statement as ``executeAside(_:_:)`` does, and returns the number of the rows that it changed.
  func changeCountAside(_ sql: String, _ values: [Value] = []) throws -> Int {
    try run(sql, values, .all) { rows in
      while try rows.next() {}
      return rows.changeCount
    }
  }

  private func run<Result>(
    _ sql: String, _ values: [Value], _ demand: RowDemand, _ body: (any SQLRows) throws -> Result
  ) throws -> Result {
    let rows = try connection.run(sql, values.map { $0?.sqlValue ?? .null }, demand)
    defer { rows.finish() }
    return try body(rows)
  }
}
