internal import GRDB
internal import SQLStore
package import Store

/// A store in one SQLite file, in WAL mode: readers and the one writer don't wait for each other.
///
/// A closure must write the store only through the writer that it is given.
package struct SQLiteStore: Store {
  package let folder: StoreFolder
  /// Whether every write is refused, because the caller asked for it or because the files can't be written.
  package let isReadOnly: Bool
  let connections: Connections
  /// The identity of the opened database. SQLite continues to use this file even after another one took its
  /// place.
  private let opened: Files.Identity
  /// The version of a store that this program knows.
  private let known: Int
  /// Whether disk space is reserved beside the store for a full disk.
  private let keepsReserve: Bool
  let news: StoreNewsTaker
  var bounds = WindowBounds()
  private let shelf = LawShelf()

  init(
    folder: StoreFolder, opened: Files.Identity, connections: Connections, isReadOnly: Bool, known: Int,
    keepsReserve: Bool, news: @escaping StoreNewsTaker
  ) {
    self.known = known
    self.keepsReserve = keepsReserve
    self.news = news
    self.opened = opened
    self.folder = folder
    self.connections = connections
    self.isReadOnly = isReadOnly
  }

  package var location: String { folder.path }
  /// A commit goes into the log, and from there into the database.
  package var changingFiles: [String] { [folder.database, folder.database + "-wal"] }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try mapped {
      try checkInPlace()
      return try connections.read { database in
        try checkVersion(database)
        return try body(transaction(database).reader)
      }
    }
  }

  package func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try write(atOnce: false, body)
  }

  package func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try write(atOnce: true, body)
  }

  private func write<Result>(
    atOnce: Bool, _ body: (any StoreWriter) throws -> Result
  ) throws -> Result {
    guard !isReadOnly else { throw StoreError.readOnly(path: folder.path) }
    let result = try mapped {
      // A writer that is opened only now must not create a file where the store is gone.
      try checkInPlace()
      return try connections.inTurn(atOnce: atOnce) { writer in
        let (result, isAltering) = try writer.write { database in
          try checkVersion(database)
          let written = try transaction(database).write(body)
          // A commit to a store that was moved away would be lost, and must not be reported as done.
          try checkInPlace()
          return written
        }
        // The change is committed. Neither readers nor a full disk can undo it now, so an error here is no
        // failure.
        if isAltering { _ = try? connections.settle(writer, waiting: Self.settlingMilliseconds) }
        return result
      }
    }
    if keepsReserve { StoreReserve(folder).keep() }
    return result
  }

  /// Reserves disk space for a full disk. The result is false where there is too little space, or where it
  /// may not be written.
  package func keepReserve() -> Bool {
    let reserve = StoreReserve(folder)
    if !isReadOnly { reserve.keep() }
    return reserve.isWhole
  }

  package func giveUpReserve() -> Bool {
    guard StoreReserve(folder).giveUp() else { return false }
    news(.reserveGivenUp)
    return true
  }

  package func watch() throws -> any StoreWatch {
    try mapped {
      try checkInPlace()
      return SQLiteWatch(self, try connections.newQueue())
    }
  }

  package func releaseMemory() { connections.releaseMemory() }

  /// Closes the connections. The store must not be used after this call.
  package func close() throws { try mapped { try connections.close() } }

  func checkInPlace() throws {
    guard try Files.identity(of: folder.database) == opened else {
      throw StoreError.replaced(path: folder.path)
    }
  }

  /// Checks the version within a transaction. Where a newer popsec upgraded the store while it was open, this
  /// program neither reads nor writes it, because it doesn't know the new schema.
  func checkVersion(_ database: Database) throws {
    let statement = try database.cachedStatement(sql: "SELECT max(number) FROM migration")
    try StoreError.require(try Int.fetchOne(statement) ?? 0, known: known, at: folder.path)
  }

  func transaction(_ database: Database) -> SQLTransaction {
    SQLTransaction(
      on: SQLiteConnection(database, path: folder.database), path: folder.database, bounds: bounds,
      shelf: shelf)
  }

  func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: folder.database)
    }
  }
}
