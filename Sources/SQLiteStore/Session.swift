internal import Access
internal import GRDB
internal import Store

/// One transaction or one consistent read on a connection. All statements go through it, so that every error
/// is translated, and every row checked, in one place.
struct Session: StoreWriter {
  let database: Database
  /// The path of the database file, for errors.
  let path: String
  var bounds = WindowBounds()
  /// Records that a write may alter decisions; nil for readers.
  var alteration: Alteration?

  typealias Value = (any DatabaseValueConvertible)?

  func rows<Result>(
    _ sql: String, _ values: [Value] = [], _ parse: (Fields) throws -> Result
  ) throws -> [Result] {
    try mapped {
      let statement = try database.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
      var results: [Result] = []
      while let row = try cursor.next() { results.append(try parse(Fields(row: row, path: path))) }
      return results
    }
  }

  func first<Result>(
    _ sql: String, _ values: [Value] = [], _ parse: (Fields) throws -> Result
  ) throws -> Result? {
    try mapped {
      let statement = try database.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
      return try cursor.next().map { try parse(Fields(row: $0, path: path)) }
    }
  }

  /// Reads rows until the body has made this number of results.
  func some<Result>(
    _ sql: String, _ values: [Value] = [], limit: Int, _ parse: (Fields) throws -> Result?
  ) throws -> [Result] {
    try mapped {
      let statement = try database.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
      var results: [Result] = []
      while results.count < limit, let row = try cursor.next() {
        if let result = try parse(Fields(row: row, path: path)) { results.append(result) }
      }
      return results
    }
  }

  func exists(_ sql: String, _ values: [Value] = []) throws -> Bool { try first(sql, values) { _ in } != nil }

  func count(_ sql: String, _ values: [Value] = []) throws -> Int {
    try first(sql, values) { Int(try $0.integer(0)) } ?? 0
  }

  /// Runs a statement that changes rows, and returns their number. The rows count as ones on which decisions
  /// may rest.
  ///
  /// - Parameter altering: whose decisions may rest on any of the rows. Gates keep what they know of everybody else.
  @discardableResult
  func execute(_ sql: String, _ values: [Value] = [], altering: AlteredReach = .anybody) throws -> Int {
    alteration?.add(altering)
    return try executeAside(sql, values)
  }

  /// Runs a statement that changes rows on which no decision rests.
  @discardableResult
  func executeAside(_ sql: String, _ values: [Value] = []) throws -> Int {
    try mapped {
      try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
      return database.changesCount
    }
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}
