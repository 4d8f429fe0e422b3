import Access
import Administration
import Store

extension ConsoleContext {
  /// The words after a change, with the key that undoes it. They are for screens that don't use that key
  /// themselves.
  func undoable(_ done: String) -> String { UndoScreen.isOffered(self) ? "\(done); u undoes it" : done }

  /// The note before something is deleted.
  func noteOfDeleting(_ kind: DeletedKind) -> String {
    TakingBack.deleting(kind, days: administration.retentionDays)
  }
}
