package import Access
package import Store
internal import GRDB

extension StoreFolder {
  /// What the gate writes.
  package var useDatabase: String { path + "/gate.db" }
}

/// What the gate writes, in one SQLite file beside the store's.
package struct SQLiteUseStore: UseWriting {
  private let path: String
  private let connections: Connections

  /// Stands in the header of every gate.db: "popg".
  static let applicationID: Int32 = 0x706F_7067
  static let version = 2

  /// Opens it to be written; where it is missing it is made, with the rights of the store.
  package static func open(_ folder: StoreFolder, now: Timestamp) throws -> SQLiteUseStore {
    let path = folder.useDatabase
    do {
      if try Files.kind(of: path) == .missing {
        try Files.makeFile(path, mode: folder.isShared ? 0o660 : 0o600)
      }
      let store = SQLiteUseStore(path: path)
      try store.connections.writer().inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      try store.connections.write { try prepare($0, path, now) }
      return store
    } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }

  init(path: String) {
    self.path = path
    let configuration = SQLiteStore.configuration(OpenOptions())
    connections = Connections(
      readerPath: path, writerPath: path, configuration, cacheMegabytes: 8)
  }

  private static func prepare(_ database: Database, _ path: String, _ now: Timestamp) throws {
    let isNew = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    if isNew { try database.execute(sql: "PRAGMA application_id = \(applicationID)") }
    let version = isNew ? 0 : try check(database, path)
    try migrations.apply(to: database, from: version, at: now)
  }

  private static let migrations = [
    Migration(number: 1, name: "first", scripts: [PackageResources.gate_0001_first_sql]),
    Migration(number: 2, name: "presence", scripts: [PackageResources.gate_0002_presence_sql]),
  ]

  @discardableResult
  fileprivate static func check(_ database: Database, _ path: String) throws -> Int {
    guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == applicationID,
      let version = try Int.fetchOne(database, sql: "SELECT max(number) FROM migration")
    else { throw StoreError.foreign(path: path) }
    guard version <= Self.version else {
      throw StoreError.newer(path: path, version: version, known: Self.version)
    }
    return version
  }

  fileprivate func checkedRead<Result>(_ body: (UseSession) throws -> Result) throws -> Result {
    try mapped { try connections.read { database, _ in try body(session(database)) } }
  }

  func checkReadable() throws {
    _ = try mapped { try connections.read { database, _ in try Self.check(database, path) } }
  }

  private func session(_ database: Database) -> UseSession {
    UseSession(session: Session(database: database, path: path))
  }

  private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
  }

  package func add(
    _ uses: [TokenIDUse], _ denials: [NewDenial], keeping retention: DenialRetention, now: Timestamp
  ) throws {
    try mapped {
      try connections.write { database in
        let session = session(database)
        // By the denials before these: a clock that jumped must not do away with what tells of them.
        let settled = try session.settledTime(now: now)
        for use in uses { try session.add(use) }
        for denial in denials { try session.add(denial) }
        try session.prune(retention, settled)
      }
    }
  }

  package func close() throws { try mapped { try connections.close() } }
}

extension SQLiteUseStore {
  package func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse] {
    try checkedRead { session in try tokens.flatMap(session.uses(of:)) }
  }

  package func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool {
    try checkedRead { session in try secrets.contains(where: session.isUsed) }
  }

  package func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse] {
    try checkedRead { try $0.uses(since: time, after: secret, limit: limit) }
  }

  package func denial(_ id: DecisionID) throws -> StoredDenial? { try checkedRead { try $0.denial(id) } }

  package func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial> {
    try checkedRead { try $0.denials(position, limit: limit) }
  }

  package func denialCount() throws -> Int { try checkedRead { try $0.denialCount() } }

  package func gates(since time: Timestamp) throws -> [GatePresence]? {
    try checkedRead { try $0.gates(since: time) }
  }

  package func put(_ presence: GatePresence, forgettingBefore time: Timestamp) throws {
    try mapped { try connections.write { try session($0).put(presence, forgettingBefore: time) } }
  }

  package func remove(_ presence: Identifier<GatePresence>) throws {
    try mapped { try connections.write { try session($0).remove(presence) } }
  }

  /// Copies one state of it into a new file, while a gate goes on writing.
  package func copy(to path: String) throws {
    try mapped { try SQLiteStore.copy(connections, to: path) { _, _ in } }
  }
}
