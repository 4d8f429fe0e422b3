package import Access
private import Foundation
private import GRDB
package import PostgresStore
private import SQLiteStore
package import Store

/// An engine behind the store's face, which makes stores for tests.
package struct Engine: Sendable, CustomStringConvertible {
  package let description: String
  /// Makes an empty store of that time in the folder, where there is nothing yet, or in a database of its own; then the
  /// folder is for what lies beside the store.
  package let make: @Sendable (StoreFolder, Timestamp) throws -> MadeStore

  package init(
    _ description: String, make: @escaping @Sendable (StoreFolder, Timestamp) throws -> MadeStore
  ) {
    (self.description, self.make) = (description, make)
  }

  package static let sqlite = Engine("SQLite") { try MadeStore(in: $0, now: $1) }
  package static let postgres = Engine("PostgreSQL") { folder, now in
    try MadeStore(in: try PostgresServer.running().makeStore(now: now), beside: folder, now: now)
  }

  /// With options of its databases.
  package static func postgres(_ options: String) -> Engine {
    Engine("PostgreSQL, \(options)") { folder, now in
      let address = try PostgresAddress(try PostgresServer.running().makeDatabase(options))
      try PostgresStore.create(address, now: now).close()
      return try MadeStore(in: address, beside: folder, now: now)
    }
  }

  /// Those that are there. Every test of the store's face runs on all of them.
  package static let all = [sqlite] + (PostgresServer.shared == nil ? [] : [postgres])

  /// Whether its stores are in databases of a server.
  package var hasDatabases: Bool { description.hasPrefix(Self.postgres.description) }

  /// The engine of the stores that tests make without naming one: SQLite, unless POPSEC_TEST_ENGINE is "postgres" or a
  /// trait says otherwise.
  @TaskLocal package static var current =
    ProcessInfo.processInfo.environment["POPSEC_TEST_ENGINE"] == "postgres" ? postgres : sqlite

  /// A test with random input, on an engine.
  package struct Run: Sendable, CustomStringConvertible {
    package let engine: Engine
    package let seed: UInt64

    package var description: String { "\(seed) on \(engine)" }
  }

  /// All seeds on SQLite, and the first few on PostgreSQL, where each takes several times as long.
  package static func runs(_ seeds: some Collection<UInt64>, inDatabase count: Int) -> [Run] {
    all.flatMap { engine in
      (engine.hasDatabases ? Array(seeds.prefix(count)) : Array(seeds)).map { Run(engine: engine, seed: $0) }
    }
  }
}

/// A store that was made for a test. What its engine holds of the store goes with this value.
package final class MadeStore: Sendable {
  package let store: any Store
  /// What gates recorded, as others read it.
  package let records: any UseReading
  /// The address of the database that has the store; nil for a store in a folder.
  package let address: PostgresAddress?
  private let folder: StoreFolder
  private let now: Timestamp
  /// What goes with the last of those that were made of it.
  private let base: MadeStore?

  /// The same store with another way to it.
  package init(_ base: MadeStore, as store: any Store) {
    (self.store, self.base) = (store, base)
    (records, address, folder, now) = (base.records, base.address, base.folder, base.now)
  }

  fileprivate init(in folder: StoreFolder, now: Timestamp) throws {
    store = try SQLiteStore.copy(at: folder, now: now)
    records = SQLiteUseRecords(folder)
    (address, self.folder, self.now, base) = (nil, folder, now, nil)
  }

  fileprivate init(in address: PostgresAddress, beside folder: StoreFolder, now: Timestamp) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    store = try PostgresStore.open(address)
    records = PostgresUseStore(address)
    (self.address, self.folder, self.now, base) = (address, folder, now, nil)
  }

  deinit {
    guard base == nil else { return }
    try? close()
    if let address { try? PostgresServer.running().remove(address.uri) }
  }

  package func close() throws {
    try (store as? SQLiteStore)?.close()
    (store as? PostgresStore)?.close()
  }

  /// Opens the store as another process does.
  package func reopened() throws -> any Store {
    try address.map { try PostgresStore.open($0) } ?? SQLiteStore.open(folder, now: now)
  }

  /// Opens the records of the store's gates as a gate does.
  package func openUses() throws -> any UseWriting {
    try address.map { PostgresUseStore($0) } ?? SQLiteUseStore.open(folder, now: now)
  }

  /// Runs SQL as somebody beside popsec does, and reads the last statement's rows. A null is nil of SQLite and empty of
  /// PostgreSQL.
  @discardableResult
  package func run(_ statements: String...) throws -> [[String?]] {
    if let address {
      let text = (["SET search_path = popsec, pg_catalog"] + statements).joined(separator: ";\n")
        .replacing(/zeroblob\(([0-9]+)\)/) { "decode(repeat('00', \($0.output.1)), 'hex')" }
      let printed = try PostgresServer.running().query(PostgresServer.name(address.uri), text)
      return printed.split(separator: "\n").map { line in
        line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
      }
    }
    let queue = try DatabaseQueue(path: folder.database)
    defer { try? queue.close() }
    return try queue.write { database in
      var rows: [Row] = []
      let all = try database.allStatements(sql: statements.joined(separator: ";\n"))
      while let statement = try all.next() { rows = try Row.fetchAll(statement) }
      return rows.map { row in
        row.databaseValues.map {
          String.fromDatabaseValue($0) ?? Int64.fromDatabaseValue($0).map(String.init)
        }
      }
    }
  }

  /// Runs SQL as somebody does who may write the audit log's rows, and knows how.
  package func tamper(_ sql: String) throws {
    let table = address == nil ? "" : " ON audit"
    let triggers = ["audit_is_not_updated", "audit_is_not_deleted", "audit_follows"]
    try run(triggers.map { "DROP TRIGGER IF EXISTS \($0)\(table)" }.joined(separator: ";"), sql)
  }
}
