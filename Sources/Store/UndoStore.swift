package import Access

/// Whose changes: a user's, or those of an operator without a user.
package enum UndoOwner: Hashable, Sendable {
  case user(AccountID)
  case actor(String)
}

/// A transaction that can, or can't, be undone.
package struct UndoEntry: Hashable, Sendable {
  /// Of its first audit row.
  package let number: Int64
  /// Of its last audit row.
  package let lastSequence: Int64
  package let at: Timestamp
  package let owner: UndoOwner
  /// What was done, in words.
  package let title: String
  /// Why it can't be undone; nil where it can.
  package let obstacle: String?
  /// Whether it took something back, rather than did something or did it again.
  package let isUndo: Bool
  /// The entry that took this one back.
  package var undoneBy: Int64?

  package init(
    number: Int64, lastSequence: Int64, at: Timestamp, owner: UndoOwner, title: String, obstacle: String?,
    isUndo: Bool, undoneBy: Int64? = nil
  ) {
    self.number = number
    self.lastSequence = lastSequence
    self.at = at
    self.owner = owner
    self.title = title
    self.obstacle = obstacle
    self.isUndo = isUndo
    self.undoneBy = undoneBy
  }

  package var canBeUndone: Bool { obstacle == nil && undoneBy == nil }
}

package protocol UndoReading {
  /// The latest first, at most so many.
  func undoEntries(of owner: UndoOwner, limit: Int) throws -> [UndoEntry]
  func undoEntry(_ number: Int64) throws -> UndoEntry?
  /// Those whose first row is that one or before it, in order.
  func undoEntries(upTo number: Int64) throws -> [UndoEntry]
  /// What was done, where it doesn't stand in the audit rows: of entries from before it did, and of those whose
  /// rows were archived. Nil where it stands there, or can't be undone.
  func undoDocument(_ number: Int64) throws -> String?
}

package protocol UndoWriting {
  /// Keeps an entry, and of its owner's entries the last so many; those before that time go.
  func put(_ entry: UndoEntry, keepingLast count: Int, purging: PurgeBounds?) throws
  /// Keeps what was done beside the entry, for when its rows go.
  func setDocument(_ document: String, of number: Int64) throws
  func markUndone(_ number: Int64, by undoing: Int64) throws
}
