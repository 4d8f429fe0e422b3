internal import Access
package import Store
internal import GRDB
internal import SQLStore

extension SQLiteStore {
  /// The store's id; nil for a store that was made before stores had ids.
  static func storeID(_ database: Database) throws -> StoreID? {
    guard try database.tableExists("store_identity") else { return nil }
    return try String.fetchOne(database, sql: "SELECT store_id FROM store_identity").flatMap {
      StoreID(rawValue: $0)
    }
  }

  /// What can be told about the store in a folder without upgrading it.
  ///
  /// Errors: ``StoreError``, for example where the store is newer than this program.
  package static func outline(_ folder: StoreFolder, options: OpenOptions = OpenOptions()) throws
    -> StoreOutline
  {
    try outline(folder, options: options, migrations: Migration.all)
  }

  static func outline(
    _ folder: StoreFolder, options: OpenOptions, migrations: [Migration]
  ) throws -> StoreOutline {
    try SQLiteStore.checkFiles(folder)
    if !options.allowLooseRights { try SQLiteStore.checkRights(folder) }
    let users = currentUsers(of: folder.database)
    let isStill = users.isEmpty && Files.size(of: folder.database + "-wal") == 0
    var configuration = SQLiteProcess.configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(min(options.busySeconds, 5))
    do {
      // Where nobody writes, SQLite can do without the files that coordinate processes.
      let path =
        isStill
        ? "file:" + SQLiteStore.escaped(folder.database) + "?immutable=1" : SQLiteStore.connectionPath(folder)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let found = try queue.read { database in
        let version = try SQLiteStore.checkedVersion(database, folder, known: migrations.version)
        let store = try SQLiteStore.storeID(database)
        let backup = try Int64.fetchOne(
          database, sql: "SELECT max(at) FROM audit WHERE action = 'store.backup'")
        return (version: version, store: store, backup: backup)
      }
      try queue.close()
      return StoreOutline(
        version: found.version, known: migrations.version,
        pending: migrations.pending(from: found.version), store: found.store,
        byteCount: Files.size(of: folder.database) + Files.size(of: folder.database + "-wal"),
        freeByteCount: Files.freeBytes(at: folder.path), copiesFirst: true,
        lastBackupAt: found.backup.flatMap { Timestamp(secondsSince1970: $0) }, users: users)
    } catch let error as DatabaseError { throw StoreError(error, path: folder.database) }
  }
}
