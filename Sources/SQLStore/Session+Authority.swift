internal import Access
internal import Store

extension Session {
  func authority(of account: AccountID) throws -> HeldAuthority {
    let id = account.rawValue
    return try authority(
      """
      SELECT \(Self.ownRole) FROM role_assignment AS r WHERE r.account_id = ? AND r.hidden = 0
      UNION SELECT \(Self.teamRole) FROM membership AS m
        JOIN team AS t ON t.id = m.team_id AND t.deleted_at IS NULL
        JOIN role_assignment AS r ON r.team_id = t.id AND r.hidden = 0
      WHERE m.account_id = ? AND m.hidden = 0
      """, [id, id])
  }

  func authority(of team: TeamID) throws -> HeldAuthority {
    try authority(
      """
      SELECT \(Self.ownRole) FROM team AS t JOIN role_assignment AS r ON r.team_id = t.id
      WHERE t.id = ? AND t.deleted_at IS NULL AND r.hidden = 0
      """, [team.rawValue])
  }

  /// The authority by roles that live now, because those are the roles that would be restored.
  func formerAuthority(of thing: DeletedThing) throws -> HeldAuthority {
    let isLiving =
      "(r.role_id IS NULL OR EXISTS (SELECT 1 FROM role AS x WHERE x.id = r.role_id AND x.deleted_at IS NULL))"
    switch thing.kind {
    case .user, .apiUser:
      return try authority(
        """
        SELECT \(Self.ownRole) FROM role_assignment AS r WHERE r.account_id = ? AND \(isLiving)
        UNION SELECT \(Self.teamRole) FROM membership AS m
          JOIN team AS t ON t.id = m.team_id AND t.deleted_at IS NULL
          JOIN role_assignment AS r ON r.team_id = t.id AND r.hidden = 0
        WHERE m.account_id = ?
        """, [thing.id, thing.id])
    case .team:
      return try authority(
        "SELECT \(Self.ownRole) FROM role_assignment AS r WHERE r.team_id = ? AND \(isLiving)",
        [thing.id])
    case .role:
      return try authority("SELECT NULL AS builtin, ? AS role_id, \(Self.unbounded)", [thing.id])
    default: return HeldAuthority([])
    }
  }

  func hasAdministrator(at now: Timestamp) throws -> Bool {
    func lasts(_ table: String) -> String {
      "\(table).until_at IS NULL AND (\(table).from_at IS NULL OR \(table).from_at <= ?2)"
    }
    return try exists(
      """
      SELECT 1 FROM role_assignment AS r JOIN account AS a ON a.id = r.account_id
      WHERE r.builtin = ?1 AND r.hidden = 0 AND r.holder = 'user' AND a.enabled = 1 AND a.deleted_at IS NULL
        AND \(lasts("r"))
      UNION ALL SELECT 1 FROM role_assignment AS r
        JOIN team AS t ON t.id = r.team_id AND t.deleted_at IS NULL
        JOIN membership AS m ON m.team_id = t.id AND m.hidden = 0
        JOIN account AS a ON a.id = m.account_id
      WHERE r.builtin = ?1 AND r.hidden = 0 AND r.holder = 'team' AND a.kind = 'user' AND a.enabled = 1
        AND a.deleted_at IS NULL AND \(lasts("r")) AND \(lasts("m"))
      LIMIT 1
      """, [BuiltInRole.administrator.rawValue, now.secondsSince1970])
  }

  func administrators() throws -> AdministratorTerms {
    let terms: [(AccountID, Bounds?)] = try rows(
      """
      SELECT a.id, \(Self.ownRole) FROM role_assignment AS r JOIN account AS a ON a.id = r.account_id
      WHERE r.builtin = ?1 AND r.hidden = 0 AND a.deleted_at IS NULL
      UNION SELECT a.id, \(Self.teamRole) FROM role_assignment AS r
        JOIN team AS t ON t.id = r.team_id AND t.deleted_at IS NULL
        JOIN membership AS m ON m.team_id = t.id AND m.hidden = 0
        JOIN account AS a ON a.id = m.account_id
      WHERE r.builtin = ?1 AND r.hidden = 0 AND a.deleted_at IS NULL
      """, [BuiltInRole.administrator.rawValue]
    ) { (try $0.id(0), try $0.bounds(3).intersection(try $0.bounds(5))) }
    let counting = terms.compactMap { account, bounds in bounds.map { (account, $0) } }
    return AdministratorTerms(Dictionary(grouping: counting, by: \.0).mapValues { $0.map(\.1) })
  }

  private static let unbounded =
    "NULL AS from_at, NULL AS until_at, NULL AS member_from, NULL AS member_until"

  /// A role r of one's own, with its bounds.
  private static let ownRole = """
    r.builtin, r.role_id, r.from_at, r.until_at, NULL AS member_from, NULL AS member_until
    """

  /// A role r of a team, with its bounds and those of the membership m.
  private static let teamRole = """
    r.builtin, r.role_id, r.from_at, r.until_at, m.from_at AS member_from, m.until_at AS member_until
    """

  private func authority(_ roles: String, _ values: [Value]) throws -> HeldAuthority {
    // The id comes first only so that an error can name the damaged row.
    let found = try rows(
      """
      SELECT coalesce(h.role_id, 0), h.builtin, p.permission, h.from_at, h.until_at, h.member_from, h.member_until
      FROM (\(roles)) AS h LEFT JOIN role_permission AS p ON p.role_id = h.role_id
      """, values
    ) { fields in
      (
        builtIn: try fields.optionalText(1).map { try fields.checked(1, BuiltInRole(rawValue: $0)) },
        permission: try fields.optionalText(2).map { try fields.checked(2, Permission(rawValue: $0)) },
        bounds: try fields.bounds(3).intersection(try fields.bounds(5))
      )
    }
    return HeldAuthority(
      found.compactMap { part in
        let own = part.builtIn.map { Authority($0) } ?? .none
        let authority = own.union(Authority(permissions: Set([part.permission].compactMap { $0 })))
        return part.bounds.map { Bounded(authority, $0) }
      })
  }
}
