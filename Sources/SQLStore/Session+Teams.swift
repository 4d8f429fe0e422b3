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

  func teams(of account: AccountID) throws -> [Bounded<Team>] {
    try rows(
      """
      SELECT \(Self.teamColumns), m.from_at, m.until_at FROM membership AS m JOIN team AS t ON t.id = m.team_id
      WHERE m.account_id = ? AND m.hidden = 0 AND t.deleted_at IS NULL ORDER BY t.name_key
      """, [account.rawValue]
    ) { Bounded(try Self.team($0), try $0.bounds(4)) }
  }

  func members(of team: TeamID, among accounts: Set<AccountID>) throws -> BoundedSet<AccountID> {
    var members = BoundedSet<AccountID>()
    guard try self.team(team) != nil else { return members }
    let sql = "SELECT from_at, until_at FROM membership WHERE team_id = ? AND account_id = ? AND hidden = 0"
    for account in accounts {
      members[account] = try first(sql, [team.rawValue, account.rawValue]) { try $0.bounds(0) }
    }
    return members
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
    let count = try changeCount(
      "UPDATE team SET name = ?, name_key = ?, search_key = ?, summary = ? WHERE id = ? AND deleted_at IS NULL",
      [team.name.text, keys.name, keys.search, team.summary.text, id])
    guard count > 0 else { return }
    try execute("UPDATE role_assignment SET name_key = ? WHERE team_id = ?", [keys.name, id])
    try execute("UPDATE access_grant SET name_key = ? WHERE team_id = ?", [keys.name, id])
  }

  func delete(_ team: TeamID, _ deletion: Deletion) throws {
    let id = team.rawValue
    let count = try changeCount(
      "UPDATE team SET deleted_at = ?, deletion = ? WHERE id = ? AND deleted_at IS NULL",
      [deletion.at.secondsSince1970, deletion.number, id])
    guard count > 0 else { return }
    try execute("UPDATE role_assignment SET hidden = 1 WHERE team_id = ?", [id])
    try execute("UPDATE access_grant SET hidden = 1 WHERE team_id = ?", [id])
  }

  func putMember(_ account: AccountID, in team: TeamID, _ bounds: Bounds) throws {
    guard try self.team(team) != nil else { return }
    let place: [Value] = [team.rawValue, account.rawValue]
    let replaced = try changeCount(
      "UPDATE membership SET from_at = ?, until_at = ? WHERE team_id = ? AND account_id = ? AND hidden = 0",
      bounds.values + place, altering: .account(account))
    guard replaced == 0 else { return }
    let added = try changeCount(
      """
      INSERT INTO membership (team_id, account_id, name_key, search_key, from_at, until_at)
      SELECT ?, id, name_key, search_key, ?, ? FROM account WHERE id = ? AND deleted_at IS NULL
      """, [team.rawValue] + bounds.values + [account.rawValue], altering: .account(account))
    try addToCount(of: team, added)
  }

  func removeMember(_ account: AccountID, from team: TeamID) throws {
    guard try self.team(team) != nil else { return }
    let removed = try changeCount(
      "DELETE FROM membership WHERE team_id = ? AND account_id = ? AND hidden = 0",
      [team.rawValue, account.rawValue], altering: .account(account))
    try addToCount(of: team, -removed)
  }

  private func addToCount(of team: TeamID, _ change: Int) throws {
    guard change != 0 else { return }
    try execute(
      "UPDATE team SET member_count = member_count + ? WHERE id = ?", [change, team.rawValue],
      altering: .nobody)
  }
}
