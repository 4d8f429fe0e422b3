internal import Access
internal import Store

extension Session {
  func auditHead() throws -> (sequence: Int64, hash: [UInt8])? {
    try first("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1") {
      (sequence: try $0.integer(0), hash: try $0.bytes(1))
    }
  }

  func auditRecords(after sequence: Int64, limit: Int) throws -> [AuditRecord] {
    try rows(
      "SELECT \(Self.auditColumns) FROM audit AS a WHERE a.sequence > ? ORDER BY a.sequence LIMIT ?",
      [sequence, max(limit, 0)], auditRecord)
  }

  func auditRecord(_ sequence: Int64) throws -> AuditRecord? {
    try first("SELECT \(Self.auditColumns) FROM audit AS a WHERE a.sequence = ?", [sequence], auditRecord)
  }

  func auditTimes(notAfter time: Timestamp) throws -> (last: Timestamp?, settled: Timestamp?) {
    try together { session in
      let last = try session.first("SELECT sequence, at FROM audit ORDER BY sequence DESC LIMIT 1") {
        try $0.time(1)
      }
      let settled = try session.first(
        "SELECT sequence, at FROM audit WHERE at <= ? ORDER BY at DESC LIMIT 1", [time.secondsSince1970]
      ) { try $0.time(1) }
      return (last, settled)
    }
  }

  static let auditColumns = """
    a.sequence, a.at, a.actor, a.front_end, a.action, a.target_kind, a.target_id, a.target_name, a.details,
    a.previous_hash, a.hash, a.user_id, a.key_fingerprint, a.source
    """

  func auditRecord(_ fields: Fields) throws -> AuditRecord {
    AuditRecord(
      sequence: try fields.integer(0), at: try fields.time(1),
      actor: Actor(
        name: try fields.text(2), frontEnd: try fields.value(3), user: try fields.optionalID(11),
        keyFingerprint: try fields.optionalText(12), source: try fields.optionalText(13)),
      action: try fields.text(4),
      target: AuditTarget(try fields.value(5), id: try fields.text(6), name: try fields.text(7)),
      details: try fields.text(8), previousHash: try fields.bytes(9), hash: try fields.bytes(10))
  }
}

extension Session {
  func put(_ signed: SignedAuditHead) throws {
    let head = signed.head
    let day = head.at.secondsSince1970 / 86_400
    try executeAside("DELETE FROM audit_head WHERE day = ?", [day])
    try executeAside(
      """
      INSERT INTO audit_head (sequence, day, at, hash, sign_key, signature, announced)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        head.sequence, day, head.at.secondsSince1970, Blob(head.hash), signed.signature.key,
        Blob(signed.signature.bytes), signed.isAnnounced ? 1 : 0,
      ])
  }

  func takeBackAnnouncing(_ sequence: Int64) throws {
    try executeAside("UPDATE audit_head SET announced = 0 WHERE sequence = ?", [sequence])
  }

  func archiveAudit(behind signed: SignedAuditHead) throws {
    let head = signed.head
    let values: [Value] = [
      head.sequence, head.at.secondsSince1970, Blob(head.hash), signed.signature.key,
      Blob(signed.signature.bytes),
    ]
    let change = "UPDATE audit_checkpoint SET sequence = ?, at = ?, hash = ?, sign_key = ?, signature = ?"
    if try changeCountAside(change, values) == 0 {
      try executeAside(
        "INSERT INTO audit_checkpoint (id, sequence, at, hash, sign_key, signature) VALUES (1, ?, ?, ?, ?, ?)",
        values)
    }
    try executeAside("DELETE FROM audit WHERE sequence <= ?", [head.sequence])
    try executeAside("DELETE FROM audit_head WHERE sequence < ?", [head.sequence])
  }

  func append(_ record: AuditRecord) throws {
    try executeAside(
      """
      INSERT INTO audit (sequence, at, actor, front_end, action, target_kind, target_id, target_name,
        details, previous_hash, hash, user_id, key_fingerprint, source)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        record.sequence, record.at.secondsSince1970, record.actor.name, record.actor.frontEnd.rawValue,
        record.action, record.target.kind.rawValue, record.target.id, record.target.name, record.details,
        Blob(record.previousHash), Blob(record.hash), record.actor.user?.rawValue,
        record.actor.keyFingerprint, record.actor.source,
      ])
  }
}
