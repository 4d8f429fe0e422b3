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

  init(folder: StoreFolder, pool: DatabasePool, isReadOnly: Bool) {
    self.folder = folder
    self.pool = pool
    self.isReadOnly = isReadOnly
  }

  package var location: String { folder.path }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try mapped { try pool.read { try body(Session(database: $0, path: folder.database)) } }
  }

  package func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    guard !isReadOnly else { throw StoreError.readOnly(path: folder.path) }
    return try mapped { try pool.write { try body(Session(database: $0, path: folder.database)) } }
  }

  /// Closes all connections. Nothing can be read or written any more.
  package func close() throws { try mapped { try pool.close() } }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: folder.database)
    }
  }
}
