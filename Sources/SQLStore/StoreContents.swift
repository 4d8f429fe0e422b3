/// A connection to a new store that is filled with the rows of another one.
package protocol SQLLoading: SQLConnection {
  /// The names of a table's columns.
  func columns(of table: String) throws -> [String]
  /// Sets aside the rules that hold for changes and not for copies, such as that audit rows are never removed, and
  /// removes the rows that every new store has.
  func beginLoading(_ tables: [String]) throws
  /// Puts the rules in force again.
  func endLoading(_ tables: [String]) throws
}

/// Everything that a store keeps, table by table, as one engine hands it to another.
package enum StoreContents {
  /// A table, and the columns by which its rows are told apart.
  package struct Table: Hashable, Sendable {
    package let name: String
    package let key: [String]
    /// The version of its database that brought it, where a database of an earlier version is copied too.
    package let since: Int

    /// - Parameter key: with a comma between the columns.
    init(_ name: String, _ key: String, since: Int = 1) {
      self.name = name
      self.key = key.split(separator: ",").map { String($0.drop { $0 == " " }) }
      self.since = since
    }
  }

  /// The tables of a store, each behind those to which its rows refer. What is missing here is made anew by each engine:
  /// the list of migrations, the search index, and PostgreSQL's number of commits.
  package static let ofStore: [Table] = [
    ("account", "id"), ("account_tally", "kind"), ("account_key", "account_id, public_key"),
    ("account_label", "account_id, label_key"), ("team", "id"), ("membership", "team_id, account_id"),
    ("role", "id"),
    ("role_permission", "role_id, permission"), ("role_assignment", "account_id, team_id, builtin, role_id"),
    ("connector", "id"), ("company", "id"), ("data_list", "id"), ("item", "id"), ("widget", "id"),
    ("widget_list", "widget_id, list_id"), ("widget_parameter", "widget_id, parameter"), ("endpoint", "id"),
    ("endpoint_method", "endpoint_id, method"), ("access_grant", "id"), ("grant_role", "grant_id, role"),
    ("grant_company", "grant_id, company_id"), ("grant_list", "grant_id, list_id"),
    ("grant_item", "grant_id, item_id"),
    ("token", "id"), ("token_id", "rowid"), ("token_widget", "token_id, widget_id"),
    ("token_endpoint", "token_id, endpoint_id"), ("token_network", "token_id, network"),
    ("token_label", "token_id, label_key"), ("token_end", "token_id"), ("audit", "sequence"),
    ("generation", "id"),
    ("altered", "generation"), ("audit_head", "sequence"), ("audit_checkpoint", "id"),
    ("console_session", "id"),
    ("setting", "key, account_id"), ("draft", "account_id, place"), ("store_identity", "id"),
    ("token_key", "kind, key_id"), ("gate_key", "key_id"), ("undo_entry", "number"), ("proposal", "number"),
    ("refusal", "user_id, actor, kind"), ("state_snapshot", "sequence"), ("state_part", "sequence, position"),
    ("notice", "number"), ("notice_look", "condition_key"), ("console_settings", "account_id"),
    ("law", "name_key"),
  ].map { Table($0.0, $0.1) }

  /// The tables that gates write, without those of which gates run now.
  package static let ofUses = [
    Table("token_use", "secret_id"), Table("denial", "number"), Table("kept_head", "id", since: 3),
    Table("used_network", "token_id, network", since: 4), Table("hour_sum", "hour", since: 5),
    Table("token_day", "day, token_id", since: 5), Table("decoy_use", "decoy_id, day, source", since: 6),
    Table("stale_span", "id", since: 8),
  ]

  /// Those of the tables that gates write which these records have. An earlier gate may have made them.
  package static func ofUses(in records: any SQLConnection) throws -> [Table] {
    let version = try Session(connection: records, path: "").count("SELECT max(number) FROM migration")
    return ofUses.filter { $0.since <= version }
  }

  /// The number of all rows.
  package static func count(_ tables: [Table], in connection: any SQLConnection) throws -> Int {
    try tables.reduce(0) { sum, table in
      let rows = try connection.run("SELECT count(*) FROM \(table.name)", [], .all)
      defer { rows.finish() }
      return sum + (try rows.next() ? Int(rows.integer(0) ?? 0) : 0)
    }
  }

  /// Copies all rows. `progress` is told the number of rows that are done; where it throws, so does this function.
  package static func load(
    _ tables: [Table], from source: any SQLConnection, into target: any SQLLoading,
    progress: (Int) throws -> Void
  ) throws {
    let names = tables.map(\.name)
    try target.beginLoading(names)
    var done = 0
    for table in tables {
      let columns = try target.columns(of: table.name).filter { $0 != "rowid" }
      try forEachRow(of: table, columns, in: source) { rows in
        try insert(rows, into: table.name, columns, target)
        done += rows.count
        try progress(done)
      }
    }
    if names.contains("account") { try fillSearchIndex(of: target) }
    try target.endLoading(names)
  }

  /// The first difference between what two stores hold, in words; nil where they hold the same.
  package static func difference(
    _ tables: [Table], _ one: any SQLLoading, _ other: any SQLLoading, progress: (Int) throws -> Void
  ) throws -> String? {
    var done = 0
    for table in tables {
      let columns = try one.columns(of: table.name).filter { $0 != "rowid" }
      guard Set(columns) == Set(try other.columns(of: table.name).filter { $0 != "rowid" }) else {
        return "\(table.name) has other columns"
      }
      let theirs = try RowStream(table, columns, in: other)
      defer { theirs.finish() }
      var found: String?
      try forEachRow(of: table, columns, in: one) { rows in
        for row in rows where found == nil {
          done += 1
          if try theirs.next() != row { found = "\(table.name) differs at row \(done)" }
        }
        try progress(done)
      }
      if let found { return found }
      if try theirs.next() != nil { return "\(table.name) has more rows in the second store" }
    }
    return nil
  }

  /// The number of rows that are handed over at a time.
  private static let portion = 200

  private static func forEachRow(
    of table: Table, _ columns: [String], in source: any SQLConnection, _ body: ([[SQLValue]]) throws -> Void
  ) throws {
    let stream = try RowStream(table, columns, in: source)
    defer { stream.finish() }
    var rows: [[SQLValue]] = []
    while let row = try stream.next() {
      rows.append(row)
      if rows.count == portion {
        try body(rows)
        rows = []
      }
    }
    if !rows.isEmpty { try body(rows) }
  }

  private static func insert(
    _ rows: [[SQLValue]], into table: String, _ columns: [String], _ target: any SQLConnection
  ) throws {
    let marks = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
    let start = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
    // An engine takes no more than some thousand values at a time (sqlite.org/limits.html, 9).
    for first in stride(from: 0, to: rows.count, by: 50) {
      let some = rows[first..<min(first + 50, rows.count)]
      let sql = start + some.map { _ in marks }.joined(separator: ", ")
      let done = try target.run(sql, some.flatMap(\.self), .all)
      defer { done.finish() }
      while try done.next() {}
    }
  }

  private static func fillSearchIndex(of target: any SQLConnection) throws {
    let session = Session(connection: target, path: "")
    _ = try session.some(
      "SELECT number, name_key, search_key FROM account WHERE deleted_at IS NULL", limit: .max
    ) {
      (fields: Fields) -> Void? in
      let keys = SearchKeys(name: try fields.text(1), search: try fields.optionalText(2))
      try session.enterIntoSearch(try fields.integer(0), keys)
      return nil
    }
  }
}

/// The rows of a table in order, each as its values.
private struct RowStream {
  private let rows: any SQLRows
  private let width: Int

  init(_ table: StoreContents.Table, _ columns: [String], in source: any SQLConnection) throws {
    width = columns.count
    let names = columns.joined(separator: ", ")
    let order = table.key.map { "\($0) IS NULL, \($0)" }.joined(separator: ", ")
    rows = try source.run("SELECT \(names) FROM \(table.name) ORDER BY \(order)", [], .stream)
  }

  func next() throws -> [SQLValue]? {
    guard try rows.next() else { return nil }
    return (0..<width).map { column in
      rows.integer(column).map(SQLValue.integer) ?? rows.text(column).map(SQLValue.text)
        ?? rows.bytes(column).map(SQLValue.bytes) ?? .null
    }
  }

  func finish() { rows.finish() }
}
