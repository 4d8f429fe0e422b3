internal import Access
internal import Store

extension Session {
  func customRole(_ id: RoleID) throws -> CustomRole? {
    try roles("id = ?", [id.rawValue]).first
  }

  func customRole(named key: NameKey) throws -> CustomRole? {
    try roles("name_key = ?", [key.text]).first
  }

  func customRoles() throws -> [CustomRole] { try roles("1 = 1", []) }

  func roles(of subject: SubjectID) throws -> BoundedSet<SystemRole> {
    let (sql, id) =
      switch subject {
      case .account(let id): (Self.rolesOfAccount, id.rawValue)
      case .team(let id): (Self.rolesOfTeam, id.rawValue)
      }
    return BoundedSet(bounded: try rows(sql, [id]) { Bounded(try Self.role($0, at: 0), try $0.bounds(2)) })
  }

  private static let rolesOfAccount = roles(of: "account_id")
  private static let rolesOfTeam = roles(of: "team_id")

  private static func roles(of column: String) -> String {
    "SELECT builtin, role_id, from_at, until_at FROM role_assignment WHERE \(column) = ? AND hidden = 0"
  }

  /// A built-in role in that column, or the id of a custom one in the next.
  static func role(_ fields: Fields, at column: Int) throws -> SystemRole {
    guard try fields.optionalText(column) != nil else { return .custom(try fields.id(column + 1)) }
    return .builtIn(try fields.value(column))
  }

  func holders(of role: SystemRole) throws -> RoleHolders {
    let columns = RoleColumns(role)
    let sql = """
      SELECT holder, count(*) FROM role_assignment WHERE \(columns.column) = ? AND hidden = 0 GROUP BY holder
      """
    let counts = try rows(sql, [columns.value]) { (try $0.text(0), Int(try $0.integer(1))) }
    let count = { (holder: String) in counts.first { $0.0 == holder }?.1 ?? 0 }
    return RoleHolders(userCount: count("user"), apiUserCount: count("apiUser"), teamCount: count("team"))
  }

  func subjects(with role: SystemRole, limit: Int) throws -> [RoleHolder] {
    let columns = RoleColumns(role)
    let sql = """
      SELECT coalesce(r.account_id, r.team_id), r.holder, coalesce(a.name, t.name), r.from_at, r.until_at
      FROM role_assignment AS r LEFT JOIN account AS a ON a.id = r.account_id
        LEFT JOIN team AS t ON t.id = r.team_id
      WHERE r.\(columns.column) = ? AND r.hidden = 0 ORDER BY r.name_key, r.holder LIMIT ?
      """
    return try rows(sql, [columns.value, max(limit, 0)]) { fields in
      let isTeam = try fields.text(1) == "team"
      return RoleHolder(
        id: isTeam ? .team(try fields.id(0)) : .account(try fields.id(0)),
        kind: isTeam ? nil : try fields.value(1), name: try fields.name(2), bounds: try fields.bounds(3))
    }
  }

  private func roles(_ condition: String, _ values: [Value]) throws -> [CustomRole] {
    let sql = "SELECT id, name, summary FROM role WHERE \(condition) AND deleted_at IS NULL ORDER BY name_key"
    return try rows(sql, values) { fields in
      let id: RoleID = try fields.id(0)
      let permissions: [Permission] = try rows(
        "SELECT permission FROM role_permission WHERE role_id = ?", [id.rawValue]
      ) { try $0.value(0) }
      return CustomRole(
        id: id, name: try fields.name(1), summary: try fields.summary(2), permissions: Set(permissions))
    }
  }
}

extension Session {
  func insert(_ role: CustomRole) throws {
    try execute(
      "INSERT INTO role (id, name, name_key, summary) VALUES (?, ?, ?, ?)",
      [role.id.rawValue, role.name.text, NameKey(role.name).text, role.summary.text])
    try setPermissions(of: role)
  }

  func update(_ role: CustomRole) throws {
    let count = try changeCount(
      "UPDATE role SET name = ?, name_key = ?, summary = ? WHERE id = ? AND deleted_at IS NULL",
      [role.name.text, NameKey(role.name).text, role.summary.text, role.id.rawValue])
    if count > 0 { try setPermissions(of: role) }
  }

  func delete(_ role: RoleID, _ deletion: Deletion) throws {
    let count = try changeCount(
      "UPDATE role SET deleted_at = ?, deletion = ? WHERE id = ? AND deleted_at IS NULL",
      [deletion.at.secondsSince1970, deletion.number, role.rawValue])
    if count > 0 { try execute("UPDATE role_assignment SET hidden = 1 WHERE role_id = ?", [role.rawValue]) }
  }

  func setRoles(_ roles: BoundedSet<SystemRole>, of subject: SubjectID) throws {
    let reach = AlteredReach(subject)
    let subject = SubjectColumns(subject)
    let holder = try first(subject.livingSQL, [subject.id]) { (try $0.text(1), try $0.text(2)) }
    guard let holder else { return }
    // Assignments of deleted roles stay, so that they are there again after a restore.
    try execute(
      "DELETE FROM role_assignment WHERE \(subject.column) = ? AND hidden = 0", [subject.id], altering: reach)
    for held in roles.bounded {
      let role = RoleColumns(held.value)
      try execute(
        """
        INSERT INTO role_assignment (\(subject.column), \(role.column), holder, name_key, from_at, until_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [subject.id, role.value, holder.0, holder.1] + held.bounds.values, altering: reach)
    }
  }

  private func setPermissions(of role: CustomRole) throws {
    try execute("DELETE FROM role_permission WHERE role_id = ?", [role.id.rawValue])
    for permission in role.permissions {
      try execute(
        "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
        [role.id.rawValue, permission.rawValue])
    }
  }
}

/// The columns of a subject in a row that may belong to an account or a team.
struct SubjectColumns {
  let column: String
  let id: Int64
  /// The SQL for a living subject's id, kind and name key.
  let livingSQL: String

  init(_ subject: SubjectID) {
    switch subject {
    case .account(let id):
      self.id = id.rawValue
      column = "account_id"
      livingSQL = "SELECT id, kind, name_key FROM account WHERE id = ? AND deleted_at IS NULL"
    case .team(let id):
      self.id = id.rawValue
      column = "team_id"
      livingSQL = "SELECT id, 'team', name_key FROM team WHERE id = ? AND deleted_at IS NULL"
    }
  }
}

extension Bounds {
  /// Of the columns from_at and until_at.
  var values: [Session.Value] { [from?.secondsSince1970, until?.secondsSince1970] }
}

/// The columns of a system role in a row.
struct RoleColumns {
  let column: String
  let value: Session.Value

  init(_ role: SystemRole) {
    switch role {
    case .builtIn(let role): (column, value) = ("builtin", role.rawValue)
    case .custom(let id): (column, value) = ("role_id", id.rawValue)
    }
  }
}
