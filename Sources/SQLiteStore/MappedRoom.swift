private import CPlatform
private import GRDBSQLite

/// Makes SQLite map a file only where the disk has room for the mapped part.
///
/// SQLite extends the -shm file by writing one byte every 4 KiB. Where the file system's blocks are smaller,
/// most blocks don't exist yet. On a full disk SIGBUS then kills a process that touches such a block.
enum MappedRoom {
  /// Whether SQLite maps files by this function from the first connection on (sqlite.org/c3ref/vfs.html,
  /// `xSetSystemCall`). False for a SQLite that maps files in another way.
  static let isAskedFor: Bool = {
    typealias Map =
      @convention(c) (UnsafeMutableRawPointer?, Int, Int32, Int32, Int32, off_t) ->
      UnsafeMutableRawPointer?
    let map: Map = popsec_map_with_room
    guard let files = sqlite3_vfs_find(nil), let set = files.pointee.xSetSystemCall else { return false }
    return set(files, "mmap", unsafeBitCast(map, to: sqlite3_syscall_ptr.self)) == SQLITE_OK
  }()
}
