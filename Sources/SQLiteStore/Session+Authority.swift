internal import Access
internal import GRDB
internal import Store

extension Session {
  func authority(of account: AccountID) throws -> Authority {
    let id = account.rawValue
    return try authority(
      """
      SELECT r.builtin, r.role_id FROM role_assignment AS r WHERE r.account_id = ? AND r.hidden = 0
      UNION SELECT r.builtin, r.role_id FROM membership AS m
        JOIN team AS t ON t.id = m.team_id AND t.deleted_at IS NULL
        JOIN role_assignment AS r ON r.team_id = t.id AND r.hidden = 0
      WHERE m.account_id = ? AND m.hidden = 0
      """, [id, id])
  }

  func authority(of team: TeamID) throws -> Authority {
    try authority(
      """
      SELECT r.builtin, r.role_id FROM team AS t JOIN role_assignment AS r ON r.team_id = t.id
      WHERE t.id = ? AND t.deleted_at IS NULL AND r.hidden = 0
      """, [team.rawValue])
  }

  /// The authority by roles that live now, because those are the roles that would be restored.
  func formerAuthority(of thing: DeletedThing) throws -> Authority {
    let isLiving =
      "(r.role_id IS NULL OR EXISTS (SELECT 1 FROM role AS x WHERE x.id = r.role_id AND x.deleted_at IS NULL))"
    switch thing.kind {
    case .user, .apiUser:
      return try authority(
        """
        SELECT r.builtin, r.role_id FROM role_assignment AS r WHERE r.account_id = ? AND \(isLiving)
        UNION SELECT r.builtin, r.role_id FROM membership AS m
          JOIN team AS t ON t.id = m.team_id AND t.deleted_at IS NULL
          JOIN role_assignment AS r ON r.team_id = t.id AND r.hidden = 0
        WHERE m.account_id = ?
        """, [thing.id, thing.id])
    case .team:
      return try authority(
        "SELECT r.builtin, r.role_id FROM role_assignment AS r WHERE r.team_id = ? AND \(isLiving)",
        [thing.id])
    case .role: return try authority("SELECT NULL AS builtin, ? AS role_id", [thing.id])
    default: return .none
    }
  }

  func hasAdministrator() throws -> Bool {
    try exists(
      """
      SELECT 1 FROM role_assignment AS r JOIN account AS a ON a.id = r.account_id
      WHERE r.builtin = ?1 AND r.hidden = 0 AND r.holder = 'user' AND a.enabled = 1 AND a.deleted_at IS NULL
      UNION ALL SELECT 1 FROM role_assignment AS r
        JOIN team AS t ON t.id = r.team_id AND t.deleted_at IS NULL
        JOIN membership AS m ON m.team_id = t.id AND m.hidden = 0
        JOIN account AS a ON a.id = m.account_id
      WHERE r.builtin = ?1 AND r.hidden = 0 AND r.holder = 'team' AND a.kind = 'user' AND a.enabled = 1
        AND a.deleted_at IS NULL
      LIMIT 1
      """, [BuiltInRole.administrator.rawValue])
  }

  private func authority(_ roles: String, _ values: [Value]) throws -> Authority {
    // The id comes first only so that an error can name the damaged row.
    let found = try rows(
      """
      SELECT coalesce(h.role_id, 0), h.builtin, p.permission FROM (\(roles)) AS h
      LEFT JOIN role_permission AS p ON p.role_id = h.role_id
      """, values
    ) { fields in
      (
        builtIn: try fields.optionalText(1).map { try fields.checked(1, BuiltInRole(rawValue: $0)) },
        permission: try fields.optionalText(2).map { try fields.checked(2, Permission(rawValue: $0)) }
      )
    }
    var permissions = Set(found.compactMap(\.permission))
    for role in found.compactMap(\.builtIn) { permissions.formUnion(role.permissions) }
    return Authority(
      permissions: permissions, isAdministrator: found.contains { $0.builtIn == .administrator })
  }
}
