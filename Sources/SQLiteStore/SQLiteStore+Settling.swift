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
  /// Moves the whole log into the database file, syncs that, and empties the log. Only an emptied log is
  /// harmless: where old frames stay valid before a damaged one, they hide what is in the file. False where
  /// others read or write for longer than that.
  func settle(waiting milliseconds: Int) throws -> Bool {
    try writer().inDatabase { database in
      let patience = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
      try database.execute(sql: "PRAGMA busy_timeout = \(milliseconds)")
      defer { try? database.execute(sql: "PRAGMA busy_timeout = \(patience)") }
      // 0 where all was done (sqlite.org/pragma.html#pragma_wal_checkpoint).
      return try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
  }
}
