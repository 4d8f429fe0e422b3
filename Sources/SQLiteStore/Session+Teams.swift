internal import Access
internal import Store

extension Session {
  static let teamColumns = "t.id, t.name, t.summary, t.created_at"

  func team(_ id: TeamID) throws -> Team? {
    try first(
      "SELECT \(Self.teamColumns) FROM team AS t WHERE t.id = ? AND t.deleted_at IS NULL", [id.rawValue],
      Self.team)
  }

  func team(named key: NameKey) throws -> Team? {
    try first(
      "SELECT \(Self.teamColumns) FROM team AS t WHERE t.name_key = ? AND t.deleted_at IS NULL", [key.text],
      Self.team)
  }

  func teams(of account: AccountID) throws -> [Team] {
    try rows(
      """
      SELECT \(Self.teamColumns) FROM membership AS m JOIN team AS t ON t.id = m.team_id
      WHERE m.account_id = ? AND m.hidden = 0 AND t.deleted_at IS NULL ORDER BY t.name_key
      """, [account.rawValue], Self.team)
  }

  func members(of team: TeamID, among accounts: Set<AccountID>) throws -> Set<AccountID> {
    guard try self.team(team) != nil else { return [] }
    let sql = "SELECT 1 FROM membership WHERE team_id = ? AND account_id = ? AND hidden = 0"
    return try accounts.filter { try exists(sql, [team.rawValue, $0.rawValue]) }
  }

  /// Makes a team of the columns ``teamColumns``.
  static func team(_ fields: Fields) throws -> Team {
    Team(
      id: try fields.id(0), name: try fields.name(1), summary: try fields.summary(2),
      createdAt: try fields.time(3))
  }
}

extension Session {
  func insert(_ team: Team) throws {
    let keys = SearchKeys(team.name)
    try execute(
      "INSERT INTO team (id, name, name_key, search_key, summary, created_at) VALUES (?, ?, ?, ?, ?, ?)",
      [
        team.id.rawValue, team.name.text, keys.name, keys.search, team.summary.text,
        team.createdAt.secondsSince1970,
      ])
  }

  func update(_ team: Team) throws {
    let keys = SearchKeys(team.name)
    let id = team.id.rawValue
    let count = try execute(
      "UPDATE team SET name = ?, name_key = ?, search_key = ?, summary = ? WHERE id = ? AND deleted_at IS NULL",
      [team.name.text, keys.name, keys.search, team.summary.text, id])
    guard count > 0 else { return }
    try execute("UPDATE role_assignment SET name_key = ? WHERE team_id = ?", [keys.name, id])
    try execute("UPDATE access_grant SET name_key = ? WHERE team_id = ?", [keys.name, id])
  }

  func delete(_ team: TeamID, _ deletion: Deletion) throws {
    let id = team.rawValue
    let count = try execute(
      "UPDATE team SET deleted_at = ?, deletion = ? WHERE id = ? AND deleted_at IS NULL",
      [deletion.at.secondsSince1970, deletion.number, id])
    guard count > 0 else { return }
    try execute("UPDATE role_assignment SET hidden = 1 WHERE team_id = ?", [id])
    try execute("UPDATE access_grant SET hidden = 1 WHERE team_id = ?", [id])
  }

  func addMember(_ account: AccountID, to team: TeamID) throws {
    let added = try execute(
      """
      INSERT INTO membership (team_id, account_id, name_key, search_key)
      SELECT t.id, a.id, a.name_key, a.search_key FROM team AS t, account AS a
      WHERE t.id = ? AND t.deleted_at IS NULL AND a.id = ? AND a.deleted_at IS NULL
      ON CONFLICT (team_id, account_id) DO NOTHING
      """, [team.rawValue, account.rawValue])
    try addToCount(of: team, added)
  }

  func removeMember(_ account: AccountID, from team: TeamID) throws {
    guard try self.team(team) != nil else { return }
    let removed = try execute(
      "DELETE FROM membership WHERE team_id = ? AND account_id = ? AND hidden = 0",
      [team.rawValue, account.rawValue])
    try addToCount(of: team, -removed)
  }

  private func addToCount(of team: TeamID, _ change: Int) throws {
    guard change != 0 else { return }
    try execute("UPDATE team SET member_count = member_count + ? WHERE id = ?", [change, team.rawValue])
  }
}
