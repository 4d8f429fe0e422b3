internal import Access
internal import Store

extension Session {
  func teams(
    _ query: TeamQuery, _ position: PagePosition<NameCursor<TeamID>>, limit: Int
  ) throws -> Page<TeamRow> {
    let window = Window(
      session: self, stretches: [.teams(query.conditions)], matching: query.matching, hasSearchIndex: false)
    return try window.page(position, limit: limit, at: { Spot(keys: [$0.nameKey]) }) { try $0.teamRow($1) }
  }

  func teamCount(_ query: TeamQuery) throws -> Int {
    try Window(
      session: self, stretches: [.teams(query.conditions)], matching: query.matching, hasSearchIndex: false
    ).count()
  }

  func members(
    _ query: MemberQuery, _ position: PagePosition<NameCursor<AccountID>>, limit: Int
  ) throws -> Page<MemberRow> {
    guard try team(query.team) != nil else { return Page(rows: [], hasBefore: false, hasAfter: false) }
    let window = Window(session: self, stretches: [.members(of: query.team)], matching: query.matching)
    return try window.page(
      position, limit: limit, at: { Spot(keys: [$0.nameKey, $0.id.rawValue]) }
    ) { session, spot in try session.together { try $0.memberRow(spot, in: query.team) } }
  }

  func memberCount(_ query: MemberQuery) throws -> Int {
    guard query.matching != nil else {
      return try count(
        "SELECT member_count FROM team WHERE id = ? AND deleted_at IS NULL", [query.team.rawValue])
    }
    guard try team(query.team) != nil else { return 0 }
    return try Window(session: self, stretches: [.members(of: query.team)], matching: query.matching).count()
  }

  private func teamRow(_ spot: Spot) throws -> TeamRow {
    let sql = """
      SELECT \(Self.teamColumns), t.name_key, t.member_count,
        (SELECT count(*) FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
          WHERE g.team_id = t.id AND c.deleted_at IS NULL)
      FROM team AS t WHERE t.id = ?
      """
    let row = try first(sql, [spot.row]) { fields in
      let team = try Self.team(fields)
      return TeamRow(
        team: team, memberCount: Int(try fields.integer(5)), grantCount: Int(try fields.integer(6)),
        cursor: NameCursor(nameKey: try fields.text(4), id: team.id))
    }
    guard let row else { throw StoreError.corrupt(path: path, detail: "an index of team names no row") }
    return row
  }

  private func memberRow(_ spot: Spot, in team: TeamID) throws -> MemberRow {
    let bounds = try first(
      "SELECT from_at, until_at FROM membership WHERE team_id = ? AND account_id = ?",
      [team.rawValue, spot.row]
    ) { try $0.bounds(0) }
    let row = try first("SELECT \(Self.accountColumns), name_key FROM account WHERE id = ?", [spot.row]) {
      let account = try Self.account($0)
      return MemberRow(
        account: account, bounds: bounds ?? .always,
        cursor: NameCursor(nameKey: try $0.text(Self.accountColumnCount), id: account.id))
    }
    guard let row else { throw StoreError.corrupt(path: path, detail: "an index of members names no row") }
    return row
  }
}

extension Stretch {
  static func teams(_ conditions: Conditions) -> Stretch {
    let sql = conditions.onTeam("t")
    return Stretch(
      source: "team AS t INDEXED BY team_name", searched: "team AS t",
      condition: "t.deleted_at IS NULL" + sql.sql, values: sql.values, row: "t.id", keys: ["t.name_key"],
      isDescending: false)
  }

  /// The members of a team. A user and an API user may have the same name, so their ids complete the order.
  static func members(of team: TeamID) -> Stretch {
    Stretch(
      source: "membership AS t INDEXED BY membership_by_name",
      searched: """
        account_search AS s CROSS JOIN account AS a ON a.number = s.rowid \
        CROSS JOIN membership AS t ON t.account_id = a.id
        """,
      condition: "t.hidden = 0 AND t.team_id = ?", values: [team.rawValue], row: "t.account_id",
      keys: ["t.name_key", "t.account_id"], isDescending: false)
  }
}
