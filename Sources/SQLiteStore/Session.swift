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
    try run(sql, values) { statement in
      var results: [Result] = []
      while try statement.step() { results.append(try parse(Fields(statement.handle, path: path))) }
      return results
    }
  }

  func first<Result>(
    _ sql: String, _ values: [Value] = [], _ parse: (Fields) throws -> Result
  ) throws -> Result? {
    try run(sql, values) { try $0.step() ? try parse(Fields($0.handle, path: path)) : nil }
  }

  /// Reads rows until the body has made this number of results.
  func some<Result>(
    _ sql: String, _ values: [Value] = [], limit: Int, _ parse: (Fields) throws -> Result?
  ) throws -> [Result] {
    try run(sql, values) { statement in
      var results: [Result] = []
      while results.count < limit, try statement.step() {
        if let result = try parse(Fields(statement.handle, path: path)) { results.append(result) }
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
    try run(sql, values) { statement in
      while try statement.step() {}
      return database.changesCount
    }
  }

  private func run<Result>(
    _ sql: String, _ values: [Value], _ body: (PreparedStatement) throws -> Result
  ) throws -> Result {
    do {
      let statement = try PreparedStatement(sql, values, on: database)
      defer { statement.finish() }
      return try body(statement)
    } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}
