internal import Access
internal import Store

extension Session {
  func deleted(
    _ query: DeletedQuery, _ position: PagePosition<DeletedCursor>, limit: Int
  ) throws -> Page<DeletedRow> {
    try position.page(limit: limit, by: \.cursor) {
      try beyond($0, isForward: $1, query, limit: $2)
    }
  }

  func deletedCount(_ query: DeletedQuery) throws -> Int {
    try query.kinds.reduce(0) { count, kind in
      let table = DeletedTable(kind)
      guard let matching = query.matching else {
        return try count + self.count("SELECT count(*) FROM \(table.source) WHERE \(table.condition)")
      }
      let names = try some("SELECT t.id, t.name FROM \(table.source) WHERE \(table.condition)", limit: .max) {
        matching.matches(try $0.text(1)) ? true : nil
      }
      return count + names.count
    }
  }

  func deleted(_ thing: DeletedThing) throws -> DeletedRow? {
    try rows(of: thing.kind, " AND t.id = ?", [thing.id], order: "t.id", limit: 1).first
  }

  func deleted(_ kind: DeletedKind, named key: NameKey, limit: Int) throws -> [DeletedRow] {
    try rows(
      of: kind, " AND t.name_key = ?", [key.text], order: "t.deleted_at DESC, t.id", limit: max(limit, 0))
  }

  func lastDeletion(of thing: DeletedThing) throws -> Int64? {
    try first("SELECT deletion FROM \(DeletedTable(thing.kind).name) WHERE id = ?", [thing.id]) {
      try $0.optionalInteger(0)
    } ?? nil
  }

  func deletedAccount(_ id: AccountID) throws -> Account? {
    try first(
      "SELECT \(Self.accountColumns) FROM account WHERE id = ? AND deleted_at IS NOT NULL", [id.rawValue],
      Self.account)
  }

  /// The rows after or before a place in the order. Each kind has an index in that order.
  private func beyond(
    _ cursor: DeletedCursor?, isForward: Bool, _ query: DeletedQuery, limit: Int
  ) throws -> [DeletedRow] {
    var found: [DeletedRow] = []
    for kind in query.kinds {
      var ofKind: [DeletedRow] = []
      for stretch in DeletedStretch.all(of: kind, beyond: cursor, isForward: isForward)
      where ofKind.count < limit {
        ofKind += try rows(
          of: kind, stretch.condition, stretch.values, order: stretch.order, limit: limit - ofKind.count,
          matching: query.matching)
      }
      found += ofKind
    }
    found.sort { $0.cursor.precedes($1.cursor) == isForward && $0.cursor != $1.cursor }
    return Array(found.prefix(limit))
  }

  func rows(
    of kind: DeletedKind, _ condition: String, _ values: [Value], order: String, limit: Int,
    matching: SearchText? = nil
  ) throws -> [DeletedRow] {
    let table = DeletedTable(kind)
    let sql = """
      SELECT t.id, t.name, t.deleted_at, t.name_key, t.deletion, \(table.place) FROM \(table.source)
      WHERE \(table.condition)\(condition) ORDER BY \(order)
      """
    return try some(sql, values, limit: limit) { fields in
      if let matching, !matching.matches(try fields.text(1)) { return nil }
      let id: Identifier<DeletedThing> = try fields.id(0)
      return DeletedRow(
        thing: DeletedThing(kind, id), name: try fields.name(1), place: try fields.optionalText(5),
        deletion: try fields.optionalInteger(4) ?? 0,
        cursor: DeletedCursor(
          deletedAt: try fields.time(2), kind: kind, nameKey: try fields.text(3), id: id.rawValue))
    }
  }

  func isFree(_ name: Name, for thing: DeletedThing) throws -> Bool {
    try !hasNamesake(name, of: thing, " AND o.deleted_at IS NULL")
  }

  func hasNamesake(_ name: Name, of thing: DeletedThing) throws -> Bool {
    // Each of the two has its index.
    try hasNamesake(name, of: thing, " AND o.deleted_at IS NULL")
      || hasNamesake(name, of: thing, " AND o.deleted_at IS NOT NULL")
  }

  private func hasNamesake(_ name: Name, of thing: DeletedThing, _ condition: String) throws -> Bool {
    let table = DeletedTable(thing.kind)
    let sameParents = table.parents.map { " AND o.\($0) = t.\($0)" }.joined()
    return try exists(
      """
      SELECT 1 FROM \(table.name) AS t JOIN \(table.name) AS o ON o.name_key = ?\(sameParents)
      WHERE t.id = ? AND o.id <> t.id\(condition)
      """, [NameKey(name).text, thing.id])
  }

  func firstRow(
    about target: AuditTarget.Kind, id: String, after sequence: Int64
  ) throws -> AuditRecord? {
    try some(
      """
      SELECT \(Self.auditColumns) FROM audit AS a
      WHERE a.sequence > ? AND a.target_id = ? AND a.target_kind = ? ORDER BY a.sequence
      """, [sequence, id, target.rawValue], limit: 1
    ) { try auditRecord($0) }.first
  }

  func lastChange(
    of target: AuditTarget.Kind, id: String, after sequence: Int64
  ) throws -> AuditRecord? {
    try some(
      """
      SELECT \(Self.auditColumns) FROM audit AS a
      WHERE a.sequence > ? AND a.target_id = ? AND a.target_kind = ? ORDER BY a.sequence DESC
      """, [sequence, id, target.rawValue], limit: 1
    ) { fields in
      let record = try auditRecord(fields)
      return record.isChange ? record : nil
    }.first
  }

  /// The deleter, found by the time of the deletion. Where very many rows have that time, nobody is looked
  /// for.
  func deleter(of row: DeletedRow) throws -> String? {
    let at = row.deletedAt.secondsSince1970
    guard try !exists("SELECT 1 FROM audit WHERE at = ? LIMIT 1 OFFSET 2000", [at]) else { return nil }
    return try first(
      """
      SELECT sequence, actor FROM audit WHERE at = ? AND target_id = ? AND action LIKE '%.delete'
      ORDER BY sequence DESC LIMIT 1
      """, [at, row.thing.idText]
    ) { try $0.text(1) }
  }
}

extension DeletedCursor {
  fileprivate func precedes(_ other: DeletedCursor) -> Bool {
    if deletedAt != other.deletedAt { return deletedAt > other.deletedAt }
    if kind != other.kind { return kind.rank < other.kind.rank }
    if nameKey != other.nameKey { return nameKey.utf8.lexicographicallyPrecedes(other.nameKey.utf8) }
    return id < other.id
  }
}

/// Successive rows of one kind in the order of a ``DeletedCursor``.
private struct DeletedStretch {
  let condition: String
  let values: [Session.Value]
  let order: String

  static func all(of kind: DeletedKind, beyond cursor: DeletedCursor?, isForward: Bool) -> [DeletedStretch] {
    let byName = isForward ? "t.name_key, t.id" : "t.name_key DESC, t.id DESC"
    let order = (isForward ? "t.deleted_at DESC, " : "t.deleted_at, ") + byName
    guard let cursor else { return [DeletedStretch(condition: "", values: [], order: order)] }
    let at = cursor.deletedAt.secondsSince1970
    let others = DeletedStretch(
      condition: " AND t.deleted_at \(isForward ? "<" : ">") ?", values: [at], order: order)
    if kind == cursor.kind {
      let rest = DeletedStretch(
        condition: " AND t.deleted_at = ? AND (t.name_key, t.id) \(isForward ? ">" : "<") (?, ?)",
        values: [at, cursor.nameKey, cursor.id], order: byName)
      return [rest, others]
    }
    guard (kind.rank > cursor.kind.rank) == isForward else { return [others] }
    return [DeletedStretch(condition: " AND t.deleted_at = ?", values: [at], order: byName), others]
  }
}

/// The table in which deleted things of one kind are found.
struct DeletedTable {
  let name: String
  /// The columns that identify a living thing together with name_key.
  let parents: [String]
  /// The table under the alias `t`, and what it must be joined with.
  let source: String
  /// The condition that the thing is deleted and that the thing to which it belongs lives.
  let condition: String
  /// The place of the thing in words; null where it has none.
  let place: String

  init(_ kind: DeletedKind) {
    let gone = "t.deleted_at IS NOT NULL"
    let ofConnector = { (name: String) in "\(name) AS t JOIN connector AS c ON c.id = t.connector_id" }
    switch kind {
    case .user, .apiUser:
      self.init("account", ["kind"], "account AS t", "t.kind = '\(kind.rawValue)' AND \(gone)", "NULL")
    case .team: self.init("team", [], "team AS t", gone, "NULL")
    case .role: self.init("role", [], "role AS t", gone, "NULL")
    case .connector: self.init("connector", [], "connector AS t", gone, "NULL")
    case .company:
      self.init(
        "company", ["connector_id"], ofConnector("company"), "\(gone) AND c.deleted_at IS NULL", "c.name")
    case .list:
      self.init(
        "data_list", ["connector_id"], ofConnector("data_list"), "\(gone) AND c.deleted_at IS NULL", "c.name")
    case .item:
      self.init(
        "item", ["list_id", "kind"],
        """
        item AS t JOIN data_list AS l ON l.id = t.list_id AND l.deleted_at IS NULL
          JOIN connector AS c ON c.id = l.connector_id
        """, "\(gone) AND c.deleted_at IS NULL",
        """
        CASE t.kind WHEN 'action' THEN 'action' WHEN 'detail' THEN 'detail' ELSE 'list action' END
          || ' of ' || l.name || ', ' || c.name
        """)
    case .widget: self.init("widget", [], ofConnector("widget"), gone, "c.name")
    case .endpoint: self.init("endpoint", [], ofConnector("endpoint"), gone, "c.name")
    }
  }

  private init(
    _ name: String, _ parents: [String], _ source: String, _ condition: String, _ place: String
  ) {
    self.name = name
    self.parents = parents
    self.source = source
    self.condition = condition
    self.place = place
  }
}
