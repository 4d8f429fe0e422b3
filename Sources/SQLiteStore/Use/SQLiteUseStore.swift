package import Access
package import Store
private import Glibc
internal import GRDB
package import SQLStore

extension StoreFolder {
  /// The path of the database that gates write.
  package var useDatabase: String { path + "/gate.db" }
}

/// The database that gates write, in one SQLite file beside the store's.
package struct SQLiteUseStore: UseSessions {
  let path: String
  /// The identity of the open file.
  let file: Files.Identity
  private let connections: Connections
  private let locks: GateLocks

  /// The application id in the header of every gate.db: "popg".
  static let applicationID: Int32 = 0x706F_7067
  static let version = Migration.ofUses.version
  private static let busySeconds = 5.0

  /// Opens gate.db for writing, and makes it where it is missing, with the rights of the store. Where another
  /// process is doing the same, the function waits for it.
  ///
  /// Errors: ``StoreError``; where the file is not a gate.db, ``StoreError/isDamage`` of the error is true.
  package static func open(_ folder: StoreFolder, now: Timestamp) throws -> SQLiteUseStore {
    try open(folder, GateLocks(folder), now: now)
  }

  static func open(_ folder: StoreFolder, _ locks: GateLocks, now: Timestamp) throws -> SQLiteUseStore {
    let path = folder.useDatabase
    return try locks.whileMaking {
      try Files.ensureFile(path, mode: folder.isShared ? 0o660 : 0o600)
      do {
        let store = try SQLiteUseStore(path: path, locks)
        try store.beginLog()
        try store.connections.write { try prepare($0, path, now) }
        return store
      } catch let error as DatabaseError { throw StoreError(error, path: path) }
    }
  }

  /// Errors: ``StoreError/foreign(path:)`` where one of the names belongs to something other than a file.
  init(path: String, _ locks: GateLocks) throws {
    guard try Files.kind(of: path) == .file, let file = try Files.identity(of: path) else {
      throw StoreError.foreign(path: path)
    }
    for path in [path + "-wal", path + "-shm"] where ![.file, .missing].contains(try Files.kind(of: path)) {
      throw StoreError.foreign(path: path)
    }
    (self.path, self.file, self.locks) = (path, file, locks)
    let configuration = SQLiteStore.configuration(
      OpenOptions(busySeconds: Self.busySeconds, readerCacheKilobytes: 500))
    connections = Connections(
      readerPath: path, writerPath: path, configuration, cacheMegabytes: 8)
  }

  package func releaseMemory() { connections.releaseMemory() }

  /// Begins a log. SQLite itself waits for nobody when it begins one
  /// (sqlite.org/pragma.html#pragma_journal_mode).
  private func beginLog() throws {
    let end = ContinuousClock.now + .seconds(Self.busySeconds)
    while true {
      do {
        return try connections.writer().inDatabase { database in
          if try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal" { return }
          try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
      } catch let error as DatabaseError
        where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) && ContinuousClock.now < end
      {
        usleep(10_000)
      }
    }
  }

  private static func prepare(_ database: Database, _ path: String, _ now: Timestamp) throws {
    let isNew = try isEmpty(database)
    if isNew { try database.execute(sql: "PRAGMA application_id = \(applicationID)") }
    let version = isNew ? 0 : try check(database, path)
    try Migration.ofUses.apply(to: database, from: version, at: now)
  }

  private static func isEmpty(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
  }

  /// The tables, with the version that brought them: those that are copied, and those of which gates run now.
  private static let tables =
    StoreContents.ofUses.map { ($0.name, $0.since) } + [("gate_presence", 2), ("gate_rate", 7)]

  @discardableResult
  private static func check(_ database: Database, _ path: String) throws -> Int {
    guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == applicationID,
      let version = try SQLiteStore.version(database)
    else { throw StoreError.foreign(path: path) }
    guard version <= Self.version else {
      throw StoreError.newer(path: path, version: version, known: Self.version)
    }
    let present = Set(
      try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
    guard tables.allSatisfy({ $1 > version || present.contains($0) }) else {
      throw StoreError.corrupt(path: path, detail: "tables are missing")
    }
    return version
  }

  package func reading<Result>(_ body: (UseSession) throws -> Result) throws -> Result {
    try mapped { try connections.read { database in try body(try session(database)) } }
  }

  package func writing<Result>(_ body: (UseSession) throws -> Result) throws -> Result {
    try mapped { try connections.write { database in try body(try session(database)) } }
  }

  /// Whether the database is complete; false while it is being made.
  func isMade() throws -> Bool {
    try mapped {
      try connections.read { database in
        if try Self.isEmpty(database) { return false }
        try Self.check(database, path)
        return true
      }
    }
  }

  /// The damages, in words; empty where nothing is damaged.
  func damages() throws -> [String] {
    try mapped {
      try connections.read { database in
        try String.fetchAll(database, sql: "PRAGMA integrity_check(5)").filter { $0 != "ok" }
      }
    }
  }

  /// Begins the work within a transaction. A gate of a newer popsec may have brought the file up to date while it was open.
  private func session(_ database: Database) throws -> UseSession {
    let session = UseSession(on: SQLiteConnection(database, path: path), path: path)
    let version = try session.version()
    guard version <= Self.version else {
      throw StoreError.upgraded(path: path, version: version, known: Self.version)
    }
    return session
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }

  package func close() throws { try mapped { try connections.close() } }
}

extension SQLiteUseStore {
  /// The gates that hold their locks. Where the locks can't be read, all recorded gates.
  package func gates() throws -> [GatePresence]? {
    try reading { try $0.gates() }?.filter { locks.isHeld($0.id) != false }
  }

  package func put(_ presence: GatePresence) throws {
    try locks.hold(presence.id)
    try writing { session in
      for gate in try session.gates() ?? [] where locks.isHeld(gate.id) == false {
        try session.remove(gate.id)
      }
      try session.put(presence)
    }
  }

  package func remove(_ presence: Identifier<GatePresence>) throws {
    defer { locks.release(presence) }
    try writing { try $0.remove(presence) }
  }

  package func place() -> UsePlace { UsePlace(number: 0) }

  /// Copies one state of the database into a new file, while a gate goes on writing.
  package func copy(to path: String) throws {
    try mapped { try SQLiteStore.copy(connections, to: path) { _, _ in } }
  }
}

extension StoreError {
  /// Whether a file is not one of the expected files, and waiting will not change that. The file of a later popsec is whole,
  /// and that popsec's gates go on writing it.
  package var isDamage: Bool {
    switch self {
    case .corrupt, .foreign: true
    default: false
    }
  }
}
