package import Access
internal import Store

/// Which decoys were presented.
extension UseSession {
  /// So many rows are kept; beyond that the oldest go first.
  private static let maximumDecoyUses = 10_000

  /// The earliest first. None in a gate.db of an earlier version.
  package func decoyUses() throws -> [DecoyUse] {
    guard try version() >= 6 else { return [] }
    return try session.rows(
      """
      SELECT decoy_id, day, source, first_at, last_at, use_count, document FROM decoy_use
      ORDER BY first_at, decoy_id, source
      """, []
    ) { fields in
      let source = try fields.text(2)
      return DecoyUse(
        key: DecoyUse.Key(
          decoy: try fields.id(0), day: try fields.time(1),
          source: source.isEmpty ? nil : try fields.checked(2, IPAddress(source))),
        firstAt: try fields.time(3), lastAt: try fields.time(4), count: Int(try fields.integer(5)),
        document: try fields.text(6))
    }
  }

  package func add(_ use: DecoyUse) throws {
    try session.execute(
      """
      INSERT INTO decoy_use (decoy_id, day, source, first_at, last_at, use_count, document)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (decoy_id, day, source) DO UPDATE SET
        document = CASE WHEN ?4 < decoy_use.first_at THEN ?7 ELSE decoy_use.document END,
        first_at = min(decoy_use.first_at, ?4), last_at = max(decoy_use.last_at, ?5),
        use_count = min(decoy_use.use_count, \(Self.mostCounted)) + ?6
      """,
      [
        use.key.decoy.rawValue, use.key.day.secondsSince1970, try source(of: use.key),
        use.firstAt.secondsSince1970, use.lastAt.secondsSince1970, use.count, use.document,
      ])
  }

  /// The address under which a use is kept, which is '' for those beyond the bound.
  private func source(of key: DecoyUse.Key) throws -> String {
    guard let source = key.source?.description else { return "" }
    let day: [Session.Value] = [key.decoy.rawValue, key.day.secondsSince1970]
    let isKnown = try session.exists(
      "SELECT 1 FROM decoy_use WHERE decoy_id = ? AND day = ? AND source = ?", day + [source])
    let count = try session.count("SELECT count(*) FROM decoy_use WHERE decoy_id = ? AND day = ?", day)
    return isKnown || count < DecoyUse.maximumSources ? source : ""
  }

  package func pruneDecoyUses() throws {
    try session.execute(
      """
      DELETE FROM decoy_use
      WHERE first_at < (SELECT first_at FROM decoy_use ORDER BY first_at DESC LIMIT 1 OFFSET ?)
      """, [Self.maximumDecoyUses - 1])
  }
}
