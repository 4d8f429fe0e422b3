internal import Access
internal import GRDB
private import GRDBSQLite
internal import SQLStore
internal import Store

/// A connection to SQLite, within a transaction.
struct SQLiteConnection: SQLConnection {
  private let database: Database
  /// The path of the database file, for errors.
  private let path: String

  init(_ database: Database, path: String) { (self.database, self.path) = (database, path) }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    do { return SQLiteRows(try PreparedStatement(sql, values, on: database), path) } catch let error
      as DatabaseError
    { throw StoreError(error, path: path) }
  }

  func damages() throws -> [String]? {
    do { return try broken() + loose() + strangers() } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  private func broken() throws -> [String] {
    try String.fetchAll(database, sql: "SELECT * FROM pragma_quick_check(20)").filter { $0 != "ok" }
  }

  private func loose() throws -> [String] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY "table", parent
        """)
    return rows.map { row in
      let (table, parent, count): (String, String, Int) = (row[0], row[1], row[2])
      return "\(count) rows of \(table) name rows of \(parent) that are not there"
    }
  }

  /// The parts of the schema that popsec did not make, that are missing, or that differ. A trigger that
  /// somebody else added would act whenever others write.
  private func strangers() throws -> [String] {
    let model = try DatabaseQueue(configuration: SQLiteStore.configuration(OpenOptions()))
    let expected = try model.write { database in
      try Migration.all.apply(to: database, from: 0, at: .distantPast)
      return try Self.schema(of: database)
    }
    let found = try Self.schema(of: database)
    return Set(expected.keys).union(found.keys).sorted().compactMap { name in
      switch (expected[name], found[name]) {
      case (nil, _): "the schema has the \(name), which popsec did not make"
      case (_, nil): "the schema lacks the \(name)"
      case (let expected, let found): expected == found ? nil : "the schema has another \(name)"
      }
    }
  }

  /// The parts of a schema by kind and name.
  private static func schema(of database: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }
}

/// The rows of a prepared statement. They are read through SQLite's own functions, because GRDB's way to a row and to its
/// values takes longer than SQLite's.
private struct SQLiteRows: SQLRows {
  private let statement: PreparedStatement
  private let path: String

  init(_ statement: PreparedStatement, _ path: String) { (self.statement, self.path) = (statement, path) }

  func next() throws -> Bool {
    do { return try statement.step() } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  func finish() { statement.finish() }

  var changeCount: Int { statement.database.changesCount }

  func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

  func integer(_ column: Int) -> Int64? {
    type(column) == SQLITE_INTEGER ? sqlite3_column_int64(statement.handle, Int32(column)) : nil
  }

  func text(_ column: Int) -> String? {
    guard type(column) == SQLITE_TEXT, let start = sqlite3_column_text(statement.handle, Int32(column)) else {
      return nil
    }
    return String(decoding: UnsafeBufferPointer(start: start, count: size(column)), as: UTF8.self)
  }

  func bytes(_ column: Int) -> [UInt8]? {
    guard !isNull(column) else { return nil }
    guard let start = sqlite3_column_blob(statement.handle, Int32(column)) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: size(column)))
  }

  func name(_ column: Int) -> String {
    sqlite3_column_name(statement.handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  private func type(_ column: Int) -> Int32 { sqlite3_column_type(statement.handle, Int32(column)) }

  private func size(_ column: Int) -> Int { Int(sqlite3_column_bytes(statement.handle, Int32(column))) }
}
