internal import Access
internal import Store

extension Session {
  private static let noticeColumns = """
    number, event_id, raised_key, condition_key, subject, words, document, at, raised_at, state, attempt_count,
      next_attempt_at, problem, settled_at
    """

  private func notices(_ rest: String, _ values: [Value]) throws -> [Notice] {
    try rows("SELECT \(Self.noticeColumns) FROM notice \(rest)", values, notice)
  }

  private func notice(_ fields: Fields) throws -> Notice {
    let event = NoticeEvent(
      id: try fields.text(1), raisedKey: try fields.optionalText(2), condition: try fields.text(3),
      subject: try fields.text(4), words: try fields.text(5), document: try fields.text(6),
      at: try fields.time(7))
    return Notice(
      number: try fields.integer(0), event: event, raisedAt: try fields.time(8), state: try fields.value(9),
      attemptCount: Int(try fields.integer(10)), nextAttemptAt: try fields.time(11),
      problem: try fields.optionalText(12), settledAt: try fields.optionalTime(13))
  }

  func notices(of conditions: Set<String>?, before number: Int64?, limit: Int) throws -> [Notice] {
    let among = conditions.map { $0.sorted() }
    guard among?.isEmpty != true else { return [] }
    let marks = among.map { "AND condition_key IN (\($0.map { _ in "?" }.joined(separator: ", ")))" } ?? ""
    return try notices(
      "WHERE number < ? \(marks) ORDER BY number DESC LIMIT ?",
      [number ?? .max] + (among ?? []) + [min(max(limit, 0), maximumPageRows)])
  }

  func waitingNotices(limit: Int) throws -> [Notice] {
    try notices("WHERE state = 'waiting' ORDER BY number LIMIT ?", [max(limit, 0)])
  }

  func waitingNoticeCount() throws -> Int { try count("SELECT count(*) FROM notice WHERE state = 'waiting'") }

  func raisedKeys(among keys: [String]) throws -> Set<String> {
    Set(try keys.filter { try exists("SELECT 1 FROM notice WHERE raised_key = ?", [$0]) })
  }

  func heldNotices(of condition: String) throws -> [Notice] {
    try notices("WHERE condition_key = ? AND raised_key IS NOT NULL ORDER BY number", [condition])
  }

  func notices(settledBefore time: Timestamp, limit: Int) throws -> [Notice] {
    try notices(
      "WHERE settled_at < ? ORDER BY settled_at, number LIMIT ?", [time.secondsSince1970, max(limit, 0)])
  }

  func noticeLook(of condition: String) throws -> Timestamp? {
    try first("SELECT condition_key, at FROM notice_look WHERE condition_key = ?", [condition]) {
      try $0.time(1)
    }
  }

  func tokens(
    endingAfter start: Timestamp, upTo end: Timestamp, after: TokenEnd?, limit: Int
  ) throws -> [Token] {
    let position = after.map { ($0.at, $0.token.rawValue) } ?? (start, Int64.max)
    // Of each kind of account apart, as the index has them.
    let found = try AccountKind.allCases.flatMap { kind in
      try rows(
        """
        \(Self.selectToken) JOIN token_end AS e ON e.token_id = t.id
        WHERE e.kind = ? AND e.ends_at >= ? AND e.ends_at <= ? AND (e.ends_at, e.token_id) > (?2, ?)
        ORDER BY e.ends_at, e.token_id LIMIT ?
        """,
        [kind.rawValue, position.0.secondsSince1970, end.secondsSince1970, position.1, max(limit, 0)], token)
    }
    return Array(
      found.sorted {
        ($0.expiry.timestamp ?? end, $0.id) < ($1.expiry.timestamp ?? end, $1.id)
      }.prefix(max(limit, 0)))
  }

  func tokenCount(endingAfter start: Timestamp, upTo end: Timestamp) throws -> Int {
    // Of each kind of account apart, as the index has them.
    try AccountKind.allCases.reduce(0) { sum, kind in
      try sum
        + count(
          "SELECT count(*) FROM token_end WHERE kind = ? AND ends_at > ? AND ends_at <= ?",
          [kind.rawValue, start.secondsSince1970, end.secondsSince1970])
    }
  }

  func tokens(olderValidAfter time: Timestamp, after id: TokenRowID?, limit: Int) throws -> [Token] {
    try rows(
      """
      \(Self.selectToken)
      WHERE t.id IN (SELECT token_id FROM token_id WHERE valid_until > ?) AND t.id > ?
        AND t.revoked_at IS NULL
      ORDER BY t.id LIMIT ?
      """, [time.secondsSince1970, id?.rawValue ?? 0, min(max(limit, 0), maximumPageRows)], token)
  }
}

extension Session {
  func insert(_ event: NoticeEvent, at now: Timestamp) throws {
    try executeAside(
      """
      INSERT INTO notice (event_id, raised_key, condition_key, subject, words, document, at, raised_at, state,
        attempt_count, next_attempt_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', 0, ?8)
      ON CONFLICT (event_id) DO NOTHING
      """,
      [
        event.id, event.raisedKey, event.condition, event.subject, event.words, event.document,
        event.at.secondsSince1970, now.secondsSince1970,
      ])
  }

  func update(_ notice: Notice) throws {
    try executeAside(
      """
      UPDATE notice SET raised_key = ?, words = ?, document = ?, state = ?, attempt_count = ?,
        next_attempt_at = ?, problem = ?, settled_at = ?
      WHERE number = ?
      """,
      [
        notice.event.raisedKey, notice.event.words, notice.event.document, notice.state.rawValue,
        notice.attemptCount, notice.nextAttemptAt.secondsSince1970, notice.problem,
        notice.settledAt?.secondsSince1970, notice.number,
      ])
  }

  func deleteNotices(_ numbers: [Int64]) throws {
    for number in numbers { try executeAside("DELETE FROM notice WHERE number = ?", [number]) }
  }

  func setNoticeLook(of condition: String, at now: Timestamp) throws {
    try executeAside(
      """
      INSERT INTO notice_look (condition_key, at) VALUES (?1, ?2)
      ON CONFLICT (condition_key) DO UPDATE SET at = ?2
      """, [condition, now.secondsSince1970])
  }
}
