/// Everything that a store keeps, table by table, as one engine hands it to another.
package enum StoreContents {
  /// A table, and the columns by which its rows are told apart.
  package struct Table: Hashable, Sendable {
    package let name: String
    package let key: [Column]
    /// The version of its database that brought it, where a database of an earlier version is copied too.
    package let since: Int

    package struct Column: Hashable, Sendable {
      package let name: String
      package let mayBeNull: Bool
    }

    /// - Parameter key: with a comma between the columns, and a question mark behind one that may be null.
    init(_ name: String, _ key: String, since: Int = 1) {
      self.name = name
      self.key = key.split(separator: ",").map { column in
        let name = column.drop { $0 == " " }
        return Column(name: String(name.filter { $0 != "?" }), mayBeNull: name.hasSuffix("?"))
      }
      self.since = since
    }
  }

  /// The tables of a store, each behind those to which its rows refer. What is missing here is made anew by each engine:
  /// the list of migrations, the search index, and PostgreSQL's number of commits.
  package static let ofStore: [Table] = [
    ("account", "number"), ("account_tally", "kind"), ("account_key", "account_id, public_key"),
    ("account_label", "account_id, label_key"), ("team", "id"), ("membership", "team_id, account_id"),
    ("role", "id"),
    ("role_permission", "role_id, permission"),
    ("role_assignment", "account_id?, team_id?, builtin?, role_id?"),
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
    ("setting", "key, account_id?"), ("draft", "account_id, place"), ("store_identity", "id"),
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
    _ tables: [Table], from source: any SQLLoading, into target: any SQLFilling,
    progress: (Int) throws -> Void
  ) throws {
    let statements = try target.setAside(tables.map(\.name))
    var done = 0
    for table in tables {
      let stream = try RowStream(table, in: source)
      defer { stream.finish() }
      while let rows = try stream.portion() {
        try stream.add(rows, to: target)
        done += rows.count
        try progress(done)
      }
    }
    for statement in statements { try target.carryOut(statement) }
    try target.settle(tables.map(\.name))
  }

  /// The first difference between what two stores hold, in words; nil where they hold the same.
  package static func difference(
    _ tables: [Table], _ one: any SQLLoading, _ other: any SQLLoading, progress: (Int) throws -> Void
  ) throws -> String? {
    var done = 0
    for table in tables {
      let ours = try RowStream(table, in: one)
      defer { ours.finish() }
      guard try ours.hasColumns(of: other) else { return "\(table.name) has other columns" }
      let theirs = try RowStream(table, ours.columns, in: other)
      defer { theirs.finish() }
      let first = done
      while let row = try ours.next() {
        done += 1
        if try theirs.next() != row { return "\(table.name) differs at row \(done - first)" }
        if done % 1_000 == 0 { try progress(done) }
      }
      if try theirs.next() != nil { return "\(table.name) has more rows in the second store" }
      try progress(done)
    }
    return nil
  }
}
