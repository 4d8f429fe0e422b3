package import Access
private import Store

/// The fields that the General page edits of a team.
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
    try requireCovering(try writer.authority(of: id).from(now), team.name)
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

  /// Puts accounts into a team or changes the bounds of their membership, and takes other accounts out. A
  /// membership that is already as wanted is left alone.
  package func saveMembers(
    of id: TeamID, bounded adding: BoundedSet<AccountID>, removing: Set<AccountID>
  ) throws {
    try require(.teamsManage)
    let team = try team(id)
    let present = try writer.members(of: id, among: adding.elements.union(removing))
    for account in adding.elements.sorted() where adding[account] != present[account] {
      try setMembership(of: try self.account(account), in: team, from: present[account], to: adding[account])
    }
    for account in removing.intersection(present.elements).sorted() {
      try setMembership(of: try self.account(account), in: team, from: present[account], to: nil)
    }
  }

  /// Puts accounts into a team without bounds, and takes other accounts out. An account that is already a
  /// member is left alone.
  package func saveMembers(of id: TeamID, adding: Set<AccountID>, removing: Set<AccountID>) throws {
    try require(.teamsManage)
    let present = try writer.members(of: id, among: adding)
    try saveMembers(of: id, bounded: present.keeping(adding), removing: removing)
  }

  /// Changes the bounds of memberships.
  ///
  /// Errors: ``EditConflict`` where one of the accounts is no longer a member, or its membership has other
  /// bounds by now. Otherwise an edit could put back a member whom somebody else took out.
  package func saveBounds(ofMembersOf id: TeamID, _ edit: Edit<BoundedSet<AccountID>>) throws {
    try require(.teamsManage)
    let touched = edit.was.elements.union(edit.becomes.elements)
    try edit.check(against: try writer.members(of: id, among: touched))
    try saveMembers(of: id, bounded: edit.becomes, removing: [])
  }

  /// Replaces the teams of an account. Memberships that stay keep their bounds, and new ones have none.
  package func saveTeams(of id: AccountID, _ edit: Edit<Set<TeamID>>) throws {
    try require(.teamsManage)
    let current = try memberships(of: id)
    try edit.check(against: current.elements)
    try saveTeams(of: id, bounded: Edit(was: current, becomes: current.keeping(edit.becomes)))
  }

  private func memberships(of id: AccountID) throws -> BoundedSet<TeamID> {
    BoundedSet(bounded: try writer.teams(of: id).map { Bounded($0.value.id, $0.bounds) })
  }

  /// Replaces the teams of an account, with the bounds of each membership.
  package func saveTeams(of id: AccountID, bounded edit: Edit<BoundedSet<TeamID>>) throws {
    try require(.teamsManage)
    try saveTeams(of: try account(id), bounded: edit)
  }

  /// Does the same.
  ///
  /// - Parameter account: the account as it is now in this transaction.
  package func saveTeams(of account: Account, bounded edit: Edit<BoundedSet<TeamID>>) throws {
    try require(.teamsManage)
    let current = try memberships(of: account.id)
    try edit.check(against: current)
    for isJoining in [true, false] {
      for team in edit.becomes.elements.union(current.elements).sorted()
      where edit.becomes[team] != current[team] && (edit.becomes[team] != nil) == isJoining {
        try setMembership(
          of: account, in: try self.team(team), from: current[team], to: edit.becomes[team])
      }
    }
  }

  /// - Parameters:
  /// - was: the bounds of the present membership; nil where the account is no member.
  /// - becomes: the bounds that the membership is to have; nil takes the account out of the team.
  private func setMembership(of account: Account, in team: Team, from was: Bounds?, to becomes: Bounds?)
    throws
  {
    // An Administrator lacks nothing that a team could give or take.
    if !authority.isAdministrator { try requireMembership(of: account, in: team, from: was, to: becomes) }
    if let becomes {
      try writer.putMember(account.id, in: team.id, becomes)
    } else {
      try writer.removeMember(account.id, from: team.id)
    }
    try recordMembership(of: account, in: team, .init(was: was, became: becomes))
  }

  /// Checks that the operator has what a membership gives or takes.
  private func requireMembership(
    of account: Account, in team: Team, from was: Bounds?, to becomes: Bounds?
  ) throws {
    let given = try writer.authority(of: team.id).from(now)
    let (before, after) = (BoundedSet(account.id, was), BoundedSet(account.id, becomes))
    if !after.gained(over: before, from: now).isEmpty {
      try requireGiving(given, to: .account(account.id), team.name)
      if try !writer.grants(of: .team(team.id)).isEmpty { try requireGivingAccess(to: .account(account.id)) }
    }
    if account.kind == .user, !before.gained(over: after, from: now).isEmpty {
      try requireCovering(given, team.name)
    }
  }

  private func recordMembership(
    of account: Account, in team: Team, _ turn: UndoStep.Turn<Bounds>
  ) throws {
    var details = AuditDetails()
    // The row names the member even where only the bounds change.
    let stays = turn.course == .changed
    details.add(
      "member", before: stays || turn.was == nil ? nil : account.name.text,
      after: turn.became == nil ? nil : account.name.text)
    details.add("from", before: turn.was?.from?.description, after: turn.became?.from?.description)
    details.add("until", before: turn.was?.until?.description, after: turn.became?.until?.description)
    let verb =
      switch turn.course {
      case .came: "addMember"
      case .changed: "boundMember"
      case .went: "removeMember"
      }
    let isBounded = [turn.was, turn.became].contains { $0.map { !$0.isAlways } ?? false }
    let change = UndoStep.Change.member(
      team: team.id, account: account.id, accountName: account.name.text, joined: turn.became != nil,
      terms: isBounded ? turn : nil)
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
