internal import Access
private import Store

/// A deletion that is repeated, because a restore is being undone.
struct RepeatedDeletion {
  /// The number of the former deletion; nil where the thing had not been deleted before.
  let number: Int64?
  /// Whether the restore had left the thing's parts deleted.
  let isPartless: Bool
  /// The name that the thing had while it was deleted, where the restore gave it another name.
  let formerName: Name?

  init<Value>(_ turn: UndoStep.Turn<Value>) {
    (number, isPartless, formerName) = (turn.deletion, turn.isPartless == true, turn.formerName)
  }
}

extension Change {
  /// Gives the thing its former name, after it was deleted.
  func rename(_ thing: DeletedThing, as again: RepeatedDeletion?) throws {
    if let name = again?.formerName { try writer.rename(deleted: thing, to: name) }
  }
}
