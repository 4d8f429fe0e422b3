internal import Access
internal import GRDB
internal import Store

extension Session {
  func damages() throws -> [String] {
    // The first column of this query does not identify a row.
    let broken = try rows("SELECT * FROM pragma_quick_check(20)") { try $0.text(0) }.filter { $0 != "ok" }
    let loose = try rows(
      """
      SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY "table", parent
      """
    ) { "\(try $0.integer(2)) rows of \(try $0.text(0)) name rows of \(try $0.text(1)) that are not there" }
    return broken + loose + (try strangers())
  }

  /// The parts of the schema that popsec did not make, that are missing, or that differ. A trigger that
  /// somebody else added would act whenever others write.
  private func strangers() throws -> [String] {
    let model = try DatabaseQueue()
    let expected = try model.write { database in
      try Migration.all.apply(to: database, from: 0, at: .distantPast)
      return try Self.schema(of: database)
    }
    let found = try Self.schema(of: database)
    return Set(expected.keys).union(found.keys).sorted().compactMap { name in
      switch (expected[name], found[name]) {
      case (nil, _): "the schema has the \(name), which popsec did not make"
      case (_, nil): "the schema lacks the \(name)"
      case (let expected, let found): expected == found ? nil : "the schema has another \(name)"
      }
    }
  }

  /// The parts of a schema by kind and name.
  private static func schema(of database: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  func danglingGrantCount() throws -> Int {
    try count(
      """
      SELECT count(DISTINCT d.id) FROM (
        SELECT g.id FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
          WHERE g.hidden = 0 AND c.deleted_at IS NOT NULL
        UNION ALL SELECT p.grant_id FROM grant_company AS p JOIN company AS c ON c.id = p.company_id
          WHERE c.deleted_at IS NOT NULL
        UNION ALL SELECT p.grant_id FROM grant_list AS p JOIN data_list AS l ON l.id = p.list_id
          WHERE l.deleted_at IS NOT NULL
        UNION ALL SELECT p.grant_id FROM grant_item AS p JOIN item AS i ON i.id = p.item_id
          WHERE i.deleted_at IS NOT NULL
      ) AS d JOIN access_grant AS g ON g.id = d.id WHERE g.hidden = 0
      """)
  }

  func allPublicKeys() throws -> [(user: Name, line: String)] {
    try rows(
      """
      SELECT a.name, k.public_key FROM account_key AS k JOIN account AS a ON a.id = k.account_id
      WHERE a.deleted_at IS NULL ORDER BY a.name_key, k.public_key
      """
    ) { (user: try $0.name(0), line: try $0.text(1)) }
  }
}
