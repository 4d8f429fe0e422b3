internal import Access
internal import SQLStore
internal import Store

extension PostgresSchema {
  /// The parts of the schema that popsec did not make, that are missing, or that differ, in words. A trigger that somebody
  /// else added would act whenever others write.
  ///
  /// The schema is compared with one that is made for this moment, in a transaction that is taken back. Where the role may
  /// not make one, the result is nil.
  static func differences(_ address: PostgresAddress) throws -> [String]? {
    let connection = try PostgresConnection(address, searchPath: PostgresStore.searchPath)
    do {
      let found = try parts(of: "popsec", on: connection)
      let expected = try model(on: connection)
      return Set(expected).symmetricDifference(found).sorted().map { part in
        expected.contains(part)
          ? "the schema lacks, or has another, \(part)"
          : "the schema has the \(part), which popsec did not make"
      }
    } catch StoreError.notAllowed {
      return nil
    }
  }

  private static func model(on connection: PostgresConnection) throws -> [String] {
    try connection.execute(
      "BEGIN ISOLATION LEVEL READ COMMITTED; CREATE SCHEMA popsec_model; SET LOCAL search_path = popsec_model, pg_catalog"
    )
    defer {
      // Where this fails, the connection goes, and the transaction with it.
      connection.rollBack()
    }
    try take(Migration.all, on: connection, .distantPast)
    return try parts(of: "popsec_model", on: connection)
  }

  /// The columns, rules, indexes, triggers and functions of a schema, each in one line without the schema's name.
  private static func parts(of schema: String, on connection: PostgresConnection) throws -> [String] {
    let rows = try connection.execute(
      native: """
        SELECT replace(replace(part, $1 || '.', ''), $1 || ', ', '') FROM (
          SELECT format('column %s.%s, %s %s %s', table_name, column_name, data_type, is_nullable, collation_name) AS part
            FROM information_schema.columns WHERE table_schema = $1
          UNION ALL SELECT format('rule %s of %s, %s', c.conname, t.relname, pg_get_constraintdef(c.oid))
            FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid WHERE t.relnamespace = $1::regnamespace
          UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = $1
          UNION ALL SELECT format('trigger %s, %s', pg_get_triggerdef(g.oid), g.tgenabled)
            FROM pg_trigger AS g JOIN pg_class AS t ON t.oid = g.tgrelid
            WHERE t.relnamespace = $1::regnamespace AND NOT g.tgisinternal
          UNION ALL SELECT format('function %s, %s', proname, md5(prosrc)) FROM pg_proc
            WHERE pronamespace = $1::regnamespace
        ) AS parts
        """, [.text(schema)])
    var found: [String] = []
    while rows.next() { if let part = rows.text(0) { found.append(part) } }
    return found
  }
}
