package import Access
package import Store

extension UseSession {
  /// The kept head; nil where none is kept, as in a gate.db of an earlier version.
  package func keptHead() throws -> KeptHead? {
    guard try version() >= 3 else { return nil }
    return try session.first("SELECT since, generation, sequence, hash FROM kept_head") { fields in
      KeptHead(
        head: StoreHead(
          generation: try fields.integer(1), sequence: try fields.integer(2), hash: try fields.bytes(3)),
        since: try fields.time(0))
    }
  }

  /// Replaces the kept head; with `forwardOnly` only by a later one. Otherwise the time since when it is kept goes forward,
  /// whatever the clock says, so that gates see that the head was replaced.
  package func keep(_ head: StoreHead, at time: Timestamp, forwardOnly: Bool) throws {
    let update =
      forwardOnly
      ? """
      generation = excluded.generation, sequence = excluded.sequence, hash = excluded.hash
      WHERE kept_head.sequence <= excluded.sequence AND kept_head.generation <= excluded.generation
      """
      : """
      generation = excluded.generation, sequence = excluded.sequence, hash = excluded.hash,
        since = max(kept_head.since + 1, excluded.since)
      """
    try session.execute(
      """
      INSERT INTO kept_head (id, since, generation, sequence, hash) VALUES (1, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET \(update)
      """, [time.secondsSince1970, head.generation, head.sequence, Blob(head.hash)])
  }

  package func version() throws -> Int { try session.count("SELECT max(number) FROM migration") }
}
