package import Access
package import SQLStore
package import Store
private import Synchronization

/// What gates write, in the schema `popsec_gate` of the store's database.
///
/// A gate shows that it runs by a lock of the server on its own session. The lock goes with the session, so that a gate
/// that was killed is not taken for a running one.
package final class PostgresUseStore: UseSessions {
  private let pool: PostgresPool
  private let held = Mutex(Held())
  private let lease: PostgresLease?
  /// The place, for errors.
  private let location: String

  /// The session of each running gate of this process.
  private struct Held: @unchecked Sendable {
    var sessions: [Identifier<GatePresence>: PostgresConnection] = [:]
  }

  /// The functions are the store's; everything else is the gates' own.
  static let searchPath = "popsec_gate, popsec, pg_catalog"

  /// - Parameter lease: what a gate knows of its server; nil for people.
  package init(_ address: PostgresAddress, lease: PostgresLease? = nil) {
    pool = PostgresPool(address, searchPath: Self.searchPath, lease: lease)
    self.lease = lease
    location = address.placeOfUses
  }

  package func reading<Result>(_ body: (UseSession) throws -> Result) throws -> Result {
    try run(Self.beginRead, body)
  }

  /// Gates write one after another, because their sums have common rows, which must not be locked in different orders.
  package func writing<Result>(_ body: (UseSession) throws -> Result) throws -> Result {
    // While the database does not answer, tries would only pile up at its server. What was recorded before the store was
    // upgraded can still be written, where the tables of the gates are the same.
    if case .silent? = lease?.reach {
      throw StoreError.serverLost(path: location, detail: "it is out of reach")
    }
    let begin = [
      "BEGIN ISOLATION LEVEL READ COMMITTED",
      "SET LOCAL lock_timeout = '\(lease == nil ? "30s" : "1500ms")'",
      "SELECT pg_advisory_xact_lock(\(PostgresStore.lock + 1))",
    ]
    return try run(begin + PostgresSchema.versionQuery, commit: ["COMMIT"], body)
  }

  private func run<Result>(
    _ begin: [String], commit: [String]? = nil, _ body: (UseSession) throws -> Result
  ) throws -> Result {
    try pool.transaction(begin, commit: commit) { connection, rows in
      try Self.check(rows, at: location)
      return try body(UseSession(on: PostgresSession(connection: connection), path: location))
    }
  }

  /// Begins a read; its last rows are for ``check(_:at:)``.
  static let beginRead = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"] + PostgresSchema.versionQuery

  /// Checks the version within a transaction, because a newer popsec may have changed the tables meanwhile.
  static func check(_ rows: PostgresRows, at path: String) throws {
    let version = try PostgresSchema.version(rows, at: path)
    try StoreError.require(version, known: Migration.ofUses.version, at: path)
  }

  package func place() -> UsePlace { UsePlace(number: 0) }

  package func gates() throws -> [GatePresence]? {
    let running = try runningGates()
    return try reading { try $0.gates() }?.filter { running.contains($0.id.rawValue) }
  }

  package func put(_ presence: GatePresence) throws {
    try hold(presence.id)
    let running = try runningGates()
    try writing { session in
      for gate in try session.gates() ?? [] where !running.contains(gate.id.rawValue) {
        try session.remove(gate.id)
      }
      try session.put(presence)
    }
  }

  package func remove(_ presence: Identifier<GatePresence>) throws {
    defer { held.withLock { _ = $0.sessions.removeValue(forKey: presence) } }
    try writing { try $0.remove(presence) }
  }

  /// Holds the lock of a gate, on a session of its own.
  private func hold(_ gate: Identifier<GatePresence>) throws {
    try held.withLock { held in
      // Only a question shows that the session is still there, and with it the lock.
      if let session = held.sessions[gate], lease?.covers(session.server) ?? true,
        (try? session.execute("SELECT 1")) != nil
      {
        return
      }
      let session = try pool.connect()
      try session.execute("SELECT pg_advisory_lock(\(gate.rawValue))")
      held.sessions[gate] = session
    }
  }

  /// The gates that hold their locks. The server shows the number of a lock in two halves
  /// (postgresql.org/docs/15/view-pg-locks.html).
  private func runningGates() throws -> Set<Int64> {
    try pool.with { connection in
      let rows = try connection.execute(
        native: """
          SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
          WHERE locktype = 'advisory' AND objsubid = 1 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          """, [])
      var found: Set<Int64> = []
      while rows.next() { if let number = rows.integer(0) { found.insert(number) } }
      return found
    }
  }

  package func close() {
    held.withLock { $0.sessions = [:] }
    pool.close()
  }
}
