import Access
import Administration
import Store

extension ConsoleContext {
  /// What was done, and where it can be undone by which key. For screens that have no use of their own for it.
  func undoable(_ done: String) -> String { UndoScreen.isOffered(self) ? "\(done); u undoes it" : done }

  /// What is said before something is deleted.
  func noteOfDeleting(_ kind: DeletedKind) -> String {
    TakingBack.deleting(kind, days: administration.retentionDays)
  }
}
