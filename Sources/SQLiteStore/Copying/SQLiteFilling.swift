internal import GRDB
internal import SQLStore
internal import Store

/// A connection on which a whole store is read or written.
struct SQLiteFilling: SQLFilling {
  private let database: Database
  private let connection: SQLiteConnection
  private let path: String

  init(_ database: Database, path: String) {
    self.database = database
    self.path = path
    connection = SQLiteConnection(database, path: path)
  }

  /// For a database that is filled: what rows refer to is checked at once, at the end.
  static var configuration: Configuration {
    var configuration = SQLiteStore.configuration(OpenOptions())
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -65536") }
    return configuration
  }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    try connection.run(sql, values, demand)
  }

  func damages() throws -> [String]? { try connection.damages() }

  func columns(of table: String) throws -> [String] {
    try mapped {
      try String.fetchAll(
        database, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [table])
    }
  }

  /// Triggers and indexes go. What SQLite makes of itself for a table's keys has no statement, and stays.
  func setAside(_ tables: [String]) throws -> [String] {
    try mapped {
      let parts = try Row.fetchAll(
        database,
        sql: """
          SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
          ORDER BY type, rowid
          """)
      let found = parts.map { row -> (type: String, name: String, sql: String) in (row[0], row[1], row[2]) }
      for part in found { try database.execute(sql: "DROP \(part.type) \(part.name)") }
      for table in tables.reversed() { try database.execute(sql: "DELETE FROM \(table)") }
      return found.map(\.sql)
    }
  }

  func carryOut(_ statement: String) throws { try mapped { try database.execute(sql: statement) } }

  func add(_ rows: [[SQLValue]], to table: String, _ columns: [String]) throws {
    let marks = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
    let start = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
    // An engine takes no more than some thousand values at a time (sqlite.org/limits.html, 9).
    for first in stride(from: 0, to: rows.count, by: 50) {
      let some = rows[first..<min(first + 50, rows.count)]
      try carryOut(
        start + some.map { _ in marks }.joined(separator: ", "), some.flatMap(\.self))
    }
  }

  func addToSearch(_ entries: [(account: Int64, grams: String)]) throws {
    for entry in entries {
      try carryOut(
        "INSERT INTO account_search (rowid, grams) VALUES (?, ?)",
        [.integer(entry.account), .text(entry.grams)])
    }
  }

  private func carryOut(_ sql: String, _ values: [SQLValue]) throws {
    let done = try run(sql, values, .nothing)
    defer { done.finish() }
    while try done.next() {}
  }

  func settle(_ tables: [String]) throws {
    try mapped {
      let loose = try Int.fetchOne(database, sql: "SELECT count(*) FROM pragma_foreign_key_check") ?? 0
      guard loose == 0 else {
        throw StoreError.constraint(detail: "\(loose) rows name rows that are not there")
      }
    }
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}
