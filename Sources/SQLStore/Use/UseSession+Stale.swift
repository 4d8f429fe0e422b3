internal import Access
package import Store

/// What gates answered by what they knew.
extension UseSession {
  /// So many rows are kept; beyond that the oldest go first.
  private static let maximumStaleSpans = 10_000

  /// The earliest first. None in the records of an earlier version.
  package func staleSpans() throws -> [StaleSpan] {
    guard try version() >= 8 else { return [] }
    return try session.rows(
      "SELECT id, host, process, first_at, last_at, answer_count FROM stale_span ORDER BY first_at, id", []
    ) { fields in
      StaleSpan(
        id: try fields.id(0), host: try fields.name(1), process: Int(try fields.integer(2)),
        firstAt: try fields.time(3), lastAt: try fields.time(4), count: Int(try fields.integer(5)))
    }
  }

  /// Adds a span. One that is there stays as it is, because somebody may have told of it.
  package func add(_ span: StaleSpan) throws {
    try session.execute(
      """
      INSERT INTO stale_span (id, host, process, first_at, last_at, answer_count) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """,
      [
        span.id.rawValue, span.host.text, span.process, span.firstAt.secondsSince1970,
        span.lastAt.secondsSince1970, span.count,
      ])
  }

  package func pruneStaleSpans() throws {
    try session.execute(
      """
      DELETE FROM stale_span
      WHERE first_at < (SELECT first_at FROM stale_span ORDER BY first_at DESC LIMIT 1 OFFSET ?)
      """, [Self.maximumStaleSpans - 1])
  }
}
