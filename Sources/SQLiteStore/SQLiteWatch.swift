internal import Access
internal import GRDB
internal import Store

/// A reading connection for one user alone, so that its `data_version` can be compared from read to read
/// (sqlite.org/pragma.html#pragma_data_version).
final class SQLiteWatch: StoreWatch {
  private let store: SQLiteStore
  private let queue: DatabaseQueue
  /// The data version of the last read.
  private var version: Int64?

  init(_ store: SQLiteStore, _ queue: DatabaseQueue) {
    self.store = store
    self.queue = queue
  }

  func hasChanged() throws -> Bool {
    try store.mapped {
      try store.checkInPlace()
      // The version is read outside a transaction, because within one it does not change.
      return try queue.unsafeRead { try Self.dataVersion($0) } != version
    }
  }

  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result {
    try store.mapped {
      try store.checkInPlace()
      return try queue.read { database in
        // This read comes first, because it begins the transaction. The next read sees what is committed
        // later.
        try store.checkVersion(database)
        let session = store.session(database)
        let generation = try session.generation()
        version = try Self.dataVersion(database)
        return try body(session, generation)
      }
    }
  }

  private static func dataVersion(_ database: Database) throws -> Int64? {
    let statement = try database.cachedStatement(sql: "PRAGMA data_version")
    return try Int64.fetchOne(statement)
  }
}

extension Session {
  func generation() throws -> Generation {
    guard let number = try first("SELECT number FROM generation", [], { try $0.integer(0) }) else {
      throw StoreError.corrupt(path: path, detail: "the generation is missing")
    }
    return number
  }

  func raiseGeneration() throws { try executeAside("UPDATE generation SET number = number + 1") }
}
