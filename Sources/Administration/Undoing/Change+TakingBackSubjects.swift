internal import Access
internal import Store

/// Users, API users, teams and roles, and what was given to them.
extension Change {
  func takeBack(_ step: UndoStep, _ thing: DeletedThing, _ turn: UndoStep.Turn<SavedAccount>) throws {
    guard let id: AccountID = thing.identifier() else { throw UnreadableUndo() }
    let present = try writer.account(id).map(AccountGeneral.init)
    try takeBack(step, thing, turn, present: present.map(SavedAccount.init), holdings: try holdings(of: id)) {
      try deleteAccount(id, as: $0)
    } change: { was, became in
      var merging = Merging(try must(present), was: try was.general, became: try became.general)
      let current = merging.value
      try merging.takeBack(\.name)
      try merging.takeBack(\.isEnabled)
      try merging.takeBack(\.unixAccount)
      try saveGeneral(id, Edit(was: current, becomes: merging.value))
    }
  }

  func takeBack(_ step: UndoStep, _ id: TeamID, _ turn: UndoStep.Turn<SavedTeam>) throws {
    let present = try writer.team(id).map(TeamGeneral.init)
    try takeBack(
      step, DeletedThing(.team, id), turn, present: present.map(SavedTeam.init),
      holdings: try holdings(of: id)
    ) {
      try deleteTeam(id, as: $0)
    } change: { was, became in
      var merging = Merging(try must(present), was: try was.general, became: try became.general)
      let current = merging.value
      try merging.takeBack(\.name)
      try merging.takeBack(\.summary)
      try saveGeneral(id, Edit(was: current, becomes: merging.value))
    }
  }

  func takeBack(_ step: UndoStep, _ id: RoleID, _ turn: UndoStep.Turn<SavedRole>) throws {
    let present = try writer.customRole(id).map(RoleContent.init)
    try takeBack(
      step, DeletedThing(.role, id), turn, present: present.map(SavedRole.init),
      holdings: try holdings(of: id)
    ) {
      try deleteRole(id, as: $0)
    } change: { was, became in
      var merging = Merging(try must(present), was: try was.content, became: try became.content)
      let current = merging.value
      try merging.takeBack(\.name)
      try merging.takeBack(\.summary)
      try merging.takeBack(\.permissions)
      try saveRole(id, Edit(was: current, becomes: merging.value))
    }
  }

  /// What came is deleted again, by the number of the deletion that it came from; what went is brought back.
  private func takeBack<Value: NamedValue>(
    _ step: UndoStep, _ thing: DeletedThing, _ turn: UndoStep.Turn<Value>, present: Value?,
    holdings: @autoclosure () throws -> String, delete: (Int64?) throws -> Void,
    change: (_ was: Value, _ became: Value) throws -> Void
  ) throws {
    switch (turn.was, turn.became) {
    case (let was?, let became?): try change(was, became)
    case (_, nil): try bringBack(thing, step, turn, isLiving: present != nil)
    case (nil, let became?):
      guard present == became, try holdings() == turn.holdings ?? Self.bareHoldings else {
        throw ChangedMeanwhile()
      }
      try delete(turn.deletion)
      try renameAgain(thing, turn.formerName)
    }
  }

  /// Only where it is deleted by that same deletion: what came back and went again since was changed since.
  func bringBack<Value: NamedValue>(
    _ thing: DeletedThing, _ step: UndoStep, _ turn: UndoStep.Turn<Value>, isLiving: Bool
  ) throws {
    guard !isLiving else { throw ChangedMeanwhile() }
    guard let row = try writer.deleted(thing) else { throw UndoProblem.goneForGood(step.thingWords) }
    guard row.deletion == turn.deletion ?? 0 else { throw ChangedMeanwhile() }
    try restore(thing, as: try turn.was?.name.savedName(), withParts: turn.isPartless != true)
  }

  /// What is deleted once more is called again what it was called while it was deleted.
  func renameAgain(_ thing: DeletedThing, _ name: String?) throws {
    if let name { try writer.rename(deleted: thing, to: try name.savedName()) }
  }

  func takeBackKeys(_ id: AccountID, _ turn: UndoStep.Turn<[String]>) throws {
    guard try writer.account(id) != nil, try writer.publicKeys(of: id).sorted() == turn.became?.sorted()
    else {
      throw ChangedMeanwhile()
    }
    try setPublicKeys(turn.was ?? [], of: id)
  }

  func takeBackMember(_ team: TeamID, _ account: AccountID, joined: Bool) throws {
    guard try writer.team(team) != nil, try writer.account(account) != nil,
      try writer.members(of: team, among: [account]).isEmpty != joined
    else { throw ChangedMeanwhile(target: try writer.account(account) == nil ? accountTarget(account) : nil) }
    try saveMembers(of: team, adding: joined ? [] : [account], removing: joined ? [account] : [])
  }

  /// Which kind it was isn't known any more where it is deleted; API users are by far the most.
  private func accountTarget(_ id: AccountID) -> (AuditTarget.Kind, String) { (.apiUser, id.description) }

  func takeBackRoles(_ subject: SubjectID, _ turn: UndoStep.Turn<[String]>) throws {
    let (was, became) = (
      Set(try (turn.was ?? []).map(SystemRole.init(saved:))),
      Set(try (turn.became ?? []).map(SystemRole.init(saved:)))
    )
    guard try isLiving(subject), try writer.roles(of: subject) == became else { throw ChangedMeanwhile() }
    for case .custom(let id) in was where try writer.customRole(id) == nil {
      throw ChangedMeanwhile(target: (.role, id.description))
    }
    try saveRoles(of: subject, Edit(was: became, becomes: was))
  }

  func takeBackGrant(
    _ subject: SubjectID, _ connector: ConnectorID, _ turn: UndoStep.Turn<SavedPermissions>
  ) throws {
    let grant = try writer.grant(of: subject, on: connector)
    let present = SavedPermissions(
      grant?.permissions ?? .none, gone: try grant.map { try writer.goneParts(of: $0.id) } ?? GoneParts())
    guard try isLiving(subject), present == (turn.became ?? SavedPermissions(.none)) else {
      throw ChangedMeanwhile()
    }
    guard try writer.connector(connector) != nil else {
      throw ChangedMeanwhile(target: (.connector, connector.description))
    }
    // Only what this step lost is brought back, of what left the catalogue.
    let lost = try (turn.was?.goneParts ?? GoneParts()).subtracting(try turn.became?.goneParts ?? GoneParts())
    try setGrant(
      of: subject, in: try grantCatalogue(of: connector), try turn.was?.permissions ?? .none,
      bringingBack: lost)
  }

  func isLiving(_ subject: SubjectID) throws -> Bool {
    switch subject {
    case .account(let id): try writer.account(id) != nil
    case .team(let id): try writer.team(id) != nil
    }
  }

  func must<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw ChangedMeanwhile() }
    return value
  }
}
