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
        return try body(SQLiteFilling(database, path: folder.database))
      }
    }
  }

  /// Writes a new database into a missing or empty file, which only its owner may read, with the rows that `fill` loads.
  package static func makeDatabase(
    at path: String, _ migrations: DatabaseKind, now: Timestamp, fill: (any SQLFilling) throws -> Void
  ) throws {
    if try Files.kind(of: path) == .missing { try Files.makeFile(path) }
    do {
      let queue = try DatabaseQueue(path: path, configuration: SQLiteFilling.configuration)
      try queue.inDatabase { database in
        try database.execute(
          sql:
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = \(migrations.applicationID)"
        )
        try database.inTransaction {
          try migrations.steps.apply(to: database, from: 0, at: now)
          try fill(SQLiteFilling(database, path: path))
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

    var applicationID: Int32 {
      self == .store ? SQLiteStore.applicationID : SQLiteUseStore.applicationID
    }

    var steps: [Migration] { self == .store ? Migration.all : Migration.ofUses }
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
      return try queue.read { try body(SQLiteFilling($0, path: path)) }
    } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }
}
