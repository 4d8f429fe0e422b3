internal import Access
package import Store

/// What undoing a change does, tried out.
package struct UndoTrial: Sendable {
  package let preview: UndoPreview
  /// What it does to who may see what.
  package let effect: AccessEffect

  package var entry: UndoEntry { preview.entry }
}

extension Administration {
  /// Tells what undoing does, and carries it out on a transaction that is undone: what would refuse it, does.
  ///
  /// Errors: ``UndoProblem``, ``AdministrationError``, ``StoreError``.
  package func tryUndo(_ number: Int64) throws -> UndoTrial {
    // Who may not even read is refused by this, and recorded with it.
    try read { _ in }
    return try recordingRefusedUndo(of: number) {
      UndoTrial(preview: try undoPreview(number), effect: try effect { try $0.undo(number) })
    }
  }

  /// Who is refused when it is tried out never comes to the undoing itself.
  private func recordingRefusedUndo<Result>(of number: Int64, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let problem as UndoProblem {
      record(Refusal(problem, of: number))
      throw problem
    } catch let error as AdministrationError {
      if error.isRefusal { record(Refusal(error, of: number)) }
      throw error
    }
  }

  /// Whether the operator could change, and so undo, anything when last asked; each call asks anew.
  package var mayUndo: Bool {
    may(.securityRead) && Permission.allCases.contains { !Permission.reading.contains($0) && may($0) }
  }
}
