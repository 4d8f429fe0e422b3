internal import GRDB
internal import Store

/// SQLite silently drops a frame of the log whose checksum is wrong, and all frames after it
/// (sqlite.org/walformat.html, section 4). One flipped bit could take back an acknowledged change. Therefore
/// every change that may alter a decision is moved into the database file at once, and the log is emptied.
extension SQLiteStore {
  /// The number of milliseconds for which a committed change waits for readers.
  static let settlingMilliseconds = 100

  package func settle() throws -> Bool {
    guard Files.size(of: folder.database + "-wal") > 0 else { return true }
    guard Files.isWritable(folder.path), Files.isWritable(folder.database) else { return false }
    return try mapped {
      // A writer that is opened only now must not create a file where the store is gone.
      try checkInPlace()
      return try connections.settle(waiting: 0)
    }
  }
}

extension Connections {
  /// Settles what was written, if nobody is writing now.
  func settle(waiting milliseconds: Int) throws -> Bool {
    do {
      return try inTurn(atOnce: true) { try settle($0, waiting: milliseconds) }
    } catch StoreError.busy { return false }
  }

  /// Moves the whole log into the database file, syncs the file, and empties the log. Only an emptied log is
  /// harmless, because valid old frames before a damaged one would hide what is in the file. The result is
  /// false where others read or write for longer than the given time. This function runs within the writer's
  /// turn.
  func settle(_ writer: DatabaseQueue, waiting milliseconds: Int) throws -> Bool {
    func checkpoint() throws -> Bool {
      // The result is 0 where everything was moved (sqlite.org/pragma.html#pragma_wal_checkpoint).
      try writer.inDatabase { try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0 }
    }
    return try waiting.map { try $0.briefly(milliseconds: milliseconds, checkpoint) } ?? checkpoint()
  }
}
