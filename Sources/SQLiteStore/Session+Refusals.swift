internal import Access
internal import Store

extension Session: RefusalWriting {
  func countRefusal(of actor: Actor, _ what: String, at now: Timestamp) throws {
    try executeAside(
      """
      INSERT INTO refusal
        (actor, front_end, user_id, key_fingerprint, source, began_at, ended_at, times, latest)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1, ?7)
      ON CONFLICT (actor, front_end, source) DO UPDATE SET
        ended_at = ?6, latest = ?7, times = CASE WHEN times < 1000000000 THEN times + 1 ELSE times END
      """,
      [
        actor.name, actor.frontEnd.rawValue, actor.user?.rawValue, actor.keyFingerprint, actor.source ?? "",
        now.secondsSince1970, what,
      ])
  }

  func takeRefusalSums(begunBy: Timestamp, now: Timestamp) throws -> [RefusalSum] {
    let isOver = "began_at <= ? OR ended_at > ?"
    let bounds: [Value] = [begunBy.secondsSince1970, now.secondsSince1970]
    let sums = try rows(
      """
      SELECT actor, front_end, user_id, key_fingerprint, source, began_at, ended_at, times, latest
      FROM refusal WHERE \(isOver) ORDER BY began_at, actor
      """, bounds
    ) { fields in
      let source = try fields.text(4)
      return RefusalSum(
        actor: Actor(
          name: try fields.text(0), frontEnd: try fields.value(1), user: try fields.optionalID(2),
          keyFingerprint: try fields.optionalText(3), source: source.isEmpty ? nil : source),
        beganAt: try fields.time(5), endedAt: try fields.time(6), times: try fields.integer(7),
        latest: try fields.text(8))
    }
    if !sums.isEmpty { try executeAside("DELETE FROM refusal WHERE \(isOver)", bounds) }
    return sums
  }
}
