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

  /// Makes the store's schemas in one transaction; `fill` runs at its end.
  static func make(
    on connection: PostgresConnection, now: Timestamp, fill: () throws -> Void = {}
  ) throws {
    guard try version(on: connection) == nil else { throw StoreError.exists(path: connection.place) }
    try connection.execute(
      "BEGIN ISOLATION LEVEL READ COMMITTED; CREATE SCHEMA popsec; CREATE SCHEMA popsec_gate")
    do {
      try take(Migration.all, on: connection, now)
      try connection.execute("SET LOCAL search_path = \(PostgresUseStore.searchPath)")
      try take(Migration.ofUses, on: connection, now)
      try fill()
      try connection.commit(["COMMIT"])
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Takes the steps that follow a version, in one transaction that nobody else's change comes between. `settling` is
  /// called right before the upgrade becomes valid.
  static func upgrade(
    on connection: PostgresConnection, now: Timestamp, settling: () -> Void
  ) throws {
    try connection.execute(
      "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(\(PostgresStore.lock))")
    do {
      // Another process may have upgraded the store in the meantime.
      let version = try version(on: connection) ?? 0
      try take(Migration.all.filter { $0.number > version }, on: connection, now)
      let uses = try usesVersion(on: connection)
      try connection.execute("SET LOCAL search_path = \(PostgresUseStore.searchPath)")
      try take(Migration.ofUses.filter { $0.number > uses }, on: connection, now)
      settling()
      // Whoever keeps in memory what it read has to look again.
      try connection.execute("UPDATE popsec.change_count SET number = number + 1")
      try connection.commit(["COMMIT"])
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// The version of the gates' records.
  static func usesVersion(on connection: PostgresConnection) throws -> Int {
    let rows = try connection.execute("SELECT coalesce(max(number), 0)::text FROM popsec_gate.migration")
    return rows.next() ? rows.text(0).flatMap { Int($0) } ?? 0 : 0
  }

  static func take(
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
}
