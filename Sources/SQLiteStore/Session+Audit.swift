internal import Access
internal import Store

extension Session: AuditReading {
  func auditHead() throws -> (sequence: Int64, hash: [UInt8])? {
    try first("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1") {
      (sequence: try $0.integer(0), hash: try $0.bytes(1))
    }
  }

  func auditRecords(after sequence: Int64, limit: Int) throws -> [AuditRecord] {
    let sql = """
      SELECT sequence, at, actor, front_end, action, target_kind, target_id, target_name, details,
        previous_hash, hash
      FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?
      """
    return try rows(sql, [sequence, max(limit, 0)]) { fields in
      AuditRecord(
        sequence: try fields.integer(0), at: try fields.time(1),
        actor: Actor(name: try fields.text(2), frontEnd: try fields.value(3)), action: try fields.text(4),
        target: AuditTarget(try fields.value(5), id: try fields.text(6), name: try fields.text(7)),
        details: try fields.text(8), previousHash: try fields.bytes(9), hash: try fields.bytes(10))
    }
  }
}

extension Session: AuditWriting {
  func append(_ record: AuditRecord) throws {
    try executeAside(
      """
      INSERT INTO audit (sequence, at, actor, front_end, action, target_kind, target_id, target_name,
        details, previous_hash, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        record.sequence, record.at.secondsSince1970, record.actor.name, record.actor.frontEnd.rawValue,
        record.action, record.target.kind.rawValue, record.target.id, record.target.name, record.details,
        Blob(record.previousHash), Blob(record.hash),
      ])
  }
}
