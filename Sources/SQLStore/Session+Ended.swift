internal import Access
internal import Store

extension Session {
  func ended(by instant: Timestamp) throws -> [Bounded<BoundedThing>] {
    let all = try endedGrants(instant) + endedRoles(instant) + endedMemberships(instant)
    // The sort is stable, so that what ended at one instant stays in the order of the reads.
    return all.sorted { ($0.bounds.until ?? instant) < ($1.bounds.until ?? instant) }
  }

  private func endedGrants(_ instant: Timestamp) throws -> [Bounded<BoundedThing>] {
    let sql = """
      SELECT g.team_id, g.account_id, g.connector_id, g.from_at, g.until_at
      FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
      WHERE g.until_at <= ? AND g.hidden = 0 AND c.deleted_at IS NULL ORDER BY g.until_at, g.name_key, g.id
      """
    return try rows(sql, [instant.secondsSince1970]) { fields in
      let place = GrantPlace(subject: try Self.subject(fields), connector: try fields.id(2))
      return Bounded(.grant(place), try fields.bounds(3))
    }
  }

  private func endedRoles(_ instant: Timestamp) throws -> [Bounded<BoundedThing>] {
    let sql = """
      SELECT team_id, account_id, builtin, role_id, from_at, until_at FROM role_assignment
      WHERE until_at <= ? AND hidden = 0 ORDER BY until_at, name_key, builtin, role_id
      """
    return try rows(sql, [instant.secondsSince1970]) { fields in
      let role = try Self.role(fields, at: 2)
      return Bounded(.role(role, of: try Self.subject(fields)), try fields.bounds(4))
    }
  }

  private func endedMemberships(_ instant: Timestamp) throws -> [Bounded<BoundedThing>] {
    let sql = """
      SELECT team_id, account_id, from_at, until_at FROM membership
      WHERE until_at <= ? AND hidden = 0 ORDER BY until_at, team_id, name_key
      """
    return try rows(sql, [instant.secondsSince1970]) { fields in
      Bounded(.membership(try fields.id(0), of: try fields.id(1)), try fields.bounds(2))
    }
  }

  /// A team in the first column, or an account in the second.
  private static func subject(_ fields: Fields) throws -> SubjectID {
    if let team: TeamID = try fields.optionalID(0) { return .team(team) }
    return .account(try fields.id(1))
  }
}
