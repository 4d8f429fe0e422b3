package import Access
internal import SQLStore
package import Store
private import Synchronization

/// A store in a PostgreSQL database: in the schema `popsec`, and beside it in `popsec_gate`, which gates write.
///
/// Every transaction that writes holds one lock of the server until it ends, so that there is one order of changes,
/// whoever writes, on whichever host. The lock goes with its session, so that nobody who dies keeps it.
package struct PostgresStore: Store {
  let pool: PostgresPool
  package let location: String
  /// Whether every write is refused, because the caller asked for it.
  private let isReadOnly: Bool
  /// The number of seconds for which a write waits for other writes.
  private let busySeconds: Double
  var bounds = WindowBounds()
  private let shelf = LawShelf()
  private let identity = KnownIdentity()

  /// The schemas in which names are looked up, the first for what is made.
  static let searchPath = "popsec, pg_catalog"

  /// The number of the lock, in the server's space of numbers for applications: "popsec".
  static let lock: Int64 = 0x706F_7073_6563

  /// Opens the store in a database.
  ///
  /// Errors: ``PostgresProblem``; ``StoreError``, for example where the store is of another version.
  ///
  /// - Parameter lease: what a gate knows of its server. Then the store is read from that server alone, and is not waited
  ///   for longer than proxies wait.
  package static func open(
    _ address: PostgresAddress, readOnly: Bool = false, busySeconds: Double = 30, lease: PostgresLease? = nil
  ) throws -> PostgresStore {
    let pool = PostgresPool(address, searchPath: searchPath, lease: lease)
    guard let found = try pool.with({ try PostgresSchema.versions(on: $0) }) else {
      throw StoreError.missing(path: address.uri)
    }
    try found.requireKnown(at: address)
    try StoreError.require(found.store, known: Migration.all.version, at: address.uri)
    try StoreError.require(found.uses, known: Migration.ofUses.version, at: address.placeOfUses)
    return PostgresStore(pool: pool, location: address.uri, isReadOnly: readOnly, busySeconds: busySeconds)
  }

  /// Makes an empty store in a database that has none, and opens it.
  ///
  /// Errors: ``PostgresProblem``; ``StoreError/exists(path:)``.
  package static func create(_ address: PostgresAddress, now: Timestamp) throws -> PostgresStore {
    let pool = PostgresPool(address, searchPath: searchPath)
    try pool.with { try PostgresSchema.make(on: $0, now: now) }
    return try open(address)
  }

  /// Whether a database has a store, of whatever version.
  package static func isThere(_ address: PostgresAddress) throws -> Bool {
    try PostgresSchema.versions(on: PostgresConnection(address, searchPath: searchPath)) != nil
  }

  /// Errors: ``StoreError/exists(path:)`` where the database has a store.
  package static func requireNone(_ address: PostgresAddress) throws {
    if try isThere(address) { throw StoreError.exists(path: address.uri) }
  }

  /// Removes a store that was made just now.
  package static func remove(_ address: PostgresAddress) {
    let connection = try? PostgresConnection(address, searchPath: searchPath)
    // What is left is seen by whoever makes a store there next.
    _ = try? connection?.execute("DROP SCHEMA popsec_gate CASCADE; DROP SCHEMA popsec CASCADE")
  }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try pool.transaction(Self.beginRead) { connection, rows in
      try check(rows)
      return try body(transaction(connection).reader)
    }
  }

  package func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try write(atOnce: false, body)
  }

  package func write<Result>(
    foreseeing readings: [(any StoreReader) throws -> Void], _ body: (any StoreWriter) throws -> Result
  ) throws -> Result {
    try write(atOnce: false, foreseeing: SQLTransaction.firstQuestions(of: readings)) { writer in
      try writer.foresee(readings)
      return try body(writer)
    }
  }

  package func writeAtOnce<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result {
    try write(atOnce: true, body)
  }

  private func write<Result>(
    atOnce: Bool, foreseeing questions: [NotedStatement] = [], _ body: (any StoreWriter) throws -> Result
  ) throws -> Result {
    guard !isReadOnly else { throw StoreError.readOnly(path: location) }
    // The lock comes before everything that is read. Each statement then sees all that was committed before.
    let milliseconds = atOnce ? 1 : max(1, Int(busySeconds * 1_000))
    let begin =
      [
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "SET LOCAL lock_timeout = \(milliseconds)",
        "SELECT pg_advisory_xact_lock(\(Self.lock))", "SET LOCAL lock_timeout = 0",
      ] + PostgresSchema.storeQuery
    // Whoever watches learns of every commit by this number.
    let commit = ["UPDATE change_count SET number = number + 1", "COMMIT"]
    return try pool.transaction(begin, foreseeing: questions, commit: commit) { connection, rows in
      try check(rows)
      return try transaction(connection).write(body).result
    }
  }

  package func giveUpReserve() -> Bool { false }

  package func watch() throws -> any StoreWatch { PostgresWatch(self) }

  package func close() { pool.close() }

  static let beginRead = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"] + PostgresSchema.storeQuery
  /// Begins a read, and asks in the same round trip for all that a watch needs.
  static let beginWatchedRead = [
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PostgresSchema.versionLock,
    """
    SELECT (SELECT max(number)::text FROM migration), (SELECT store_id FROM store_identity),
      (SELECT number::text FROM change_count), (SELECT number::text FROM generation)
    """,
  ]

  /// Checks the version and the store within a transaction. A newer popsec may have upgraded the store while it was open,
  /// and another store may have come to its place: by a schema that was made anew, or on another host of the address.
  func check(_ rows: PostgresRows) throws {
    let version = try PostgresSchema.version(rows, at: location)
    try StoreError.require(version, known: Migration.all.version, at: location)
    guard identity.isKnown(rows.text(1)) else { throw StoreError.replaced(path: location) }
  }

  /// Tells of a newer popsec where its upgrade is why something that the body asks for is missing.
  func namingVersion<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StoreError {
      if case .foreign = error { try read { _ in } }
      throw error
    }
  }

  func transaction(_ connection: PostgresConnection) -> SQLTransaction {
    SQLTransaction(on: PostgresSession(connection: connection), path: location, bounds: bounds, shelf: shelf)
  }
}

/// Which store was found first.
private final class KnownIdentity: Sendable {
  private let known = Mutex<String?>(nil)

  /// Whether the store that was found now is that one.
  func isKnown(_ found: String?) -> Bool {
    known.withLock { known in
      if known == nil { known = found }
      return known == found
    }
  }
}
