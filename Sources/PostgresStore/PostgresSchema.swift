internal import Access
private import Glibc
internal import SQLStore
internal import Store

/// The schemas of a store in PostgreSQL: the store's own, and the one that gates write.
enum PostgresSchema {
  /// The versions of both.
  struct Versions {
    let store: Int
    let uses: Int

    /// Errors: ``StoreError/newer(path:version:known:)`` where one of them is later than this program knows.
    func requireKnown(at address: PostgresAddress, _ known: Steps = Steps()) throws {
      let found = [(address.uri, store, known.store), (address.placeOfUses, uses, known.uses)]
      for (path, version, steps) in found where version > steps.version {
        throw StoreError.newer(path: path, version: version, known: steps.version)
      }
    }
  }

  /// The versions; nil where the database has no store.
  ///
  /// Errors: ``StoreError/unfinishedCopy(path:)``.
  static func versions(on connection: PostgresConnection) throws -> Versions? {
    let made = try connection.execute(
      """
      SELECT to_regclass('popsec.migration')::text, (SELECT nspname FROM pg_namespace WHERE nspname = 'popsec_copy')
      """)
    guard made.next(), !made.isNull(0) else {
      if !made.isNull(1) { throw StoreError.unfinishedCopy(path: connection.place) }
      return nil
    }
    let rows = try connection.execute(
      """
      SELECT (SELECT max(number)::text FROM popsec.migration), (SELECT max(number)::text FROM popsec_gate.migration)
      """)
    guard rows.next(), let store = rows.text(0).flatMap({ Int($0) }) else { return nil }
    return Versions(store: store, uses: rows.text(1).flatMap { Int($0) } ?? 0)
  }

  /// Keeps everybody from bringing the store up to date until the transaction ends. A transaction that had begun before
  /// would take a table that is written anew for an empty one (postgresql.org/docs/15/mvcc-caveats.html), and with it
  /// what limits a token. The lock comes before the first query, with which a transaction chooses the state that it sees.
  static let versionLock = "LOCK TABLE migration IN ACCESS SHARE MODE"

  /// Locks and reads the version of the schema that comes first in the path.
  static let versionQuery = [versionLock, "SELECT max(number)::text FROM migration"]

  /// Locks and reads the version of a store, and which store it is.
  static let storeQuery = [
    versionLock, "SELECT max(number)::text, (SELECT store_id FROM store_identity) FROM migration",
  ]

  /// The version that ``versionQuery`` found.
  ///
  /// Errors: ``StoreError/foreign(path:)``.
  static func version(_ rows: PostgresRows, at path: String) throws -> Int {
    guard rows.next(), let version = rows.text(0).flatMap({ Int($0) }) else {
      throw StoreError.foreign(path: path)
    }
    return version
  }

  /// Makes the store's schemas in one transaction.
  static func make(on connection: PostgresConnection, now: Timestamp) throws {
    guard try versions(on: connection) == nil else { throw StoreError.exists(path: connection.place) }
    try requireNoOthers(on: connection)
    try connection.execute(
      "BEGIN ISOLATION LEVEL READ COMMITTED; CREATE SCHEMA popsec; CREATE SCHEMA popsec_gate")
    do {
      try take(Migration.all, on: connection, now)
      try connection.execute("SET LOCAL search_path = \(PostgresUseStore.searchPath)")
      try take(Migration.ofUses, on: connection, now)
      try connection.commit(["COMMIT"])
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Errors: ``PostgresProblem`` where somebody else has given one of the schemas' names to a schema of theirs.
  private static func requireNoOthers(on connection: PostgresConnection) throws {
    let rows = try connection.execute(
      "SELECT string_agg(nspname, ', ') FROM pg_namespace WHERE nspname IN ('popsec', 'popsec_gate')")
    guard rows.next(), let names = rows.text(0) else { return }
    throw PostgresProblem.unfit(
      place: connection.place, reason: "it has a schema that holds no store of popsec's: \(names)",
      remedy: "name another database, or rename the schema: nothing of it was touched")
  }

  /// The steps to which a store is brought up to date.
  struct Steps {
    var store = Migration.all
    var uses = Migration.ofUses
  }

  /// Takes the steps that a store lacks, in one transaction that nobody else's change or read comes between. `settling` is
  /// called right before the upgrade becomes valid.
  ///
  /// Errors: ``StoreError/busy(path:writer:)`` where others read or write the store for longer than `seconds`.
  static func upgrade(
    on connection: PostgresConnection, to steps: Steps = Steps(), now: Timestamp,
    waiting seconds: Double = 60,
    settling: () -> Void
  ) throws {
    try beginUpgrade(on: connection, waiting: seconds)
    do {
      // Another process may have upgraded the store in the meantime.
      let found = try versions(on: connection) ?? Versions(store: 0, uses: 0)
      try found.requireKnown(at: connection.address, steps)
      try take(steps.store.filter { $0.number > found.store }, on: connection, now)
      try connection.execute("SET LOCAL search_path = \(PostgresUseStore.searchPath)")
      try take(steps.uses.filter { $0.number > found.uses }, on: connection, now)
      settling()
      // Whoever keeps in memory what it read has to look again.
      try connection.execute("UPDATE popsec.change_count SET number = number + 1")
      try connection.commit(["COMMIT"])
    } catch {
      connection.rollBack()
      throw error
    }
  }

  /// Begins a transaction when nobody reads or writes the store. Writers take turns with it. Readers who come while this
  /// waits for those before them have to wait, too, so that it waits for a moment, and lets them go first before it tries
  /// again.
  private static func beginUpgrade(on connection: PostgresConnection, waiting seconds: Double) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      let left = max(1, Int((end - .now) / .milliseconds(1)))
      do {
        try connection.execute(
          """
          BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = \(left);
          SELECT pg_advisory_xact_lock(\(PostgresStore.lock)); SET LOCAL lock_timeout = '300ms';
          LOCK TABLE popsec.migration, popsec_gate.migration IN ACCESS EXCLUSIVE MODE; SET LOCAL lock_timeout = 0
          """)
        return
      } catch {
        connection.rollBack()
        guard case StoreError.busy = error, ContinuousClock.now < end else { throw error }
        usleep(500_000)
      }
    }
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
