package import Access
package import SQLStore
private import Store

/// A copy that is being made in a database, in schemas of other names than a store's. The last transaction gives them their
/// final names.
package final class PostgresDraft: CopyDraft {
  private let connection: PostgresConnection
  private let now: Timestamp
  /// Whether all that is done becomes valid at once, and goes with the connection otherwise.
  private let isOneTransaction: Bool

  package var place: String { connection.place }
  package var isWhole: Bool { false }

  /// The number of the lock of whoever makes a copy, behind those of writers and gates.
  private static let lock = PostgresStore.lock + 2

  /// The database has no store, and may have an unfinished copy of the same owner's. Nobody else can work on the copy as
  /// long as this is there.
  ///
  /// Errors: ``PostgresProblem``, ``StoreError``.
  package init(_ address: PostgresAddress, isOneTransaction: Bool = false, now: Timestamp) throws {
    (self.now, self.isOneTransaction) = (now, isOneTransaction)
    connection = try PostgresConnection(address, searchPath: PostgresStore.searchPath)
    // The server may need a moment to notice that the process which held the lock is gone.
    try connection.execute(
      "SET lock_timeout = '10s'; SELECT pg_advisory_lock(\(Self.lock)); SET lock_timeout = 0")
    try requireRoom()
    if isOneTransaction {
      try connection.execute(
        "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = 0")
    }
  }

  private func requireRoom() throws {
    let rows = try connection.execute(
      """
      SELECT (to_regclass('popsec.migration') IS NOT NULL)::text,
        (EXISTS (SELECT 1 FROM pg_namespace WHERE nspname IN ('popsec', 'popsec_gate')))::text,
        (EXISTS (SELECT 1 FROM pg_namespace
          WHERE nspname IN ('popsec_copy', 'popsec_gate_copy') AND NOT pg_has_role(nspowner, 'USAGE')))::text
      """)
    guard rows.next() else { throw StoreError.foreign(path: place) }
    if rows.text(0) == "true" { throw StoreError.exists(path: place) }
    if rows.text(1) == "true" {
      throw StoreError.constraint(
        detail: "the database has a schema popsec or popsec_gate that is no store's")
    }
    if rows.text(2) == "true" {
      throw StoreError.notAllowed(path: place, action: "go on with the copy, which is another role's, into")
    }
  }

  package func isMade(_ part: CopyPart) throws -> Bool {
    let rows = try connection.execute(
      native: "SELECT 1 FROM pg_namespace WHERE nspname = $1", [.text(part.draft)])
    return rows.next()
  }

  package func make(_ part: CopyPart, _ body: (any SQLFilling) throws -> Void) throws {
    try transaction(part) {
      try connection.execute("CREATE SCHEMA \(part.draft)")
      try PostgresSchema.take(part == .store ? Migration.all : Migration.ofUses, on: connection, now)
      try body(PostgresFilling(connection, schema: part.draft))
    }
  }

  package func write<Result>(
    _ part: CopyPart, _ body: (any SQLFilling) throws -> Result
  ) throws -> Result {
    try transaction(part) { try body(PostgresFilling(connection, schema: part.draft)) }
  }

  package func read<Result>(_ part: CopyPart, _ body: (any SQLLoading) throws -> Result) throws -> Result {
    try transaction(part, "READ ONLY") { try body(PostgresFilling(connection, schema: part.draft)) }
  }

  package func remove(_ part: CopyPart) throws {
    _ = try transaction(part) { try connection.execute("DROP SCHEMA IF EXISTS \(part.draft) CASCADE") }
  }

  package func learn() throws {
    // Without this the first queries would be planned as if all tables were empty.
    try connection.execute("ANALYZE")
  }

  package func publish() throws {
    if !isOneTransaction { try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED") }
    do {
      for part in CopyPart.allCases {
        try connection.execute(
          """
          DROP TABLE \(part.draft).copy_mark, \(part.draft).copy_set_aside;
          ALTER SCHEMA \(part.draft) RENAME TO \(part.schema)
          """)
      }
      try connection.commit(["COMMIT"])
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Runs one transaction. Where the server is lost, the last ones may be lost with it, each with its rows and its mark, so
  /// that none has to wait for the disk.
  private func transaction<Result>(
    _ part: CopyPart, _ mode: String = "READ WRITE", _ body: () throws -> Result
  ) throws -> Result {
    let path = "SET LOCAL search_path = \(part.path)"
    guard !isOneTransaction else {
      try connection.execute(path)
      return try body()
    }
    try connection.execute(
      """
      BEGIN ISOLATION LEVEL READ COMMITTED \(mode); SET LOCAL synchronous_commit = off;
      SET LOCAL idle_in_transaction_session_timeout = 0; \(path)
      """)
    do {
      let result = try body()
      try connection.commit(["COMMIT"])
      return result
    } catch {
      connection.rollBack()
      throw error
    }
  }
}

extension CopyPart {
  fileprivate var schema: String { self == .store ? "popsec" : "popsec_gate" }
  fileprivate var draft: String { schema + "_copy" }

  /// The functions are the store's.
  fileprivate var path: String {
    (self == .store ? [draft] : [draft, CopyPart.store.draft]).joined(separator: ", ") + ", pg_catalog"
  }
}
