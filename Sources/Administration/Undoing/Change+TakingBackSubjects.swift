internal import Access
internal import Store

/// Undoes changes of users, API users, teams and roles, and of what was given to them.
extension Change {
  func takeBack(
    _ step: UndoStep, _ id: AccountID, isUser: Bool, _ turn: UndoStep.Turn<AccountGeneral>
  ) throws {
    try takeBack(
      step, DeletedThing(isUser ? .user : .apiUser, id), turn,
      present: try writer.account(id).map(AccountGeneral.init), holdings: try holdings(of: id)
    ) {
      try deleteAccount(id, as: $0)
    } save: {
      try requireOwner($0.becomes.particulars, was: $0.was.particulars)
      try saveGeneral(id, $0)
    }
  }

  func takeBack(_ step: UndoStep, _ id: TeamID, _ turn: UndoStep.Turn<TeamGeneral>) throws {
    try takeBack(
      step, DeletedThing(.team, id), turn, present: try writer.team(id).map(TeamGeneral.init),
      holdings: try holdings(of: id)
    ) {
      try deleteTeam(id, as: $0)
    } save: {
      try saveGeneral(id, $0)
    }
  }

  func takeBack(_ step: UndoStep, _ id: RoleID, _ turn: UndoStep.Turn<RoleContent>) throws {
    try takeBack(
      step, DeletedThing(.role, id), turn, present: try writer.customRole(id).map(RoleContent.init),
      holdings: try holdings(of: id)
    ) {
      try deleteRole(id, as: $0)
    } save: {
      try saveRole(id, $0)
    }
  }

  /// Undoes one step. A thing that was added is deleted again, with the number of the deletion from which it
  /// had come back. A thing that was deleted is brought back.
  private func takeBack<Value: NamedValue & Described>(
    _ step: UndoStep, _ thing: DeletedThing, _ turn: UndoStep.Turn<Value>, present: Value?,
    holdings: @autoclosure () throws -> String, delete: (RepeatedDeletion) throws -> Void,
    save: (Edit<Value>) throws -> Void
  ) throws {
    switch (turn.was, turn.became) {
    case (let was?, let became?):
      guard let present else { throw ChangedMeanwhile() }
      try save(Edit(was: present, becomes: try present.takingBack(was, became)))
    case (_, nil): try bringBack(thing, step, turn, isLiving: present != nil)
    case (nil, let became?):
      guard present == became, try holdings() == turn.holdings ?? Self.bareHoldings else {
        throw ChangedMeanwhile()
      }
      try delete(RepeatedDeletion(turn))
    }
  }

  /// Brings a thing back only where it is still deleted by the same deletion. A thing that came back and was
  /// deleted again has been changed since.
  func bringBack<Value: NamedValue>(
    _ thing: DeletedThing, _ step: UndoStep, _ turn: UndoStep.Turn<Value>, isLiving: Bool
  ) throws {
    guard !isLiving else { throw ChangedMeanwhile() }
    guard let row = try writer.deleted(thing) else { throw UndoProblem.goneForGood(step.thingWords) }
    guard row.deletion == turn.deletion ?? 0 else { throw ChangedMeanwhile() }
    try restore(thing, as: turn.was?.name, withParts: turn.isPartless != true)
  }

  /// An owner who was deleted since can't be the owner again.
  func requireOwner(_ becomes: Particulars, was: Particulars) throws {
    guard becomes.owner != was.owner, case .user(let id) = becomes.owner, try writer.account(id) == nil else {
      return
    }
    throw ChangedMeanwhile(target: (.user, id.description))
  }

  func takeBackKeys(_ id: AccountID, _ turn: UndoStep.Turn<[String]>) throws {
    guard try writer.account(id) != nil, try writer.publicKeys(of: id).sorted() == turn.became?.sorted()
    else {
      throw ChangedMeanwhile()
    }
    try setPublicKeys(turn.was ?? [], of: id)
  }

  func takeBackMember(_ team: TeamID, _ account: AccountID, _ turn: UndoStep.Turn<Bounds>) throws {
    guard try writer.team(team) != nil, try writer.account(account) != nil,
      try writer.members(of: team, among: [account])[account] == turn.became
    else { throw ChangedMeanwhile(target: try writer.account(account) == nil ? accountTarget(account) : nil) }
    try saveMembers(
      of: team, bounded: BoundedSet(bounded: turn.was.map { [Bounded(account, $0)] } ?? []),
      removing: turn.was == nil ? [account] : [])
  }

  /// An audit target for a deleted account. Its kind is no longer known, and API users are by far the most.
  private func accountTarget(_ id: AccountID) -> (AuditTarget.Kind, String) { (.apiUser, id.description) }

  func takeBackRoles(_ subject: SubjectID, _ turn: UndoStep.Turn<BoundedSet<SystemRole>>) throws {
    let (was, became) = (turn.was ?? BoundedSet(), turn.became ?? BoundedSet())
    guard try isLiving(subject), try writer.roles(of: subject) == became else { throw ChangedMeanwhile() }
    for case .custom(let id) in was.elements where try writer.customRole(id) == nil {
      throw ChangedMeanwhile(target: (.role, id.description))
    }
    try saveRoles(of: subject, bounded: Edit(was: became, becomes: was))
  }

  func takeBackGrant(
    _ subject: SubjectID, _ connector: ConnectorID, _ turn: UndoStep.Turn<GrantContent>
  ) throws {
    let present = try writer.grant(of: subject, on: connector).map {
      GrantContent(permissions: $0.permissions, gone: try writer.goneParts(of: $0.id))
    }
    let (was, became) = (turn.was ?? .nothing, turn.became ?? .nothing)
    guard try isLiving(subject), present ?? .nothing == became else { throw ChangedMeanwhile() }
    guard try writer.connector(connector) != nil else {
      throw ChangedMeanwhile(target: (.kept(.connector), connector.description))
    }
    // Of the parts that left the catalogue, only those that this step lost are brought back.
    try setGrant(
      of: subject, in: try grantCatalogue(of: connector), was.permissions,
      bringingBack: was.gone.subtracting(became.gone))
  }

  func isLiving(_ subject: SubjectID) throws -> Bool {
    switch subject {
    case .account(let id): try writer.account(id) != nil
    case .team(let id): try writer.team(id) != nil
    }
  }
}
