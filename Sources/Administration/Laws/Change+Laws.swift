package import Access
internal import Store

/// Laws are an Administrator's.
extension Change {
  /// Adds a law.
  ///
  /// Errors: ``AdministrationError/nameTaken(kind:name:)``, ``LawTrouble``, and those of all changes.
  package func addLaw(_ law: Law<AsWritten>) throws {
    if try writer.law(named: NameKey(law.name)) != nil {
      throw AdministrationError.nameTaken(kind: "law", name: law.name)
    }
    try turnLaw(from: nil, to: law)
  }

  /// Changes a law. Its name may only change in its letters' case.
  ///
  /// Errors: ``EditConflict``, ``LawTrouble``, and those of all changes.
  package func changeLaw(_ edit: Edit<Law<AsWritten>>) throws {
    let present = try law(named: edit.was.name)
    try edit.check(against: present)
    if present != edit.becomes { try turnLaw(from: present, to: edit.becomes) }
  }

  /// Errors: ``AdministrationError/missing(kind:name:)``, and those of all changes.
  package func removeLaw(named name: Name) throws { try turnLaw(from: try law(named: name), to: nil) }

  /// The laws with what this transaction changed in them so far.
  func presentLaws() throws -> [Law<AsWritten>] {
    if let known = ledger.laws { return known }
    let laws = try writer.laws()
    ledger.laws = laws
    return laws
  }

  private func law(named name: Name) throws -> Law<AsWritten> {
    guard let law = try writer.law(named: NameKey(name)) else {
      throw AdministrationError.missing(kind: "law", name: name.text)
    }
    return law
  }

  private func turnLaw(from was: Law<AsWritten>?, to became: Law<AsWritten>?) throws {
    guard !state.isReadOnly else { throw AdministrationError.readOnly }
    try requireAdministrator(to: "change the laws")
    let before = try writer.lawStock()
    ledger.turnLaw(from: was, to: became)
    try turnLaw(from: was, to: became, follows: false)
    try requireRoom(since: before)
  }

  /// Refuses what has the laws grow beyond their bounds. A store that is beyond them may have its laws shrink.
  private func requireRoom(since before: LawStock) throws {
    let stock = try writer.lawStock()
    if stock.count > max(LawBounds.laws, before.count) { throw LawTrouble.tooMany }
    if stock.characters > max(LawBounds.characters, before.characters) { throw LawTrouble.tooLong }
  }

  /// Changes a law without asking who may do it.
  private func turnLaw(from was: Law<AsWritten>?, to became: Law<AsWritten>?, follows: Bool) throws {
    guard let name = (became ?? was)?.name else { return }
    ledger.laws = nil
    if let was { try writer.removeLaw(named: NameKey(was.name)) }
    if let became { try writer.put(became) }
    let action = was == nil ? "add" : became == nil ? "remove" : "edit"
    let turn = UndoStep.Turn(was: was, became: became)
    try record(
      "law.\(action)", AuditTarget(.law, id: name.text, name: name.text), AuditDetails(from: was, to: became),
      doing: UndoStep(name: name.text, change: .law(turn: turn, follows: follows ? true : nil)))
  }

  /// - Parameter follows: whether the law followed what was renamed, which is renamed back along with it.
  func takeBackLaw(_ turn: UndoStep.Turn<Law<AsWritten>>, follows: Bool) throws {
    guard let known = turn.became ?? turn.was else { throw UnreadableUndo() }
    guard try writer.law(named: NameKey(known.name)) == turn.became else { throw ChangedMeanwhile() }
    ledger.lawsTakenBack.insert(NameKey(known.name))
    if follows { return try turnLaw(from: turn.became, to: turn.was, follows: true) }
    try turnLaw(from: turn.became, to: turn.was)
  }

  /// Has the laws follow what a step renamed, so that no rename takes anything out of a law. The audit log tells of each.
  /// Where something living has the former name, the law goes on to mean that.
  func followInLaws(_ step: UndoStep) throws {
    guard let renaming = try LawRenaming(step, { try writer.entry($0) }) else { return }
    for law in try presentLaws() {
      let followed = try law.following(renaming)
      guard followed != law, try mayFollow(law) else { continue }
      if followed.form != law.form { try requireOneBearer(renaming, law) }
      guard try writer.isFree(renaming.from, for: renaming.thing) else { continue }
      try turnLaw(from: law, to: followed, follows: true)
    }
  }

  /// A law can follow only one of several things that have its name, living or deleted. So anybody but an Administrator
  /// could have the law follow the wrong one.
  private func requireOneBearer(_ renaming: LawRenaming, _ law: Law<AsWritten>) throws {
    guard !authority.isAdministrator, renaming.isOfAnotherKey else { return }
    guard try writer.hasNamesake(renaming.from, of: renaming.thing) else { return }
    throw LawTrouble.namesSeveral(renaming.thing.kind, renaming.from, law: law.name)
  }

  /// Whether a law follows a rename that takes an earlier one back, or repeats it. A law that is what it was at that time
  /// does not: the earlier transaction tells by steps of their own of the laws that followed it.
  private func mayFollow(_ law: Law<AsWritten>) throws -> Bool {
    guard let since = ledger.lawsFollowSince else { return true }
    if ledger.lawsTakenBack.contains(NameKey(law.name)) { return false }
    guard let row = try writer.firstRow(about: .law, id: law.name.text, after: since),
      ledger.firstSequence.map({ row.sequence < $0 }) ?? true
    else { return false }
    guard case .law(let turn, _)? = try row.step?.change else { return true }
    return turn.was != law
  }
}

extension AuditDetails {
  fileprivate init(from was: Law<AsWritten>?, to became: Law<AsWritten>?) {
    self.init()
    let (before, after) = (was.map { LawWords($0) }, became.map { LawWords($0) })
    add("rule", before: before?.rule, after: after?.rule)
    add("reason", before: was?.reason.text, after: became?.reason.text)
    add("mode", before: was?.mode.rawValue, after: became?.mode.rawValue)
    add("except", before: before?.exceptions ?? "", after: after?.exceptions ?? "")
  }
}
