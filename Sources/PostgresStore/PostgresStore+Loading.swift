package import Access
package import SQLStore

extension PostgresStore {
  /// Reads one state of the whole store, for whoever hands it to another engine.
  package func contents<Result>(_ body: (any SQLLoading) throws -> Result) throws -> Result {
    try pool.transaction(Self.beginRead) { connection, rows in
      try check(rows)
      return try body(PostgresLoading(connection, schema: "popsec"))
    }
  }

  /// Reads one state of what gates recorded.
  package static func uses<Result>(
    _ address: PostgresAddress, _ body: (any SQLLoading) throws -> Result
  ) throws -> Result {
    try PostgresPool(address, searchPath: PostgresUseStore.searchPath)
      .transaction(PostgresUseStore.beginRead) { connection, rows in
        try PostgresUseStore.check(rows, at: address.placeOfUses)
        return try body(PostgresLoading(connection, schema: "popsec_gate"))
      }
  }

  /// Makes a store in a database that has none, with the rows that `fill` and `fillUses` load, in one transaction.
  package static func create(
    _ address: PostgresAddress, now: Timestamp, fill: (any SQLLoading) throws -> Void,
    fillUses: (any SQLLoading) throws -> Void
  ) throws -> PostgresStore {
    let connection = try PostgresConnection(address, searchPath: searchPath)
    try PostgresSchema.make(on: connection, now: now) {
      try connection.execute("SET LOCAL search_path = \(searchPath)")
      try fill(PostgresLoading(connection, schema: "popsec"))
      try connection.execute("SET LOCAL search_path = \(PostgresUseStore.searchPath)")
      try fillUses(PostgresLoading(connection, schema: "popsec_gate"))
    }
    // Without this the first queries would be planned as if all tables were empty.
    try connection.execute("ANALYZE")
    return try open(address)
  }
}

/// A connection on which a whole store is read or written.
private struct PostgresLoading: SQLLoading {
  private let session: PostgresSession
  private let schema: String

  init(_ connection: PostgresConnection, schema: String) {
    session = PostgresSession(connection: connection)
    self.schema = schema
  }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    try session.run(sql, values, demand)
  }

  func damages() throws -> [String]? { try session.damages() }

  func columns(of table: String) throws -> [String] {
    let rows = try session.connection.execute(
      native: """
        SELECT column_name::text FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2
        ORDER BY ordinal_position
        """, [.text(schema), .text(table)])
    var names: [String] = []
    while rows.next() { if let name = rows.text(0) { names.append(name) } }
    return names
  }

  func beginLoading(_ tables: [String]) throws {
    for table in tables { try session.connection.execute("ALTER TABLE \(table) DISABLE TRIGGER USER") }
    for table in tables.reversed() { try session.connection.execute("DELETE FROM \(table)") }
  }

  func endLoading(_ tables: [String]) throws {
    for table in tables { try session.connection.execute("ALTER TABLE \(table) ENABLE TRIGGER USER") }
    // Where rows are numbered by the server, it goes on behind the last one.
    for table in ["account", "notice", "denial"] where tables.contains(table) {
      try session.connection.execute(
        """
        SELECT setval(pg_get_serial_sequence('\(schema).\(table)', 'number'),
          coalesce((SELECT max(number) FROM \(table)), 0) + 1, false)
        """)
    }
  }
}
