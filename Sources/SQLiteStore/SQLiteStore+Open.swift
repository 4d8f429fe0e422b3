package import Access
package import Store
internal import GRDB
private import Glibc

/// How a store is opened.
package struct OpenOptions: Hashable, Sendable {
  /// Whether files and folders that others may read or write are put up with.
  package var allowLooseRights: Bool
  package var readOnly: Bool
  /// How long a write waits for those of others, all in all, in seconds.
  package var busySeconds: Double
  /// What the writing connection may keep of the file in memory, taken as it is needed. Making a
  /// million accounts takes a multiple of the time where their indexes don't fit.
  package var cacheMegabytes: Int
  /// Whether a store is copied beside itself before it is brought up to date.
  package var backsUp: Bool
  /// Whether room is kept beside it, so that access can be taken away when the disk is full.
  package var keepsReserve: Bool

  package init(
    allowLooseRights: Bool = false, readOnly: Bool = false, busySeconds: Double = 30,
    cacheMegabytes: Int = 32,
    backsUp: Bool = true, keepsReserve: Bool = true
  ) {
    self.keepsReserve = keepsReserve
    self.backsUp = backsUp
    self.allowLooseRights = allowLooseRights
    self.readOnly = readOnly
    self.busySeconds = busySeconds
    self.cacheMegabytes = cacheMegabytes
  }
}

extension SQLiteStore {
  /// Stands in the header of every popsec.db (sqlite.org/fileformat.html, 1.3.15): "pops".
  static let applicationID: Int32 = 0x706F_7073

  /// The latest version of a store that can be opened.
  package static var knownVersion: Int { Migration.all.version }

  /// Opens a store. One of an older version is backed up beside itself and brought up to date;
  /// one of a newer version is not touched. Files that can't be written are opened to be read. `news` takes
  /// what there is to tell meanwhile and later.
  package static func open(
    _ folder: StoreFolder, options: OpenOptions = OpenOptions(), now: Timestamp,
    news: @escaping StoreNewsTaker = { _ in }
  ) throws -> SQLiteStore {
    try open(folder, options: options, now: now, migrations: Migration.all, news: news)
  }

  static func open(
    _ folder: StoreFolder, options: OpenOptions, now: Timestamp, migrations: [Migration],
    news: @escaping StoreNewsTaker = { _ in }
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
      // A reader looks first: a connection that may write would move the log into the file.
      let version = try onFullDisk(of: folder) {
        try connections.read { database in
          try checkedVersion(database, folder, known: migrations.version)
        }
      }
      if version < migrations.version {
        try store.migrate(from: version, migrations, now, backsUp: options.backsUp)
      }
      return store
    } catch let error as DatabaseError { throw StoreError(error, path: folder.database) }
  }

  /// Reads; where there is not even room for the files by which SQLite's processes agree, as much as they take is
  /// given up of what is kept for a full disk.
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

  /// Nil where there is no such table.
  static func version(_ database: Database) throws -> Int? {
    do { return try Int.fetchOne(database, sql: "SELECT max(number) FROM migration") } catch let error
      as DatabaseError where error.resultCode == .SQLITE_ERROR
    { return nil }
  }

  static func configuration(_ options: OpenOptions) -> Configuration {
    var configuration = Configuration()
    // In WAL mode nobody who reads waits for a writer, only for who begins or ends a log.
    configuration.busyMode = .timeout(min(options.busySeconds, 5))
    configuration.foreignKeysEnabled = true
    configuration.label = "popsec"
    // Whoever may write the file may put triggers into it: they call no more than what is harmless.
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA trusted_schema = OFF") }
    return configuration
  }

  /// SQLite takes what begins with `file:` for an address.
  static func connectionPath(_ folder: StoreFolder) -> String {
    folder.database.hasPrefix("file:") ? "./" + folder.database : folder.database
  }

  /// In a folder that can't be written SQLite can't make the files that readers agree by: where
  /// there is no log, nobody writes, and it need not (sqlite.org/uri.html, `immutable`).
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
    from version: Int, _ migrations: [Migration], _ now: Timestamp, backsUp: Bool
  ) throws {
    guard !isReadOnly else {
      throw StoreError.older(path: folder.path, version: version, known: migrations.version)
    }
    try connections.write { database in
      // Another process may have been faster.
      let version = try Self.checkedVersion(database, folder, known: migrations.version)
      guard version < migrations.version else { return }
      // Nobody else writes meanwhile, so that this is the very state which is brought up to date.
      if backsUp { try keepCopy("backup-\(version)", now) }
      try migrations.apply(to: database, from: version, at: now)
    }
  }
}

extension StoreFolder {
  /// The group that a store was made for: its folder has the set-group-ID bit. Nil for one of one account.
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
