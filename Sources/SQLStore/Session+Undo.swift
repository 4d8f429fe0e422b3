internal import Access
internal import Store

extension Session {
  private static let undoColumns =
    "u.number, u.last_sequence, u.at, u.user_id, u.actor, u.title, u.obstacle, u.is_undo, u.undone_by"

  func undoEntries(of owner: UndoOwner, limit: Int) throws -> [UndoEntry] {
    let (condition, value) = owner.condition
    return try rows(
      "SELECT \(Self.undoColumns) FROM undo_entry AS u WHERE \(condition) ORDER BY u.number DESC LIMIT ?",
      [value, max(limit, 0)], undoEntry)
  }

  func undoEntry(_ number: Int64) throws -> UndoEntry? {
    try first("SELECT \(Self.undoColumns) FROM undo_entry AS u WHERE u.number = ?", [number], undoEntry)
  }

  func undoEntries(upTo number: Int64) throws -> [UndoEntry] {
    try rows(
      "SELECT \(Self.undoColumns) FROM undo_entry AS u WHERE u.number <= ? ORDER BY u.number", [number],
      undoEntry)
  }

  func undoDocument(_ number: Int64) throws -> String? {
    try first("SELECT number, document FROM undo_entry WHERE number = ?", [number]) {
      try $0.optionalText(1)
    } ?? nil
  }

  private func undoEntry(_ fields: Fields) throws -> UndoEntry {
    let user: AccountID? = try fields.optionalID(3)
    return UndoEntry(
      number: try fields.integer(0), lastSequence: try fields.integer(1), at: try fields.time(2),
      owner: try user.map(UndoOwner.user) ?? .actor(fields.text(4)), title: try fields.text(5),
      obstacle: try fields.optionalText(6), isUndo: try fields.flag(7),
      undoneBy: try fields.optionalInteger(8))
  }
}

extension Session {
  func put(_ entry: UndoEntry, keepingLast count: Int, purging bounds: PurgeBounds?) throws {
    let (user, actor): (Value, String) =
      switch entry.owner {
      case .user(let id): (id.rawValue, "")
      case .actor(let name): (nil, name)
      }
    // Where rows were cut off the audit log, their numbers are given again, and older entries may still
    // have them.
    try executeAside("DELETE FROM undo_entry WHERE number >= ?", [entry.number])
    try executeAside(
      """
      INSERT INTO undo_entry (number, last_sequence, at, user_id, actor, title, obstacle, is_undo)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        entry.number, entry.lastSequence, entry.at.secondsSince1970, user, actor, entry.title,
        entry.obstacle, entry.isUndo ? 1 : 0,
      ])
    let (condition, value) = entry.owner.condition
    try executeAside(
      """
      DELETE FROM undo_entry WHERE number IN (
        SELECT u.number FROM undo_entry AS u WHERE \(condition) ORDER BY u.number DESC LIMIT 2 OFFSET ?)
      """, [value, count])
    guard let bounds else { return }
    try executeAside(
      "DELETE FROM undo_entry WHERE at < ? \(PurgeBounds.condition("undo_entry.number"))",
      [bounds.before.secondsSince1970] + bounds.values)
  }

  func setDocument(_ document: String, of number: Int64) throws {
    try executeAside("UPDATE undo_entry SET document = ? WHERE number = ?", [document, number])
  }

  func markUndone(_ number: Int64, by undoing: Int64) throws {
    try executeAside("UPDATE undo_entry SET undone_by = ? WHERE number = ?", [undoing, number])
  }
}
