package import Access
internal import GRDB
package import SQLStore
internal import Store

extension SQLiteStore {
  /// Reads one state of the whole store, for whoever hands it to another engine.
  package func contents<Result>(_ body: (any SQLLoading) throws -> Result) throws -> Result {
    try mapped {
      try checkInPlace()
      return try connections.read { database in
        try checkVersion(database)
        return try body(SQLiteLoading(database, path: folder.database))
      }
    }
  }

  /// Writes a new database into a missing or empty file, which only its owner may read, with the rows that `fill` loads.
  package static func makeDatabase(
    at path: String, _ migrations: DatabaseKind, now: Timestamp, fill: (any SQLLoading) throws -> Void
  ) throws {
    if try Files.kind(of: path) == .missing { try Files.makeFile(path) }
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration(OpenOptions()))
      try queue.inDatabase { database in
        try database.execute(
          sql:
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = \(migrations.applicationID)"
        )
        try database.inTransaction {
          try migrations.steps.apply(to: database, from: 0, at: now)
          try fill(SQLiteLoading(database, path: path))
          return .commit
        }
        try database.execute(sql: "PRAGMA journal_mode = WAL")
      }
      try queue.close()
      for suffix in ["-wal", "-shm"] { Files.remove(path + suffix) }
      try Files.sync(file: path)
    } catch {
      for suffix in ["", "-wal", "-shm", "-journal"] { Files.remove(path + suffix) }
      if let error = error as? DatabaseError { throw StoreError(error, path: path) }
      throw error
    }
  }

  /// The databases that popsec writes.
  package enum DatabaseKind {
    /// The store's.
    case store
    /// The one that gates write.
    case uses

    fileprivate var applicationID: Int32 {
      self == .store ? SQLiteStore.applicationID : SQLiteUseStore.applicationID
    }

    fileprivate var steps: [Migration] { self == .store ? Migration.all : Migration.ofUses }
  }
}

extension SQLiteUseRecords {
  /// Reads one state of gate.db, for whoever hands it to another engine; nil where no gate ever wrote one.
  package func contents<Result>(_ body: ((any SQLLoading)?) throws -> Result) throws -> Result {
    guard try isThere() else { return try body(nil) }
    let path = folder.useDatabase
    do {
      var configuration = SQLiteStore.configuration(OpenOptions())
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.read { try body(SQLiteLoading($0, path: path)) }
    } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}

/// A connection on which a whole store is read or written.
private struct SQLiteLoading: SQLLoading {
  private let database: Database
  private let connection: SQLiteConnection
  private let path: String

  init(_ database: Database, path: String) {
    self.database = database
    self.path = path
    connection = SQLiteConnection(database, path: path)
  }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    try connection.run(sql, values, demand)
  }

  func damages() throws -> [String]? { try connection.damages() }

  func columns(of table: String) throws -> [String] {
    try mapped { try database.columns(in: table).map(\.name) }
  }

  /// The triggers are kept in a table of this connection alone while they are away.
  func beginLoading(_ tables: [String]) throws {
    try mapped {
      try database.execute(
        sql: """
          CREATE TEMP TABLE set_aside AS SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger';
          PRAGMA defer_foreign_keys = ON
          """)
      for name in try String.fetchAll(database, sql: "SELECT name FROM set_aside") {
        try database.execute(sql: "DROP TRIGGER main.\(name)")
      }
      for table in tables.reversed() { try database.execute(sql: "DELETE FROM \(table)") }
    }
  }

  func endLoading(_ tables: [String]) throws {
    try mapped {
      for sql in try String.fetchAll(database, sql: "SELECT sql FROM set_aside") {
        try database.execute(sql: sql)
      }
      try database.execute(sql: "DROP TABLE set_aside")
    }
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}
