internal import Access
package import Store

/// Taking back what an earlier transaction did, by the use cases that anybody changes things with: so that
/// the same permissions are asked for, the same rules hold, and each has its audit row.
extension Change {
  /// Errors: ``UndoProblem``, ``AdministrationError``, ``StoreError``.
  @discardableResult
  package func undo(_ number: Int64) throws -> UndoEntry {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    let (entry, steps) = try undoable(number, in: writer, of: undoOwner)
    undoLog.undoes = entry
    var details = AuditDetails("undone", after: entry.title)
    details.add("rows", after: entry.rowsText)
    try record("undo", AuditTarget(.store, id: String(number), name: "store"), details)
    // The row that tells of undoing is not there when somebody else carries it out.
    if dual != nil { try beginBasis() }
    for step in steps.reversed() { try takeBack(step, doneAt: entry.lastSequence) }
    if let first = ledger.firstSequence { try writer.markUndone(number, by: first) }
    return entry
  }

  /// Something is not, or no longer, as the change left it; its audit target, where that is another than the
  /// step's.
  private struct Changed: Error { var target: (AuditTarget.Kind, String)? }

  /// - Parameter sequence: of the audit row after which somebody else may have changed it.
  func takeBack(_ step: UndoStep, doneAt sequence: Int64) throws {
    do { try takeBack(step) } catch let error as Changed {
      throw try changedSince(step, error.target, sequence)
    } catch AdministrationError.nameTaken(let kind, let name) {
      throw UndoProblem.nameTaken(kind: kind, name: name)
    }
  }

  private func changedSince(
    _ step: UndoStep, _ target: (AuditTarget.Kind, String)?, _ sequence: Int64
  ) throws -> UndoProblem {
    let (kind, id) = target ?? step.target
    let later = try writer.lastChange(of: kind, id: id, after: sequence)
    return .changedSince(step.thingWords, by: later?.actor.name, at: later?.at)
  }

  private func takeBack(_ step: UndoStep) throws {
    switch step.change {
    case .account(let id, let isUser, let turn):
      try takeBack(step, DeletedThing(isUser ? .user : .apiUser, try id.identifier() as AccountID), turn)
    case .keys(let account, let turn): try takeBackKeys(try account.identifier(), turn)
    case .team(let id, let turn): try takeBack(step, try id.identifier() as TeamID, turn)
    case .member(let team, let account, _, let joined):
      try takeBackMember(try team.identifier(), try account.identifier(), joined: joined)
    case .role(let id, let turn): try takeBack(step, try id.identifier() as RoleID, turn)
    case .roles(let subject, let turn): try takeBackRoles(try subject.subject, turn)
    case .grant(let subject, let connector, _, let turn):
      try takeBackGrant(try subject.subject, try connector.identifier(), turn)
    case .token(let id, _, _, let turn): try takeBackToken(try id.identifier(), turn)
    case .entry(let turn): try takeBackEntry(step, turn)
    case .setting(let key, let user, let turn):
      try takeBackSetting(try key.value(), of: try user?.identifier(), turn)
    case .final: break
    }
  }

  private func takeBackSetting(_ setting: Setting, of user: AccountID?, _ turn: SavedSetting) throws {
    if let user { guard try writer.account(user) != nil else { throw Changed() } }
    guard try writer.settings(of: user)[setting]?.text == turn.became else { throw Changed() }
    let value = try turn.was.map { text in
      guard let value = try? setting.value(text) else { throw UnreadableUndo() }
      return value
    }
    try set(setting, to: value, for: user)
  }

  // MARK: Accounts, teams and roles

  private func takeBack(_ step: UndoStep, _ thing: DeletedThing, _ turn: UndoStep.Turn<SavedAccount>) throws {
    guard let id: AccountID = thing.identifier() else { throw UnreadableUndo() }
    let present = try writer.account(id).map(AccountGeneral.init)
    switch turn.course {
    case .came:
      guard let present, SavedAccount(present) == turn.became,
        try holdings(of: id) == turn.holdings ?? Self.bareHoldings
      else { throw Changed() }
      try deleteAccount(id, as: turn.deletion)
      try renameAgain(thing, turn.formerName)
    case .went: try bringBack(thing, step, turn, isLiving: present != nil)
    case .changed:
      var merging = Merging(try must(present), was: try general(turn.was), became: try general(turn.became))
      let current = merging.value
      try merging.takeBack(\.name)
      try merging.takeBack(\.isEnabled)
      try merging.takeBack(\.unixAccount)
      try saveGeneral(id, Edit(was: current, becomes: merging.value))
    }
  }

  private func takeBack(_ step: UndoStep, _ id: TeamID, _ turn: UndoStep.Turn<SavedTeam>) throws {
    let present = try writer.team(id).map(TeamGeneral.init)
    switch turn.course {
    case .came:
      guard let present, SavedTeam(present) == turn.became,
        try holdings(of: id) == turn.holdings ?? Self.bareHoldings
      else { throw Changed() }
      try deleteTeam(id, as: turn.deletion)
      try renameAgain(DeletedThing(.team, id), turn.formerName)
    case .went: try bringBack(DeletedThing(.team, id), step, turn, isLiving: present != nil)
    case .changed:
      guard let was = try turn.was?.general, let became = try turn.became?.general else {
        throw UnreadableUndo()
      }
      var merging = Merging(try must(present), was: was, became: became)
      let current = merging.value
      try merging.takeBack(\.name)
      try merging.takeBack(\.summary)
      try saveGeneral(id, Edit(was: current, becomes: merging.value))
    }
  }

  private func takeBack(_ step: UndoStep, _ id: RoleID, _ turn: UndoStep.Turn<SavedRole>) throws {
    let present = try writer.customRole(id).map(RoleContent.init)
    switch turn.course {
    case .came:
      guard let present, SavedRole(present) == turn.became,
        try holdings(of: id) == turn.holdings ?? Self.bareHoldings
      else { throw Changed() }
      try deleteRole(id, as: turn.deletion)
      try renameAgain(DeletedThing(.role, id), turn.formerName)
    case .went: try bringBack(DeletedThing(.role, id), step, turn, isLiving: present != nil)
    case .changed:
      guard let was = try turn.was?.content, let became = try turn.became?.content else {
        throw UnreadableUndo()
      }
      var merging = Merging(try must(present), was: was, became: became)
      let current = merging.value
      try merging.takeBack(\.name)
      try merging.takeBack(\.summary)
      try merging.takeBack(\.permissions)
      try saveRole(id, Edit(was: current, becomes: merging.value))
    }
  }

  /// Only where it is deleted by that same deletion: what came back and went again since was changed since.
  private func bringBack<Value: NamedValue>(
    _ thing: DeletedThing, _ step: UndoStep, _ turn: UndoStep.Turn<Value>, isLiving: Bool
  ) throws {
    guard !isLiving else { throw Changed() }
    guard let row = try writer.deleted(thing) else { throw UndoProblem.goneForGood(step.thingWords) }
    guard row.deletion == turn.deletion ?? 0 else { throw Changed() }
    try restore(thing, as: try turn.was?.name.savedName(), withParts: turn.isPartless != true)
  }

  /// What is deleted once more is called again what it was called while it was deleted.
  private func renameAgain(_ thing: DeletedThing, _ name: String?) throws {
    if let name { try writer.rename(deleted: thing, to: try name.savedName()) }
  }

  private func takeBackKeys(_ id: AccountID, _ turn: UndoStep.Turn<[String]>) throws {
    guard try writer.account(id) != nil, try writer.publicKeys(of: id).sorted() == turn.became?.sorted()
    else {
      throw Changed()
    }
    try setPublicKeys(turn.was ?? [], of: id)
  }

  private func takeBackMember(_ team: TeamID, _ account: AccountID, joined: Bool) throws {
    guard try writer.team(team) != nil, try writer.account(account) != nil,
      try writer.members(of: team, among: [account]).isEmpty != joined
    else { throw Changed(target: try writer.account(account) == nil ? accountTarget(account) : nil) }
    try saveMembers(of: team, adding: joined ? [] : [account], removing: joined ? [account] : [])
  }

  /// Which kind it was isn't known any more where it is deleted; API users are by far the most.
  private func accountTarget(_ id: AccountID) -> (AuditTarget.Kind, String) { (.apiUser, id.description) }

  private func takeBackRoles(_ subject: SubjectID, _ turn: UndoStep.Turn<[String]>) throws {
    let (was, became) = (
      Set(try (turn.was ?? []).map(SystemRole.init(saved:))),
      Set(try (turn.became ?? []).map(SystemRole.init(saved:)))
    )
    guard try isLiving(subject), try writer.roles(of: subject) == became else { throw Changed() }
    for case .custom(let id) in was where try writer.customRole(id) == nil {
      throw Changed(target: (.role, id.description))
    }
    try saveRoles(of: subject, Edit(was: became, becomes: was))
  }

  private func takeBackGrant(
    _ subject: SubjectID, _ connector: ConnectorID, _ turn: UndoStep.Turn<SavedPermissions>
  ) throws {
    let grant = try writer.grant(of: subject, on: connector)
    let present = SavedPermissions(
      grant?.permissions ?? .none, gone: try grant.map { try writer.goneParts(of: $0.id) } ?? GoneParts())
    guard try isLiving(subject), present == (turn.became ?? SavedPermissions(.none)) else { throw Changed() }
    guard try writer.connector(connector) != nil else {
      throw Changed(target: (.connector, connector.description))
    }
    // Only what this step lost is brought back, of what left the catalogue.
    let lost = try (turn.was?.goneParts ?? GoneParts()).subtracting(try turn.became?.goneParts ?? GoneParts())
    try setGrant(
      of: subject, in: try grantCatalogue(of: connector), try turn.was?.permissions ?? .none,
      bringingBack: lost)
  }

  private func isLiving(_ subject: SubjectID) throws -> Bool {
    switch subject {
    case .account(let id): try writer.account(id) != nil
    case .team(let id): try writer.team(id) != nil
    }
  }

  // MARK: Tokens

  private func takeBackToken(_ id: TokenRowID, _ turn: UndoStep.Turn<SavedToken>) throws {
    // What was revoked stays so.
    guard let became = turn.became else { return }
    guard let token = try writer.token(id) else { throw Changed() }
    let present = SavedToken(token)
    guard let was = turn.was else {
      // One that is revoked already is taken back.
      guard token.revokedAt == nil else { return }
      guard present == became else { throw Changed() }
      return try revoke(id)
    }
    guard token.revokedAt == nil else { throw Changed() }
    var merging = Merging(present, was: was, became: became)
    try merging.takeBack(\.name)
    try merging.takeBack(\.expiresAt)
    try merging.takeBack(\.isDisabled)
    try merging.takeBack(\.limits)
    let becomes = merging.value
    if becomes.name != present.name { try rename(id, to: try becomes.name.savedName()) }
    if becomes.expiresAt != present.expiresAt { try setExpiry(try becomes.expiry, of: id) }
    if becomes.isDisabled != present.isDisabled { try setDisabled(becomes.isDisabled, id) }
    if becomes.limits != present.limits { try setLimits(try becomes.limits.limits, of: id) }
  }

  // MARK: The catalogue

  private func takeBackEntry(_ step: UndoStep, _ turn: UndoStep.Turn<SavedEntry>) throws {
    guard let known = turn.became ?? turn.was else { throw UnreadableUndo() }
    let present = try known.entry.present(in: writer)
    switch turn.course {
    case .came:
      guard let present, SavedEntry(present) == turn.became,
        try holdings(of: present) == turn.holdings ?? Self.bareHoldings
      else { throw Changed() }
      try delete(present, as: turn.deletion, isPartless: turn.isPartless == true)
      try renameAgain(try known.thing, turn.formerName)
    case .went:
      try requirePlace(of: known)
      try bringBack(try known.thing, step, turn, isLiving: present != nil)
      try makeAgain(known)
    case .changed:
      guard let present, SavedEntry(present) == turn.became, let was = try turn.was?.entry else {
        throw Changed()
      }
      try requireFree(was.name, for: try known.thing)
      try requireFreeAddress(of: was)
      try change(to: was, from: present)
    }
  }

  /// What came back may have been given other values before it was deleted once more by the same deletion.
  private func makeAgain(_ known: SavedEntry) throws {
    let entry = try known.entry
    guard let present = try entry.present(in: writer), SavedEntry(present) != known else { return }
    try change(to: entry, from: present)
  }

  private func requirePlace(of entry: SavedEntry) throws {
    let hasPlace =
      switch try entry.deletedKind {
      case .company, .list: try entry.connector.map { try writer.connector(try $0.identifier()) != nil }
      case .item: try entry.list.map { try writer.list(try $0.identifier()) != nil }
      default: true as Bool?
      }
    guard hasPlace ?? true else { throw UndoProblem.placeDeleted(entry.name) }
  }

  private func change<Entry: CatalogueEntry>(to becomes: Entry, from present: any CatalogueEntry) throws {
    guard let present = present as? Entry else { throw UnreadableUndo() }
    try update(becomes, was: present)
  }

  private func must<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Changed() }
    return value
  }

  private func general(_ account: SavedAccount?) throws -> AccountGeneral {
    guard let account else { throw UnreadableUndo() }
    return try account.general
  }

  /// A value from which a change of some of its fields is taken back; what others changed of the other fields
  /// stays.
  private struct Merging<Value> {
    private(set) var value: Value
    private let was: Value
    private let became: Value

    init(_ present: Value, was: Value, became: Value) {
      value = present
      self.was = was
      self.became = became
    }

    mutating func takeBack(_ field: WritableKeyPath<Value, some Equatable>) throws {
      try takeBackField(field)
    }

    private mutating func takeBackField<Field: Equatable>(_ field: WritableKeyPath<Value, Field>) throws {
      guard was[keyPath: field] != became[keyPath: field] else { return }
      guard value[keyPath: field] == became[keyPath: field] else { throw Changed() }
      value[keyPath: field] = was[keyPath: field]
    }
  }
}

extension UndoEntry {
  /// As in `12–14`.
  var rowsText: String { number == lastSequence ? String(number) : "\(number)–\(lastSequence)" }
}

/// The entry of that number, of that owner, and what undoes it.
func undoable(
  _ number: Int64, in reader: any StoreReader, of owner: UndoOwner
) throws -> (entry: UndoEntry, steps: [UndoStep]) {
  guard let entry = try reader.undoEntry(number), entry.owner == owner else {
    throw UndoProblem.noEntry(number)
  }
  guard entry.undoneBy == nil else { throw UndoProblem.alreadyUndone(entry.title) }
  if let why = entry.obstacle { throw UndoProblem.final(entry.title, why: why) }
  guard let document = try reader.undoDocument(number), let steps = UndoLog.steps(of: document) else {
    throw UndoProblem.unreadable(entry.title)
  }
  return (entry, steps)
}
