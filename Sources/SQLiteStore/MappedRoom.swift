private import CPlatform
private import GRDBSQLite

/// Has SQLite map files only where there is room for what is mapped.
///
/// SQLite makes the -shm file longer by writing one byte every 4 KiB. Where the file system's blocks are smaller, most of
/// them are not there yet, and on a full disk whoever touches one is killed by SIGBUS.
enum MappedRoom {
  /// SQLite goes through this function from the first connection on (sqlite.org/c3ref/vfs.html, `xSetSystemCall`).
  /// False where it is a SQLite that does not map by it.
  static let isAskedFor: Bool = {
    typealias Map =
      @convention(c) (UnsafeMutableRawPointer?, Int, Int32, Int32, Int32, off_t) ->
      UnsafeMutableRawPointer?
    let map: Map = popsec_map_with_room
    guard let files = sqlite3_vfs_find(nil), let set = files.pointee.xSetSystemCall else { return false }
    return set(files, "mmap", unsafeBitCast(map, to: sqlite3_syscall_ptr.self)) == SQLITE_OK
  }()
}
