internal import Access
package import Store

/// A change of one's own, and what undoing it does.
package struct UndoPreview: Hashable, Sendable {
  package let entry: UndoEntry
  /// In the order in which it is done; at most ``mostLines``, and one that tells how many more.
  package let lines: [String]
  /// Whether some of it can't be undone in turn: a token is revoked.
  package let isFinal: Bool

  package static let mostLines = 30
}

extension Administration {
  /// One's own changes that are kept, the latest first.
  package func ownChanges(limit: Int = UndoLog.mostEntries) throws -> [UndoEntry] {
    try read(.useCase(.securityRead)) { try $0.undoEntries(of: operating.undoOwner, limit: limit) }
  }

  /// Which of them a list to choose from begins at: the latest that can be undone, and is no taking back itself.
  package static func nextUndo(of entries: [UndoEntry]) -> UndoEntry? {
    entries.first { $0.canBeUndone && !$0.isUndo }
  }

  /// Which of them is meant where nobody sees a list: the latest that was not taken back, and is no taking back itself.
  /// Where that one can't be undone, the one before it is not meant.
  package static func latestChange(of entries: [UndoEntry]) -> UndoEntry? {
    entries.first { $0.undoneBy == nil && !$0.isUndo }
  }

  /// What undoing does. Nothing is changed, nor is it tried.
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

  /// Takes a change of one's own back, as a change of its own.
  ///
  /// Errors: ``UndoProblem`` where something came after it, or it can't be undone; ``AdministrationError``,
  /// ``StoreError``.
  @discardableResult
  package func undo(_ number: Int64) throws -> UndoEntry {
    do { return try change { try $0.undo(number) } } catch let problem as UndoProblem {
      record(Refusal(problem, of: number))
      throw problem
    }
  }
}

extension Refusal {
  /// Whatever an undo was refused for.
  init(_ problem: any Complaint, of number: Int64) {
    let message = (problem as? UndoProblem)?.recordedMessage ?? problem.message
    self.init("undo \(number): \(message)", kind: "undo", isChange: true)
  }
}
