package import Store
internal import GRDB

/// A store in one SQLite file, in WAL mode: readers and the one writer don't wait for each other.
///
/// A closure must not write the store other than by what it is given.
package struct SQLiteStore: Store {
  package let folder: StoreFolder
  /// Whether every write is refused, since it was asked for or the files can't be written.
  package let isReadOnly: Bool
  let connections: Connections
  var bounds = WindowBounds()

  init(folder: StoreFolder, connections: Connections, isReadOnly: Bool) {
    self.folder = folder
    self.connections = connections
    self.isReadOnly = isReadOnly
  }

  package var location: String { folder.path }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try mapped { try connections.read { try body(session($0)) } }
  }

  package func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    guard !isReadOnly else { throw StoreError.readOnly(path: folder.path) }
    return try mapped { try connections.write { try body(session($0)) } }
  }

  /// Closes the connections. It must not be used any more.
  package func close() throws { try mapped { try connections.close() } }

  private func session(_ database: Database) -> Session {
    Session(database: database, path: folder.database, bounds: bounds)
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: folder.database)
    }
  }
}
