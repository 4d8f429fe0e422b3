package import Store
internal import GRDB

/// A store in one SQLite file, in WAL mode: readers and the one writer don't wait for each other.
///
/// Not reentrant: a closure must not read or write the store other than by what it is given.
package struct SQLiteStore: Store {
  package let folder: StoreFolder
  /// Whether every write is refused, since it was asked for or the files can't be written.
  package let isReadOnly: Bool
  let pool: DatabasePool
  var bounds = WindowBounds()

  init(folder: StoreFolder, pool: DatabasePool, isReadOnly: Bool) {
    self.folder = folder
    self.pool = pool
    self.isReadOnly = isReadOnly
  }

  package var location: String { folder.path }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try mapped { try pool.read { try body(session($0)) } }
  }

  package func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    guard !isReadOnly else { throw StoreError.readOnly(path: folder.path) }
    return try mapped { try pool.write { try body(session($0)) } }
  }

  /// Closes all connections. Nothing can be read or written any more.
  package func close() throws {
    try mapped {
      // The last connection to close moves the log into the file, which readers can't.
      pool.invalidateReadOnlyConnections()
      try pool.close()
    }
  }

  private func session(_ database: Database) -> Session {
    Session(database: database, path: folder.database, bounds: bounds)
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: folder.database)
    }
  }
}
