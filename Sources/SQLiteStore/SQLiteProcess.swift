private import CPlatform
private import CSQLite
internal import GRDB
private import GRDBSQLite

/// What popsec sets in SQLite for the whole process, before the first connection.
enum SQLiteProcess {
  /// What every connection is made with, so that none is made before SQLite is set.
  static func configuration() -> Configuration {
    // The first two of these must come before SQLite is used, and the third uses SQLite.
    _ = leavesMemoryUncounted
    _ = keepsJournalsInMemory
    _ = mapsWithRoom
    return Configuration()
  }

  /// Whether SQLite leaves its memory uncounted. Nothing asks for the count, and at each allocation all threads would wait
  /// for the one lock of the counter.
  private static let leavesMemoryUncounted = popsec_leave_memory_uncounted() == SQLITE_OK

  /// Whether the journals of statements stay in memory up to a megabyte. A statement that may fail halfway copies each page
  /// that it is about to change. Once such a copy does not fit into memory, all later ones of the transaction go to a
  /// temporary file, and bulk work spent a fifth of its time writing them. SQLite takes the megabyte at once, and uses as
  /// many pages of it as are copied.
  private static let keepsJournalsInMemory = popsec_set_statement_journal_spill(1 << 20) == SQLITE_OK

  /// Whether SQLite maps a file only where the disk has room for the mapped part. False for a SQLite that maps files in
  /// another way than by the function that is set here (sqlite.org/c3ref/vfs.html, `xSetSystemCall`).
  ///
  /// SQLite extends the -shm file by writing one byte every 4 KiB. Where the file system's blocks are smaller,
  /// most blocks don't exist yet. On a full disk SIGBUS then kills a process that touches such a block.
  static let mapsWithRoom: Bool = {
    typealias Map =
      @convention(c) (UnsafeMutableRawPointer?, Int, Int32, Int32, Int32, off_t) ->
      UnsafeMutableRawPointer?
    let map: Map = popsec_map_with_room
    guard let files = sqlite3_vfs_find(nil), let set = files.pointee.xSetSystemCall else { return false }
    return set(files, "mmap", unsafeBitCast(map, to: sqlite3_syscall_ptr.self)) == SQLITE_OK
  }()
}
