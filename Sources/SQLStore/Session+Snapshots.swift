internal import Access
internal import Store

extension Session {
  func snapshot(notAfter sequence: Int64) throws -> Snapshot? {
    try first(
      "SELECT sequence, told_by FROM state_snapshot WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1",
      [sequence]
    ) { Snapshot(sequence: try $0.integer(0), toldBy: try $0.integer(1)) }
  }

  func forEachPart(of snapshot: Snapshot, _ body: (String) throws -> Void) throws {
    _ = try some(
      "SELECT facts FROM state_part WHERE sequence = ? ORDER BY position", [snapshot.sequence], limit: .max
    ) { (fields: Fields) -> Void? in
      try body(try fields.text(0))
      return nil
    }
  }
}

extension Session {
  func begin(_ snapshot: Snapshot) throws {
    try executeAside(
      "INSERT INTO state_snapshot (sequence, told_by) VALUES (?, ?)", [snapshot.sequence, snapshot.toldBy])
  }

  func add(_ facts: String, to snapshot: Snapshot, at position: Int64) throws {
    try executeAside(
      "INSERT INTO state_part (sequence, position, facts) VALUES (?, ?, ?)",
      [snapshot.sequence, position, facts])
  }

  func removeSnapshots(before sequence: Int64) throws {
    try executeAside("DELETE FROM state_snapshot WHERE sequence < ?", [sequence])
  }
}
