internal import Access
internal import Store

extension Session {
  func gateKeys() throws -> [GateKey] {
    try rows(
      """
      SELECT key_id, public_key, name, added_at, added_by, retired_at, sign_key, signature
      FROM gate_key ORDER BY added_at, key_id
      """
    ) { fields in
      GateKey(
        id: try fields.value(0),
        publicKey: try fields.checked(1, GatePublicKey(bytes: try fields.bytes(1))),
        name: try fields.name(2), addedAt: try fields.time(3), addedBy: try fields.text(4),
        retiredAt: try fields.optionalTime(5),
        signature: try fields.checked(
          7, AuditSignature(key: try fields.text(6), bytes: try fields.bytes(7))))
    }
  }
}

extension Session {
  func put(_ key: GateKey) throws {
    try execute(
      """
      INSERT INTO gate_key
        (key_id, public_key, name, name_key, added_at, added_by, retired_at, sign_key, signature)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (key_id) DO UPDATE SET
        public_key = ?2, name = ?3, name_key = ?4, added_at = ?5, added_by = ?6, retired_at = ?7, sign_key = ?8,
        signature = ?9
      """,
      [
        key.id.rawValue, Blob(key.publicKey.bytes), key.name.text, NameKey(key.name).text,
        key.addedAt.secondsSince1970, key.addedBy, key.retiredAt?.secondsSince1970, key.signature.key,
        Blob(key.signature.bytes),
      ])
  }

  func retire(_ key: GateKeyID, at now: Timestamp) throws {
    try execute(
      "UPDATE gate_key SET retired_at = ? WHERE key_id = ? AND retired_at IS NULL",
      [now.secondsSince1970, key.rawValue])
  }
}
