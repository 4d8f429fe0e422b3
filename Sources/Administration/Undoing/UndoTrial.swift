internal import Access
package import Store

/// The result of trying to undo a change.
package struct UndoTrial: Sendable {
  package let preview: UndoPreview
  /// What the undoing changes in who may see what.
  package let effect: AccessEffect

  package var entry: UndoEntry { preview.entry }
}

extension Administration {
  /// Tells what undoing a change does, by carrying it out in a transaction that is then undone. So whatever
  /// would refuse the undoing refuses the trial, too.
  ///
  /// Errors: ``UndoProblem``, ``AdministrationError``, ``StoreError``.
  package func tryUndo(_ number: Int64) throws -> UndoTrial {
    // This read refuses, and records, an operator who may not even read.
    try read { _ in }
    return try recordingRefusedUndo(of: number) {
      UndoTrial(preview: try undoPreview(number), effect: try effect { try $0.undo(number) })
    }
  }

  /// Runs a trial, and records a refusal. An operator who is refused here never comes to the undoing itself,
  /// which would record it.
  private func recordingRefusedUndo<Result>(of number: Int64, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let problem as UndoProblem {
      record(Refusal(problem, of: number))
      throw problem
    } catch let error as AdministrationError {
      if error.isRefusal { record(Refusal(error, of: number)) }
      throw error
    }
  }

  /// Whether the operator could change anything, and so undo anything. Each call asks for the present
  /// permissions.
  package var mayUndo: Bool {
    may(.securityRead) && Permission.allCases.contains { !Permission.reading.contains($0) && may($0) }
  }
}
