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
  /// The database that was opened: SQLite goes on in it also where another took its place.
  private let opened: Files.Identity
  /// Which version of a store this program knows.
  private let known: Int
  /// Whether room is kept beside it for a full disk.
  private let keepsReserve: Bool
  let news: StoreNewsTaker
  var bounds = WindowBounds()

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

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try mapped {
      try checkInPlace()
      return try connections.read { database in
        try checkVersion(database)
        return try body(session(database))
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
      // A writer that is only opened now must not make a file where there is none any more.
      try checkInPlace()
      let alteration = Session.Alteration()
      return try connections.inTurn(atOnce: atOnce) { writer in
        let result = try writer.write { database in
          try checkVersion(database)
          let session = session(database, alteration: alteration)
          let result = try body(session)
          if alteration.isMade { try session.raiseGeneration() }
          // What would be committed to a store that was moved away is lost, and must not be told as done.
          try checkInPlace()
          return result
        }
        // It is committed: that others read meanwhile, or a full disk, doesn't make it undone.
        if alteration.isMade { _ = try? connections.settle(writer, waiting: Self.settlingMilliseconds) }
        return result
      }
    }
    if keepsReserve { StoreReserve(folder).keep() }
    return result
  }

  /// Has room kept for a full disk; false where there is too little of it, or it may not be written.
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

  /// Closes the connections. It must not be used any more.
  package func close() throws { try mapped { try connections.close() } }

  func checkInPlace() throws {
    guard try Files.identity(of: folder.database) == opened else {
      throw StoreError.replaced(path: folder.path)
    }
  }

  /// Within a transaction: what a newer popsec made of the store while it was open is neither read nor written as if it
  /// were what this one knows.
  func checkVersion(_ database: Database) throws {
    let statement = try database.cachedStatement(sql: "SELECT max(number) FROM migration")
    let version = try Int.fetchOne(statement) ?? 0
    if version > known { throw StoreError.upgraded(path: folder.path, version: version, known: known) }
    if version < known { throw StoreError.older(path: folder.path, version: version, known: known) }
  }

  func session(_ database: Database, alteration: Session.Alteration? = nil) -> Session {
    Session(database: database, path: folder.database, bounds: bounds, alteration: alteration)
  }

  func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw StoreError(error, path: folder.database)
    }
  }
}
