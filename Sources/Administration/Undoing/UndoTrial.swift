private import Access
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
    UndoTrial(preview: try undoPreview(number), effect: try effect { try $0.undo(number) })
  }

  /// Whether the operator could change, and so undo, anything when last asked; each call asks anew.
  package var mayUndo: Bool {
    may(.securityRead) && Permission.allCases.contains { !Permission.reading.contains($0) && may($0) }
  }
}
