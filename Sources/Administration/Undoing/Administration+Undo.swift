internal import Access
package import Store

/// One of the operator's own changes, with what undoing it does.
package struct UndoPreview: Hashable, Sendable {
  package let entry: UndoEntry
  /// What undoing does, in the order in which it is done: at most ``mostLines`` lines, and one more line that
  /// gives the number of the others.
  package let lines: [String]
  /// Whether a part of the undoing can't be undone in turn, such as revoking a token.
  package let isFinal: Bool

  package static let mostLines = 30
}

extension Administration {
  /// The operator's own changes that are kept, the latest first.
  package func ownChanges(limit: Int = UndoLog.mostEntries) throws -> [UndoEntry] {
    try read(.useCase(.securityRead)) { try $0.undoEntries(of: operating.undoOwner, limit: limit) }
  }

  /// The entry at which a list for choosing starts: the latest change that can be undone and that is not
  /// itself an undoing.
  package static func nextUndo(of entries: [UndoEntry]) -> UndoEntry? {
    entries.first { $0.canBeUndone && !$0.isUndo }
  }

  /// The entry that is meant where the operator sees no list: the latest change that was not undone and that
  /// is not itself an undoing. Where this change can't be undone, the one before it is not taken in its
  /// place.
  package static func latestChange(of entries: [UndoEntry]) -> UndoEntry? {
    entries.first { $0.undoneBy == nil && !$0.isUndo }
  }

  /// Tells what undoing a change would do. Nothing is changed, and the undoing is not tried.
  ///
  /// Errors: ``UndoProblem``, ``AdministrationError``, ``StoreError``.
  package func undoPreview(_ number: Int64) throws -> UndoPreview {
    try read(.useCase(.securityRead)) { reader in
      let (entry, steps) = try undoable(number, in: reader, of: operating.undoOwner)
      var names = NameBook(unknown: "a role that is gone")
      try names.enterRoles(reader)
      let days = try reader.retentionDays()
      let shown = steps.reversed().prefix(UndoPreview.mostLines)
      var lines = shown.map { $0.undoingWords(names, days: days) }
      if steps.count > lines.count { lines.append("and \(steps.count - lines.count) more") }
      return UndoPreview(entry: entry, lines: lines, isFinal: steps.contains(where: \.isUndoneForGood))
    }
  }

  /// Undoes one of the operator's own changes. The undoing is a change with an entry of its own.
  ///
  /// Errors: ``UndoProblem`` where a later change touched the same thing, or where the change can't be
  /// undone; ``AdministrationError``, ``StoreError``.
  @discardableResult
  package func undo(_ number: Int64) throws -> UndoEntry {
    do { return try change { try $0.undo(number) } } catch let problem as UndoProblem {
      record(Refusal(problem, of: number))
      throw problem
    }
  }
}

extension Refusal {
  /// Describes the refusal of an undo, whatever its reason was.
  init(_ problem: any Complaint, of number: Int64) {
    let message = (problem as? UndoProblem)?.recordedMessage ?? problem.message
    self.init("undo \(number): \(message)", kind: "undo", isChange: true)
  }
}
