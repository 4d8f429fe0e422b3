package import Access
package import Store

/// The queries to the records of gates, on one connection.
package struct UseSession {
  let session: Session

  /// - Parameter path: the place of the records for people, for errors.
  package init(on connection: any SQLConnection, path: String) {
    session = Session(connection: connection, path: path)
  }

  private static let columns = """
    secret_id, token_id, account_id, first_used_at, last_used_at, source, place_kind, place_id, use_count,
      denial_count, last_denied_at
    """

  /// The greatest count, far below the limit of an integer.
  package static let mostCounted: Int64 = 1 << 60

  package func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse] {
    try session.each(of: tokens) { session, token in
      try session.rows("SELECT \(Self.columns) FROM token_use WHERE token_id = ?", [token.rawValue], use)
    }.flatMap { $0 }
  }

  package func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool {
    try session.each(of: secrets) { session, secret in
      try session.exists("SELECT 1 FROM token_use WHERE secret_id = ? AND use_count > 0", [secret.rawValue])
    }.contains(true)
  }

  /// The bound of the time stands by itself: if the bound stood in the OR, SQLite would read the index from its beginning.
  package func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse] {
    try session.rows(
      """
      SELECT \(Self.columns) FROM token_use
      WHERE last_used_at >= ?1 AND (last_used_at > ?1 OR secret_id > ?2)
      ORDER BY last_used_at, secret_id LIMIT ?3
      """, [time.secondsSince1970, secret?.rawValue ?? 0, min(max(limit, 0), maximumPageRows)], use)
  }

  private func use(_ fields: Fields) throws -> TokenIDUse {
    TokenIDUse(
      secret: try fields.id(0), token: try fields.id(1), account: try fields.id(2),
      firstUsedAt: try fields.optionalTime(3), lastUsedAt: try fields.optionalTime(4),
      source: try fields.optionalText(5).map { try fields.checked(5, IPAddress($0)) },
      place: try fields.optionalText(6).map { kind in
        try fields.checked(7, UsedPlace(kind: kind, rawID: try fields.integer(7)))
      },
      useCount: Int(try fields.integer(8)), denialCount: Int(try fields.integer(9)),
      lastDeniedAt: try fields.optionalTime(10))
  }

  /// Adds uses, each of another Token ID. Counts only go up and times only go forward, whoever writes.
  package func add(_ uses: [TokenIDUse]) throws {
    let rows: [[Session.Value]] = uses.map { use in
      [
        use.secret.rawValue, use.token.rawValue, use.account.rawValue, use.firstUsedAt?.secondsSince1970,
        use.lastUsedAt?.secondsSince1970, use.source?.description, use.place?.kind, use.place?.rawID,
        use.useCount, use.denialCount, use.lastDeniedAt?.secondsSince1970,
      ]
    }
    func isLater(_ column: String) -> String {
      """
      \(column) = CASE WHEN excluded.last_used_at >= coalesce(token_use.last_used_at, excluded.last_used_at)
          THEN excluded.\(column) ELSE token_use.\(column) END
      """
    }
    func extreme(_ function: String, _ column: String) -> String {
      """
      \(column) = coalesce(\(function)(token_use.\(column), excluded.\(column)), token_use.\(column), excluded.\(column))
      """
    }
    func sum(_ column: String) -> String {
      "\(column) = min(token_use.\(column), \(Self.mostCounted)) + excluded.\(column)"
    }
    let updates = [
      extreme("min", "first_used_at"), isLater("source"), isLater("place_kind"), isLater("place_id"),
      extreme("max", "last_used_at"), sum("use_count"), sum("denial_count"), extreme("max", "last_denied_at"),
    ]
    try session.add(
      rows, to: "token_use (\(Self.columns))",
      "ON CONFLICT (secret_id) DO UPDATE SET \(updates.joined(separator: ", "))")
  }

  // MARK: Denials

  private static let denialColumns = "number, id, at, document"

  private func denial(_ fields: Fields) throws -> StoredDenial {
    StoredDenial(
      id: try fields.value(1), at: try fields.time(2), document: try fields.text(3),
      cursor: DenialCursor(number: try fields.integer(0)))
  }

  package func denial(_ id: DecisionID) throws -> StoredDenial? {
    try session.first("SELECT \(Self.denialColumns) FROM denial WHERE id = ?", [id.rawValue], denial)
  }

  package func denialCount() throws -> Int { try session.count("SELECT count(*) FROM denial") }

  /// The denials, the latest first.
  package func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial> {
    try position.page(limit: limit, by: \.cursor) { cursor, isForward, limit in
      let (sign, order) = isForward ? ("<", "DESC") : (">", "ASC")
      let bound: [Session.Value] = cursor.map { [$0.number] } ?? []
      return try session.rows(
        """
        SELECT \(Self.denialColumns) FROM denial \(cursor == nil ? "" : "WHERE number \(sign) ?")
        ORDER BY number \(order) LIMIT ?
        """, bound + [limit], denial)
    }
  }

  package func add(_ denials: [NewDenial]) throws {
    try session.add(
      denials.map { [$0.id.rawValue, $0.at.secondsSince1970, $0.document] }, to: "denial (id, at, document)",
      "ON CONFLICT (id) DO NOTHING")
  }

  /// The time up to which the gate's clock is trusted, by the denials that are kept; nil where the clock is
  /// not trusted.
  package func settledTime(now: Timestamp) throws -> SettledTime? {
    let last = try session.first("SELECT at FROM denial ORDER BY number DESC LIMIT 1") { try $0.time(0) }
    let settled = try session.first(
      "SELECT at FROM denial WHERE at <= ? ORDER BY at DESC LIMIT 1",
      [SettledTime.limit(now: now).secondsSince1970]
    ) { try $0.time(0) }
    return SettledTime(now: now, last: last, settled: settled)
  }

  /// Drops denials that are too old, where the clock is trusted, and denials that are too many.
  package func prune(_ retention: DenialRetention, _ settled: SettledTime?) throws {
    if let settled {
      let before = settled.purging(keptDays: retention.days).before
      try session.execute("DELETE FROM denial WHERE at < ?", [before.secondsSince1970])
    }
    try session.execute(
      "DELETE FROM denial WHERE number <= (SELECT max(number) FROM denial) - ?", [retention.count])
  }
}
