package import Access
package import Store
internal import GRDB
internal import SQLStore
private import Glibc

/// Options for opening a store.
package struct OpenOptions: Hashable, Sendable {
  /// Whether files and folders that others may read or write are accepted.
  package var allowLooseRights: Bool
  package var readOnly: Bool
  /// The number of seconds that a write may wait for other writes, in total.
  package var busySeconds: Double
  /// The greatest size of the writing connection's cache, which grows as needed. Making a million accounts
  /// takes several times as long where their indexes don't fit into it.
  package var cacheMegabytes: Int
  /// The greatest size of the cache of each reading connection.
  package var readerCacheKilobytes: Int
  /// Whether a store of an older version is upgraded. Otherwise it is refused, because a program of that version,
  /// such as a gate that runs, no longer works with the store afterwards.
  package var upgrades: Bool
  /// Whether a store is copied beside itself before it is upgraded.
  package var backsUp: Bool
  /// Whether disk space is reserved beside the store, so that access can be taken away when the disk is full.
  package var keepsReserve: Bool

  package init(
    allowLooseRights: Bool = false, readOnly: Bool = false, busySeconds: Double = 30,
    cacheMegabytes: Int = 32, readerCacheKilobytes: Int = 2_000,
    upgrades: Bool = false, backsUp: Bool = true, keepsReserve: Bool = true
  ) {
    self.keepsReserve = keepsReserve
    (self.upgrades, self.backsUp) = (upgrades, backsUp)
    self.allowLooseRights = allowLooseRights
    self.readOnly = readOnly
    self.busySeconds = busySeconds
    (self.cacheMegabytes, self.readerCacheKilobytes) = (cacheMegabytes, readerCacheKilobytes)
  }
}

extension SQLiteStore {
  /// The application id in the header of every popsec.db (sqlite.org/fileformat.html, 1.3.15): "pops".
  static let applicationID: Int32 = 0x706F_7073

  /// The latest version of a store that this program can open.
  package static var knownVersion: Int { Migration.all.version }

  /// Opens a store. A store of an older version is refused, unless the options say that it is backed up beside itself
  /// and upgraded. A store of a newer version is not touched. Files that can't be written are opened for reading only. `news` receives the
  /// news of the store, now and later. `settling` is called right before an upgrade is committed.
  package static func open(
    _ folder: StoreFolder, options: OpenOptions = OpenOptions(), now: Timestamp,
    news: @escaping StoreNewsTaker = { _ in }, settling: () -> Void = {}
  ) throws -> SQLiteStore {
    try open(folder, options: options, now: now, migrations: Migration.all, news: news, settling: settling)
  }

  static func open(
    _ folder: StoreFolder, options: OpenOptions, now: Timestamp, migrations: [Migration],
    news: @escaping StoreNewsTaker = { _ in }, settling: () -> Void = {}
  ) throws -> SQLiteStore {
    try checkFiles(folder)
    if !options.allowLooseRights { try checkRights(folder) }
    let isReadOnly =
      options.readOnly || !Files.isWritable(folder.path) || !Files.isWritable(folder.database)
    guard let opened = try Files.identity(of: folder.database) else {
      throw StoreError.missing(path: folder.path)
    }
    let readerPath = isReadOnly ? readOnlyPath(folder) : connectionPath(folder)
    let connections = Connections(
      readerPath: readerPath, writerPath: connectionPath(folder), configuration(options),
      cacheMegabytes: options.cacheMegabytes,
      waiting: WriteWaiting(folder, seconds: options.busySeconds, news: news))
    let store = SQLiteStore(
      folder: folder, opened: opened, connections: connections, isReadOnly: isReadOnly,
      known: migrations.version, keepsReserve: options.keepsReserve, news: news)
    do {
      // A reader looks first, because a connection that may write would move the log into the file.
      let version = try onFullDisk(of: folder) {
        try connections.read { database in
          try checkedVersion(database, folder, known: migrations.version)
        }
      }
      if version < migrations.version {
        guard options.upgrades, !isReadOnly else {
          throw StoreError.older(path: folder.path, version: version, known: migrations.version)
        }
        try store.migrate(from: version, migrations, now, backsUp: options.backsUp, settling)
      }
      return store
    } catch let error as DatabaseError { throw StoreError(error, path: folder.database) }
  }

  /// Reads the version. Where the disk has no room even for the files that coordinate SQLite's processes, a
  /// part of the reserved space is freed.
  private static func onFullDisk<Result>(of folder: StoreFolder, _ read: () throws -> Result) throws -> Result
  {
    while true {
      do { return try read() } catch let error as DatabaseError {
        guard StoreError(error, path: folder.database) == .diskFull(path: folder.database),
          StoreReserve(folder).giveUpPart()
        else { throw error }
      }
    }
  }

  static func checkedVersion(_ database: Database, _ folder: StoreFolder, known: Int) throws -> Int {
    guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == applicationID,
      let version = try version(database)
    else { throw StoreError.foreign(path: folder.path) }
    guard version <= known else {
      throw StoreError.newer(path: folder.path, version: version, known: known)
    }
    return version
  }

  /// The version of a database; nil where the table of migrations is missing.
  static func version(_ database: Database) throws -> Int? {
    do { return try Int.fetchOne(database, sql: "SELECT max(number) FROM migration") } catch let error
      as DatabaseError where error.resultCode == .SQLITE_ERROR
    { return nil }
  }

  static func configuration(_ options: OpenOptions) -> Configuration {
    var configuration = SQLiteProcess.configuration()
    // In WAL mode a reader never waits for a writer, but only for a process that begins or ends a log.
    configuration.busyMode = .timeout(min(options.busySeconds, 5))
    configuration.foreignKeysEnabled = true
    configuration.label = "popsec"
    // Anybody who may write the file may add triggers to it. They may call only harmless functions.
    configuration.prepareDatabase {
      try $0.execute(
        sql: "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -\(options.readerCacheKilobytes)")
      $0.add(function: SearchFold.function)
    }
    return configuration
  }

  /// The path for SQLite, which reads a path that begins with `file:` as a URI.
  static func connectionPath(_ folder: StoreFolder) -> String {
    folder.database.hasPrefix("file:") ? "./" + folder.database : folder.database
  }

  /// The path for reading only. In a folder that can't be written SQLite can't make the files by which
  /// readers coordinate. Where there is no log, nobody writes, and SQLite can do without those files
  /// (sqlite.org/uri.html, `immutable`).
  private static func readOnlyPath(_ folder: StoreFolder) -> String {
    let path = connectionPath(folder)
    guard !Files.isWritable(folder.path), Files.size(of: path + "-wal") == 0 else { return path }
    return "file:" + escaped(path) + "?immutable=1"
  }

  static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain = byte.isASCIILetterOrDigit || "/._-~".utf8.contains(byte)
      let hex = String(byte, radix: 16)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count < 2 ? "0" : "") + hex
    }.joined()
  }

  private func migrate(
    from version: Int, _ migrations: [Migration], _ now: Timestamp, backsUp: Bool, _ settling: () -> Void
  ) throws {
    try connections.write { database in
      // Another process may have upgraded the store in the meantime.
      let version = try Self.checkedVersion(database, folder, known: migrations.version)
      guard version < migrations.version else { return }
      // Nobody else writes meanwhile, so this is exactly the state that is going to be upgraded.
      if backsUp { try keepCopy("backup-\(version)", now) }
      try migrations.apply(to: database, from: version, at: now)
      settling()
    }
  }
}

extension StoreFolder {
  /// The group that shares the store, whose folder then has the set-group-ID bit; nil for a store of one
  /// account.
  package var sharingGroup: UInt32? {
    guard let rights = Files.rights(of: path), rights.mode & 0o2070 == 0o2070 else { return nil }
    return rights.group
  }

  package var isShared: Bool { sharingGroup != nil }

  package var owner: UInt32? { Files.rights(of: path)?.owner }
}

extension UInt8 {
  fileprivate var isASCIILetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
