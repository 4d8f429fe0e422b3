internal import GRDB
internal import Store

/// SQLite drops a frame of the log whose checksum fails, and all frames behind it, without a word
/// (sqlite.org/walformat.html, section 4): one flipped bit would take back what was told as done. So whatever
/// may alter a decision is moved into the database file at once, and the log emptied.
extension SQLiteStore {
  /// For so long a change that was committed waits for those who read, in milliseconds.
  static let settlingMilliseconds = 100

  package func settle() throws -> Bool {
    guard Files.size(of: folder.database + "-wal") > 0 else { return true }
    guard Files.isWritable(folder.path), Files.isWritable(folder.database) else { return false }
    return try mapped {
      // A writer that is only opened now must not make a file where there is none any more.
      try checkInPlace()
      return try connections.settle(waiting: 0)
    }
  }
}

extension Connections {
  /// Settles what was written, where nobody writes now.
  func settle(waiting milliseconds: Int) throws -> Bool {
    do {
      return try inTurn(atOnce: true) { try settle($0, waiting: milliseconds) }
    } catch StoreError.busy { return false }
  }

  /// Moves the whole log into the database file, syncs that, and empties the log. Only an emptied log is
  /// harmless: where old frames stay valid before a damaged one, they hide what is in the file. False where
  /// others read or write for longer than that. It is a part of the writer's turn.
  func settle(_ writer: DatabaseQueue, waiting milliseconds: Int) throws -> Bool {
    func checkpoint() throws -> Bool {
      // 0 where all was done (sqlite.org/pragma.html#pragma_wal_checkpoint).
      try writer.inDatabase { try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0 }
    }
    return try waiting.map { try $0.briefly(milliseconds: milliseconds, checkpoint) } ?? checkpoint()
  }
}
