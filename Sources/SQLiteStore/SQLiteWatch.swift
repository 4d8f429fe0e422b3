internal import Access
internal import GRDB
internal import SQLStore
internal import Store

/// A reading connection for one user alone, so that its `data_version` can be compared from read to read
/// (sqlite.org/pragma.html#pragma_data_version).
final class SQLiteWatch: StoreWatch {
  private let store: SQLiteStore
  private let queue: DatabaseQueue
  /// The data version of the last read.
  private var version: Int64?
  /// The log's index, once the connection has read.
  private var index: WALIndex?
  /// The header of the log's index, taken right before the state that was read last was found to be the present one.
  private var header: WALIndex.Header?

  init(_ store: SQLiteStore, _ queue: DatabaseQueue) {
    self.store = store
    self.queue = queue
  }

  func hasChanged() throws -> Bool {
    try store.mapped {
      try store.checkInPlace()
      let before = index?.header
      // The version is read outside a transaction, because within one it does not change.
      let isSame = try queue.unsafeRead { try Self.dataVersion($0) } == version
      header = isSame ? before : nil
      return !isSame
    }
  }

  /// Compares what SQLite itself compares, without asking SQLite.
  func isSurelyUnchanged() -> Bool {
    guard let header, index?.header == header else { return false }
    // Where that can't be told, ``hasChanged()`` tells why.
    return (try? store.checkInPlace()) != nil
  }

  var lastRead: CommitMark? { nil }

  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result {
    try store.mapped {
      try store.checkInPlace()
      header = nil
      return try queue.read { database in
        // A commit between here and the first read changes the header, so that the state counts as changed.
        let before = index?.header
        // This read comes first, because it begins the transaction. The next read sees what is committed
        // later.
        try store.checkVersion(database)
        let transaction = store.transaction(database)
        let generation = try transaction.generation()
        version = try Self.dataVersion(database)
        header = before
        if index == nil { index = WALIndex(database) }
        return try body(transaction.reader, generation)
      }
    }
  }

  private static func dataVersion(_ database: Database) throws -> Int64? {
    let statement = try database.cachedStatement(sql: "PRAGMA data_version")
    return try Int64.fetchOne(statement)
  }
}
