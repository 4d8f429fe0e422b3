internal import SQLStore
internal import Store

/// A connection on which a whole store is read or written.
final class PostgresFilling: SQLFilling {
  private let session: PostgresSession
  private let schema: String
  /// The columns of the tables that were written, with their types.
  private var known: [String: [String: UInt32]] = [:]

  init(_ connection: PostgresConnection, schema: String) {
    session = PostgresSession(connection: connection)
    self.schema = schema
  }

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    try session.run(sql, values, demand)
  }

  var isDistant: Bool { session.isDistant }

  func foresee(_ statements: [NotedStatement]) throws { try session.foresee(statements) }

  func foreseen(_ statement: NotedStatement) -> (any SQLRows)? { session.foreseen(statement) }

  func damages() throws -> [String]? { try session.damages() }

  func columns(of table: String) throws -> [String] { try types(of: table).map(\.name) }

  private func types(of table: String) throws -> [(name: String, type: UInt32)] {
    let rows = try session.connection.execute(
      native: """
        SELECT attname::text, atttypid::bigint FROM pg_attribute
        WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
        """, [.text("\(schema).\(table)")])
    var types: [(name: String, type: UInt32)] = []
    while rows.next() {
      if let name = rows.text(0), let type = rows.integer(1) { types.append((name, UInt32(clamping: type))) }
    }
    return types
  }

  /// What refers to other rows goes first, because an index may stand behind it, and comes last.
  func setAside(_ tables: [String]) throws -> [String] {
    var (drops, makes): ([String], [String]) = ([], [])
    let rows = try session.connection.execute(
      native: """
        SELECT first, last FROM (
          SELECT 1 AS place, t.relname, c.conname AS name,
            format('ALTER TABLE %I DROP CONSTRAINT %I', t.relname, c.conname) AS first,
            format('ALTER TABLE %I ADD CONSTRAINT %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) AS last
          FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
          WHERE c.contype = 'f' AND t.relnamespace = $1::regnamespace
          UNION ALL
          SELECT 2, t.relname, c.relname, format('DROP INDEX %I', c.relname), pg_get_indexdef(i.indexrelid)
          FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid
          WHERE t.relnamespace = $1::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
        ) AS parts ORDER BY place, relname, name
        """, [.text(schema)])
    while rows.next() {
      if let drop = rows.text(0), let make = rows.text(1) {
        drops.append(drop)
        makes.insert(make, at: 0)
      }
    }
    for drop in drops { try session.connection.execute(drop) }
    for table in tables { try session.connection.execute("ALTER TABLE \(table) DISABLE TRIGGER USER") }
    for table in tables.reversed() { try session.connection.execute("DELETE FROM \(table)") }
    return makes + tables.map { "ALTER TABLE \($0) ENABLE TRIGGER USER" }
  }

  func carryOut(_ statement: String) throws { try session.connection.execute(statement) }

  func add(_ rows: [[SQLValue]], to table: String, _ columns: [String]) throws {
    let types = try known[table] ?? Dictionary(uniqueKeysWithValues: types(of: table))
    known[table] = types
    var data = PostgresCopyData(
      try columns.map { column in
        guard let type = types[column] else { throw StoreError.foreign(path: session.connection.place) }
        return type
      })
    for row in rows {
      guard data.add(row) else {
        throw StoreError.constraint(detail: "a value of \(table) is of another kind than its column")
      }
    }
    try copy(data, to: table, columns)
  }

  func addToSearch(_ entries: [(account: Int64, grams: String)]) throws {
    var data = PostgresCopyData([PostgresType.int8, PostgresType.tsvector])
    for entry in entries { _ = data.add([.integer(entry.account), .text(entry.grams)]) }
    try copy(data, to: "account_search", ["rowid", "grams"])
  }

  private func copy(_ data: PostgresCopyData, to table: String, _ columns: [String]) throws {
    let list = columns.joined(separator: ", ")
    try session.connection.copy("COPY \(table) (\(list)) FROM STDIN (FORMAT binary)", data.finished)
  }

  /// Where rows are numbered by the server, it goes on behind the last one. All other rules were checked when they were
  /// made again.
  func settle(_ tables: [String]) throws {
    for table in ["account", "notice", "denial"] where tables.contains(table) {
      try session.connection.execute(
        """
        SELECT setval(pg_get_serial_sequence('\(schema).\(table)', 'number'),
          coalesce((SELECT max(number) FROM \(table)), 0) + 1, false)
        """)
    }
  }
}
