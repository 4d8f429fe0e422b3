internal import Access
internal import Store

extension Session {
  func refusalSums() throws -> [RefusalSum] {
    try rows(
      "SELECT user_id, actor, kind, count, since, until FROM refusal ORDER BY user_id, actor, kind", []
    ) { fields in
      RefusalSum(
        userID: try fields.text(0), actor: try fields.text(1), kind: try fields.text(2),
        count: try fields.integer(3), since: try fields.time(4), until: try fields.time(5))
    }
  }
}

extension Session {
  func countRefusal(userID: String, actor: String, kind: String, at now: Timestamp) throws {
    try execute(
      """
      INSERT INTO refusal (user_id, actor, kind, count, since, until) VALUES (?1, ?2, ?3, 1, ?4, ?4)
      ON CONFLICT (user_id, actor, kind) DO UPDATE SET count = refusal.count + 1, until = excluded.until
      """, [userID, actor, kind, now.secondsSince1970], altering: .nobody)
  }

  func dropRefusalSums(userID: String, actor: String) throws {
    try execute(
      "DELETE FROM refusal WHERE user_id = ? AND actor = ?", [userID, actor],
      altering: .nobody)
  }
}
