internal import Access
internal import Store

extension Session {
  /// Reads rows in the order of their numbers, which is also the order of time as long as clocks go forward.
  func auditRecords(
    _ query: AuditQuery, _ position: PagePosition<Int64>, limit: Int
  ) throws -> Page<AuditRecord> {
    // The latest is first. Whether rows that are asked for lie behind is not looked for: that could be a long search.
    try position.page(limit: limit, by: \.sequence, hasBehind: true) {
      try auditRows(query, $0, isForward: $1, $2)
    }
  }

  /// Forward in the list is back in time, because the latest row is first.
  private func auditRows(
    _ query: AuditQuery, _ bound: Int64?, isForward: Bool, _ limit: Int
  ) throws -> [AuditRecord] {
    var (conditions, values) = AuditConditions.of(query)
    if let bound {
      conditions.append("a.sequence \(isForward ? "<" : ">") ?")
      values.append(bound)
    }
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let order = isForward ? "DESC" : "ASC"
    return try rows(
      "SELECT \(Self.auditColumns) FROM audit AS a \(filter) ORDER BY a.sequence \(order) LIMIT ?",
      values + [limit], auditRecord)
  }

  func auditHeads() throws -> [SignedAuditHead] {
    try rows(
      "SELECT sequence, hash, at, sign_key, signature, announced FROM audit_head ORDER BY sequence", [], head)
  }

  func auditCheckpoint() throws -> SignedAuditHead? {
    try first("SELECT sequence, hash, at, sign_key, signature, 1 FROM audit_checkpoint", [], head)
  }

  private func head(_ fields: Fields) throws -> SignedAuditHead {
    SignedAuditHead(
      head: AuditHead(
        sequence: try fields.integer(0), hash: try fields.bytes(1), at: try fields.time(2)),
      signature: try fields.checked(
        4, AuditSignature(key: try fields.text(3), bytes: try fields.bytes(4))),
      isAnnounced: try fields.flag(5))
  }
}

/// The SQL conditions of an ``AuditQuery`` on a row.
private enum AuditConditions {
  static func of(_ query: AuditQuery) -> (conditions: [String], values: [Session.Value]) {
    var conditions: [String] = []
    var values: [Session.Value] = []
    func add(_ condition: String, _ value: Session.Value) {
      conditions.append(condition)
      values.append(value)
    }
    if let actor = query.actor { add("instr(lower(a.actor), lower(?)) > 0", actor) }
    if let target = query.target { add("instr(lower(a.target_name), lower(?)) > 0", target) }
    if let action = query.action { add("instr(lower(a.action), lower(?)) = 1", action) }
    if let from = query.from { add("a.at >= ?", from.secondsSince1970) }
    if let until = query.until { add("a.at < ?", until.secondsSince1970) }
    return (conditions, values)
  }
}
