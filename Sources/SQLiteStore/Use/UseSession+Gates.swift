internal import Access
internal import Store

extension UseSession {
  /// Nil where gate.db is of an earlier version, in which gates did not tell that they are there.
  func gates(since time: Timestamp) throws -> [GatePresence]? {
    let version = try session.count("SELECT max(number) FROM migration")
    guard version >= 2 else { return nil }
    return try session.rows(
      """
      SELECT id, process, started_at, seen_at, lookup_keys FROM gate_presence
      WHERE seen_at >= ? ORDER BY started_at, id
      """, [time.secondsSince1970]
    ) { fields in
      let words = try fields.text(4).split(separator: " ")
      let keys = try words.map { try fields.checked(4, KeyID(rawValue: String($0))) }
      return GatePresence(
        id: try fields.id(0), process: Int(try fields.integer(1)), startedAt: try fields.time(2),
        seenAt: try fields.time(3), lookupKeys: Set(keys))
    }
  }

  func put(_ presence: GatePresence, forgettingBefore time: Timestamp) throws {
    try remove(presence.id)
    try session.execute("DELETE FROM gate_presence WHERE seen_at < ?", [time.secondsSince1970])
    try session.execute(
      "INSERT INTO gate_presence (id, process, started_at, seen_at, lookup_keys) VALUES (?, ?, ?, ?, ?)",
      [
        presence.id.rawValue, presence.process, presence.startedAt.secondsSince1970,
        presence.seenAt.secondsSince1970,
        presence.lookupKeys.map(\.rawValue).sorted().joined(separator: " "),
      ])
  }

  func remove(_ id: Identifier<GatePresence>) throws {
    try session.execute("DELETE FROM gate_presence WHERE id = ?", [id.rawValue])
  }
}
