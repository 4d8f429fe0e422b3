private import CPlatform
internal import GRDB
private import GRDBSQLite

/// The index of SQLite's log, as one connection has it in its memory (sqlite.org/walformat.html, 2).
///
/// The memory is SQLite's own, which it shares with all processes that have the store open. It stays where it is for as
/// long as the connection is open. The file beside the store is never opened or closed here, because closing it would
/// drop SQLite's locks.
struct WALIndex {
  private let memory: UnsafeRawPointer

  /// The header of the index. SQLite compares the same bytes to learn whether anybody committed anything.
  struct Header: Equatable {
    fileprivate let words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

    static func == (left: Self, right: Self) -> Bool { left.words == right.words }
  }

  private static let regionBytes: Int32 = 32_768

  /// Finds the index of a connection that has read. The result is nil where the connection does without an index, or
  /// where SQLite doesn't say where the index is.
  init?(_ database: Database) {
    guard let handle = database.sqliteConnection, Self.usesLog(database, handle) else { return nil }
    var file: UnsafeMutablePointer<sqlite3_file>?
    guard sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK,
      let methods = file?.pointee.pMethods, methods.pointee.iVersion >= 2, let map = methods.pointee.xShmMap
    else { return nil }
    var region: UnsafeMutableRawPointer?
    let result = map(file, 0, Self.regionBytes, 0, &region)
    // A connection that may not write the index has it nevertheless.
    guard result == SQLITE_OK || result == SQLITE_READONLY, let region else { return nil }
    memory = UnsafeRawPointer(region)
  }

  /// Whether the connection reads by the log, and not a file that nobody is supposed to write.
  private static func usesLog(_ database: Database, _ handle: OpaquePointer) -> Bool {
    guard sqlite3_uri_boolean(sqlite3_db_filename(handle, "main"), "immutable", 0) == 0 else { return false }
    return (try? String.fetchOne(database, sql: "PRAGMA journal_mode")) == "wal"
  }

  /// The present header; nil while a commit is writing it.
  var header: Header? {
    var header = popsec_wal_header()
    return popsec_read_wal_header(memory, &header) ? Header(words: header.words) : nil
  }
}
