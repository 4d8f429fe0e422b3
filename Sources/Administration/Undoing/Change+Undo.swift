internal import Access
package import Store

/// Undoes what an earlier transaction did. The same use cases make the change as for anybody else, so that
/// the same permissions are needed, the same rules hold, and each step has its audit row.
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
    // The audit row about the undoing does not exist yet when a second person carries the steps out.
    if dual != nil { try beginBasis() }
    for step in steps.reversed() { try takeBack(step, doneAt: entry.lastSequence) }
    if let first = ledger.firstSequence { try writer.markUndone(number, by: first) }
    return entry
  }

  /// - Parameter sequence: the number of the audit row after which somebody else may have changed the same
  ///   thing.
  func takeBack(_ step: UndoStep, doneAt sequence: Int64) throws {
    ledger.lawsFollowSince = sequence
    defer { ledger.lawsFollowSince = nil }
    do { try takeBack(step) } catch let error as ChangedMeanwhile {
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
    let author = later.map { LaterAuthor($0.actor, reader: operating) }
    return .changedSince(step.thingWords, by: author, at: later?.at)
  }

  private func takeBack(_ step: UndoStep) throws {
    switch step.change {
    case .account(let id, let isUser, let turn): try takeBack(step, id, isUser: isUser, turn)
    case .keys(let account, let turn): try takeBackKeys(account, turn)
    case .team(let id, let turn): try takeBack(step, id, turn)
    case .member(let team, let account, _, let joined, let terms):
      try takeBackMember(team, account, UndoStep.Turn(joined: joined, terms))
    case .role(let id, let turn): try takeBack(step, id, turn)
    case .roles(let subject, let turn): try takeBackRoles(subject.id, turn)
    case .grant(let subject, let connector, _, let turn): try takeBackGrant(subject.id, connector, turn)
    case .token(let id, _, _, _, let turn): try takeBackToken(id, turn)
    case .entry(let turn): try takeBackEntry(step, turn)
    case .setting(let key, let user, let turn): try takeBackSetting(key, of: user, turn)
    case .law(let turn, let follows): try takeBackLaw(turn, follows: follows == true)
    case .final, .rotation, .dropping, .purge: break
    }
  }
}

extension UndoEntry {
  /// The numbers of the entry's audit rows, as in `12–14`.
  var rowsText: String { number == lastSequence ? String(number) : "\(number)–\(lastSequence)" }
}

/// The entry with this number and this owner, with the steps that undo it.
func undoable(
  _ number: Int64, in reader: any StoreReader, of owner: UndoOwner
) throws -> (entry: UndoEntry, steps: [UndoStep]) {
  guard let entry = try reader.undoEntry(number), entry.owner == owner else {
    throw UndoProblem.noEntry(number)
  }
  guard entry.undoneBy == nil else { throw UndoProblem.alreadyUndone(entry.title) }
  if let why = entry.obstacle { throw UndoProblem.final(entry.title, why: why) }
  guard let steps = try reader.steps(of: entry) else { throw UndoProblem.unreadable(entry.title) }
  return (entry, steps)
}

extension StoreReader {
  /// The steps of a transaction. They are read from its audit rows, or from a document of its own where the
  /// rows are older than such steps or were archived. Nil where the steps can't be read or were altered.
  func steps(of entry: UndoEntry) throws -> [UndoStep]? {
    if let document = try undoDocument(entry.number) { return UndoLog.steps(of: document) }
    guard entry.number > 0, entry.number <= entry.lastSequence else { return nil }
    var (steps, last) = ([UndoStep](), entry.number - 1)
    while last < entry.lastSequence, steps.count <= UndoLog.mostSteps {
      let records = try auditRecords(after: last, limit: Int(min(1_000, entry.lastSequence - last)))
      guard !records.isEmpty else { return nil }
      for record in records {
        guard record.sequence == last + 1, AuditChain.holds(record, after: (last, record.previousHash)) else {
          return nil
        }
        do { if let step = try record.step, step.isAside != true { steps.append(step) } } catch { return nil }
        last = record.sequence
      }
    }
    return last == entry.lastSequence && !steps.isEmpty ? steps : nil
  }
}
