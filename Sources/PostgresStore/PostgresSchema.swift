internal import Access
internal import SQLStore
internal import Store

/// The schema of a store in PostgreSQL.
enum PostgresSchema {
  /// The version of the store; nil where the database has none.
  static func version(on connection: PostgresConnection) throws -> Int? {
    let made = try connection.execute("SELECT to_regclass('popsec.migration')::text")
    guard made.next(), !made.isNull(0) else { return nil }
    let rows = try connection.execute("SELECT max(number)::text FROM popsec.migration")
    return rows.next() ? rows.text(0).flatMap { Int($0) } : nil
  }

  /// Makes the store's schemas in one transaction.
  static func make(on connection: PostgresConnection, now: Timestamp) throws {
    guard try version(on: connection) == nil else { throw StoreError.exists(path: connection.place) }
    try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED; CREATE SCHEMA popsec; CREATE SCHEMA popsec_gate")
    do {
      try take(Migration.all, on: connection, now)
      try connection.execute("SET LOCAL search_path = popsec_gate, popsec, pg_catalog")
      try take(Migration.ofUses, on: connection, now)
      try connection.execute("COMMIT")
    } catch {
      _ = try? connection.execute("ROLLBACK")
      throw error
    }
  }

  private static func take(
    _ migrations: [Migration], on connection: PostgresConnection, _ now: Timestamp
  ) throws {
    for migration in migrations {
      for script in migration.postgresScripts {
        try connection.execute(script.isShared ? PostgresSQL.script(script.text) : script.text)
      }
      _ = try connection.execute(
        native: "INSERT INTO migration (number, name, applied_at) VALUES ($1, $2, $3)",
        [.integer(Int64(migration.number)), .text(migration.name), .integer(now.secondsSince1970)])
    }
  }

  static func differences(on connection: PostgresConnection) throws -> [String] { [] }
}
