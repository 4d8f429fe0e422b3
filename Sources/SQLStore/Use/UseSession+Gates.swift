package import Access
package import Store

extension UseSession {
  /// The recorded gates, whether or not they are still running. The result is nil where a gate of an earlier
  /// version ran, which holds no lock, or where a gate could not record itself.
  package func gates() throws -> [GatePresence]? {
    let version = try version()
    guard version >= 2 else { return nil }
    let told = try session.rows(
      "SELECT id, process, started_at, seen_at, lookup_keys FROM gate_presence ORDER BY started_at, id", []
    ) { fields in
      let words = try fields.text(4).split(separator: " ")
      let keys = try words.map { try fields.checked(4, KeyID(rawValue: String($0))) }
      return GatePresence(
        id: try fields.id(0), process: Int(try fields.integer(1)), startedAt: try fields.time(2),
        seenAt: try fields.time(3), lookupKeys: Set(keys))
    }
    return version >= 3 || told.isEmpty ? told : nil
  }

  package func put(_ presence: GatePresence) throws {
    try remove(presence.id)
    try session.execute(
      "INSERT INTO gate_presence (id, process, started_at, seen_at, lookup_keys) VALUES (?, ?, ?, ?, ?)",
      [
        presence.id.rawValue, presence.process, presence.startedAt.secondsSince1970,
        presence.seenAt.secondsSince1970,
        presence.lookupKeys.map(\.rawValue).sorted().joined(separator: " "),
      ])
  }

  package func remove(_ id: Identifier<GatePresence>) throws {
    try session.execute("DELETE FROM gate_presence WHERE id = ?", [id.rawValue])
  }
}
