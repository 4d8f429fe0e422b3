internal import Access
internal import Store

extension Session {
  private static let sessionColumns =
    "s.id, s.account_id, s.front_end, s.source, s.started_at, s.seen_at, s.open"

  func lastSeen(_ user: AccountID) throws -> ConsoleSession? {
    try first(
      """
      SELECT \(Self.sessionColumns) FROM console_session AS s WHERE s.account_id = ?
      ORDER BY s.seen_at DESC LIMIT 1
      """, [user.rawValue], session)
  }

  func openSessions(since: Timestamp) throws -> [(session: ConsoleSession, name: Name)] {
    try rows(
      """
      SELECT \(Self.sessionColumns), a.name FROM console_session AS s JOIN account AS a ON a.id = s.account_id
      WHERE s.open = 1 AND s.seen_at >= ? AND a.deleted_at IS NULL ORDER BY s.started_at, s.id
      """, [since.secondsSince1970]
    ) { (session: try session($0), name: try $0.name(7)) }
  }

  private func session(_ fields: Fields) throws -> ConsoleSession {
    ConsoleSession(
      id: try fields.id(0), user: try fields.id(1), frontEnd: try fields.value(2),
      source: try fields.optionalText(3), startedAt: try fields.time(4), seenAt: try fields.time(5),
      isOpen: try fields.flag(6))
  }
}

extension Session {
  func put(_ session: ConsoleSession, forgettingBefore: Timestamp) throws {
    try executeAside(
      """
      DELETE FROM console_session WHERE account_id = ? AND id <> ? AND (open = 0 OR seen_at < ?)
      """, [session.user.rawValue, session.id.rawValue, forgettingBefore.secondsSince1970])
    try executeAside("DELETE FROM console_session WHERE id = ?", [session.id.rawValue])
    try executeAside(
      """
      INSERT INTO console_session (id, account_id, front_end, source, started_at, seen_at, open)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        session.id.rawValue, session.user.rawValue, session.frontEnd.rawValue, session.source,
        session.startedAt.secondsSince1970, session.seenAt.secondsSince1970, session.isOpen ? 1 : 0,
      ])
  }
}
