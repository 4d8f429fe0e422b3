package import Access
private import Store

/// What a change would do. It is found by carrying the change out in a transaction that is undone.
package struct ChangeTrial<Result> {
  package let result: Result
  /// The effect on who may see what; nil where the operator may not see it.
  package let effect: AccessEffect?
  /// The reason why there is no effect.
  package let obstacle: String?
  /// The audit rows that the change would write, up to ``Administration/mostTriedRows``.
  package let rows: [AuditRecord]
  package let rowCount: Int
  /// What the change does, in words of the past; nil where it changes nothing.
  package let title: String?
  /// Whether the change waits until a second person agrees.
  package let takesTwo: Bool

  package var isEmpty: Bool { rowCount == 0 }

  /// The exact difference, in the words of a proposal.
  package var lines: [ProposalLine] {
    let more = rowCount - rows.count
    return rows.flatMap(ProposalLine.lines)
      + (more > 0 ? [ProposalLine(kind: .remark, text: "… and \(more) more changes")] : [])
  }
}

extension Administration {
  /// The greatest number of audit rows that are kept of a change that is tried.
  static var mostTriedRows: Int { 200 }

  /// Tries a change, and tells what it would do. What the change throws is thrown.
  ///
  /// - Parameter isMeant: whether the operator means to make the change, so that a refusal is recorded as one of
  ///   a change. Otherwise it is recorded as one of a look.
  package func trial<Result>(
    of body: (Change) throws -> Result, isMeant: Bool
  ) throws -> ChangeTrial<Result> {
    do { return try trial(of: body) } catch {
      if let refusal = Refusal(error, isChange: isMeant) { record(refusal) }
      throw error
    }
  }

  private func trial<Result>(of body: (Change) throws -> Result) throws -> ChangeTrial<Result> {
    func changes(_ administration: Administration) throws -> Tried<Result> {
      try administration.change { try Tried(of: body, $0) }
    }
    guard try authority().may(.securityRead) else {
      // The effect names users, whom this operator may not see.
      let log = TouchLog()
      let tried = try changes(rehearsing(on: RehearsalStore(base: store) { _ in }, log))
      return ChangeTrial(tried, nil, takesTwo: log.touched.takesTwo)
    }
    let (tried, effect) = try rehearse(changes)
    return ChangeTrial(tried, effect, takesTwo: effect.takesTwo)
  }

  /// Makes a change that was tried, shown and confirmed.
  ///
  /// - Returns: the number by which the change is undone; nil where it can't be.
  /// Errors: ``EditConflict`` where somebody changed something meanwhile, so that the change would be another
  /// one than was confirmed.
  package func change<Result>(
    _ body: (Change) throws -> Result, asTried trial: ChangeTrial<Result>
  ) throws -> Int64? {
    try change { change in
      let made = try Tried(of: body, change)
      guard made.shown == Tried<Result>.shown(trial.rows), made.rowCount == trial.rowCount else {
        throw EditConflict(current: made.rowCount, mine: trial.rowCount)
      }
      return change.undoNumber
    }
  }
}

extension ChangeTrial {
  fileprivate init(_ tried: Tried<Result>, _ effect: AccessEffect?, takesTwo: Bool) {
    (result, rows, rowCount, title) = (tried.result, tried.rows, tried.rowCount, tried.title)
    (self.effect, self.takesTwo) = (effect, takesTwo)
    obstacle = effect == nil ? AdministrationError.notPermitted(.securityRead).message : nil
  }
}

extension Change {
  /// The row with the names of connectors and lists, for people. The audit log has their ids, because names
  /// change.
  fileprivate func named(_ row: AuditRecord) throws -> AuditRecord {
    guard case .entry(let turn)? = try row.step?.change, let entry = turn.became else { return row }
    var names = NameBook()
    for case let entry? in [turn.was, entry] {
      guard let id = entry.connector, let connector = try writer.connector(id) else { continue }
      names.enter(connector, lists: try writer.lists(of: id))
    }
    var details = entry.details(from: turn.was, names)
    details.step = try row.step
    return AuditRecord(
      sequence: row.sequence, at: row.at, actor: row.actor, action: row.action, target: row.target,
      details: try details.json, previousHash: row.previousHash, hash: row.hash)
  }
}

extension CatalogueEntry {
  /// The connector that a widget or an endpoint shows; nil for other entries.
  fileprivate var connector: ConnectorID? {
    switch self {
    case .widget(let widget): widget.connector
    case .endpoint(let endpoint): endpoint.connector
    case .connector, .company, .list, .item: nil
    }
  }
}

/// A change with the audit rows that it wrote.
private struct Tried<Result> {
  let result: Result
  let rows: [AuditRecord]
  let rowCount: Int
  let title: String?

  init(of body: (Change) throws -> Result, _ change: Change) throws {
    change.ledger.keptRowCount = Administration.mostTriedRows
    result = try body(change)
    rows = try change.ledger.rows.map(change.named)
    (rowCount, title) = (change.ledger.rowCount, change.undoLog.title)
  }

  var shown: [[String]] { Self.shown(rows) }

  /// What a person is shown of rows. Ids and times differ each time that a thing is made.
  static func shown(_ rows: [AuditRecord]) -> [[String]] {
    rows.map { row in
      [row.action, row.target.kind.rawValue, row.target.name]
        + row.fields.flatMap { [$0.name, $0.before ?? "", $0.after ?? ""] }
    }
  }
}
