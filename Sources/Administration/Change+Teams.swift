package import Access
private import Store

/// What the General page edits of a team.
package struct TeamGeneral: Codable, Hashable, Sendable {
  package var name: Name
  package var summary: Summary

  package init(name: Name, summary: Summary) {
    self.name = name
    self.summary = summary
  }

  package init(_ team: Team) { self.init(name: team.name, summary: team.summary) }
}

extension Change {
  /// Adds a team without members, roles or grants.
  @discardableResult
  package func addTeam(name: Name, summary: Summary = .empty) throws -> Team {
    try addTeam(as: .random(), TeamGeneral(name: name, summary: summary))
  }

  @discardableResult
  func addTeam(as id: TeamID, _ general: TeamGeneral) throws -> Team {
    let (name, summary) = (general.name, general.summary)
    try require(.teamsManage)
    try requireFree(name, except: nil)
    let team = Team(id: id, name: name, summary: summary, createdAt: now)
    try writer.insert(team)
    try record("add", team, AuditDetails(nil, general), .init(was: nil, became: general))
    return team
  }

  package func saveGeneral(_ id: TeamID, _ edit: Edit<TeamGeneral>) throws {
    try require(.teamsManage)
    let before = try team(id)
    try edit.check(against: TeamGeneral(before))
    var after = before
    after.name = edit.becomes.name
    after.summary = edit.becomes.summary
    guard after != before else { return }
    try requireFree(after.name, except: id)
    try writer.update(after)
    let (was, became) = (TeamGeneral(before), TeamGeneral(after))
    try record("edit", before, AuditDetails(was, became), .init(was: was, became: became))
  }

  package func deleteTeam(_ id: TeamID) throws { try deleteTeam(id, as: nil) }

  func deleteTeam(_ id: TeamID, as again: RepeatedDeletion?) throws {
    try require(.teamsManage)
    let team = try team(id)
    try requireCovering(try writer.authority(of: id), team.name)
    let holdings = undoLog.keepsHoldings ? try holdings(of: id) : nil
    let deletion = try deletion(again?.number)
    try writer.delete(id, deletion)
    try rename(DeletedThing(.team, id), as: again)
    try record(
      "delete", team, AuditDetails(),
      .init(
        was: TeamGeneral(team), became: nil, holdings: holdings, deletion: deletion.number,
        formerName: again?.formerName))
  }

  private func record(
    _ verb: String, _ team: Team, _ details: AuditDetails, _ turn: UndoStep.Turn<TeamGeneral>
  ) throws {
    try record(
      "team.\(verb)", target(team), details,
      doing: UndoStep(name: team.name.text, change: .team(id: team.id, turn: turn)))
  }

  /// Puts accounts into a team and takes others out. What is so already stays so.
  package func saveMembers(of id: TeamID, adding: Set<AccountID>, removing: Set<AccountID>) throws {
    try require(.teamsManage)
    let team = try team(id)
    let present = try writer.members(of: id, among: adding.union(removing))
    for account in adding.subtracting(present).sorted() { try join(try self.account(account), team) }
    for account in removing.intersection(present).sorted() { try leave(try self.account(account), team) }
  }

  /// Makes these the teams of an account.
  package func saveTeams(of id: AccountID, _ edit: Edit<Set<TeamID>>) throws {
    try require(.teamsManage)
    let account = try account(id)
    let current = Set(try writer.teams(of: id).map(\.id))
    try edit.check(against: current)
    for team in edit.becomes.subtracting(current).sorted() { try join(account, try self.team(team)) }
    for team in current.subtracting(edit.becomes).sorted() { try leave(account, try self.team(team)) }
  }

  private func join(_ account: Account, _ team: Team) throws {
    let given = try writer.authority(of: team.id)
    try requireGiving(given, to: .account(account.id), team.name)
    if try !writer.grants(of: .team(team.id)).isEmpty { try requireGivingAccess(to: .account(account.id)) }
    try writer.addMember(account.id, to: team.id)
    try record("addMember", team, AuditDetails("member", after: account.name.text), account, joined: true)
  }

  private func leave(_ account: Account, _ team: Team) throws {
    if account.kind == .user { try requireCovering(try writer.authority(of: team.id), team.name) }
    try writer.removeMember(account.id, from: team.id)
    try record(
      "removeMember", team, AuditDetails("member", before: account.name.text), account, joined: false)
  }

  private func record(
    _ verb: String, _ team: Team, _ details: AuditDetails, _ account: Account, joined: Bool
  ) throws {
    let change = UndoStep.Change.member(
      team: team.id, account: account.id, accountName: account.name.text, joined: joined)
    try record(
      "team.\(verb)", target(team), details, touching: account.id,
      doing: UndoStep(name: team.name.text, change: change))
  }

  private func requireFree(_ name: Name, except id: TeamID?) throws {
    if let other = try writer.team(named: NameKey(name)), other.id != id {
      throw AdministrationError.nameTaken(kind: "team", name: name)
    }
  }
}
