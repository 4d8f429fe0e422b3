internal import Access
private import Store

/// A deletion that is done once more, as what had come back by a restoring is taken away again.
struct RepeatedDeletion {
  /// Nil where it had not been deleted before.
  let number: Int64?
  /// Whether its parts had not come back with it.
  let isPartless: Bool
  /// What it was called while it was deleted, where it came back under another name.
  let formerName: Name?

  init<Value>(_ turn: UndoStep.Turn<Value>) {
    (number, isPartless, formerName) = (turn.deletion, turn.isPartless == true, turn.formerName)
  }
}

extension Change {
  /// After something was deleted.
  func rename(_ thing: DeletedThing, as again: RepeatedDeletion?) throws {
    if let name = again?.formerName { try writer.rename(deleted: thing, to: name) }
  }
}
