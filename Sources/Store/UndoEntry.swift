package import Access

/// The owner of changes: a user, or an operator who is not a user.
package enum UndoOwner: Hashable, Sendable {
  case user(AccountID)
  case actor(String)
}

/// A transaction in an operator's history, with the reason if the transaction can't be undone.
package struct UndoEntry: Hashable, Sendable {
  /// The number of the transaction's first audit row.
  package let number: Int64
  /// The number of the transaction's last audit row.
  package let lastSequence: Int64
  package let at: Timestamp
  package let owner: UndoOwner
  /// A description of the transaction, in words.
  package let title: String
  /// The reason why the transaction can't be undone; nil where it can.
  package let obstacle: String?
  /// Whether the transaction undid another one. Other transactions made a change or redid one.
  package let isUndo: Bool
  /// The number of the entry that undid this one.
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
