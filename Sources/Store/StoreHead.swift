package import Access

/// The position of a store in its history. The later of two heads includes everything of the earlier, unless
/// the store went back.
package struct StoreHead: Hashable, Sendable {
  package let generation: Generation
  /// The number of the audit log's last row, and the row's hash; 0 and nil where the log is empty.
  package let sequence: Int64
  package let hash: [UInt8]

  package init(generation: Generation, sequence: Int64, hash: [UInt8]) {
    self.generation = generation
    self.sequence = sequence
    self.hash = hash
  }
}

/// The last head that a gate saw. Gates keep it outside the store.
package struct KeptHead: Hashable, Sendable {
  package let head: StoreHead
  /// The time since when heads are kept there, or since when this one was kept instead of a later one. A store that went
  /// back earlier is not noticed.
  package let since: Timestamp

  package init(head: StoreHead, since: Timestamp) {
    self.head = head
    self.since = since
  }
}

/// How the present state of a store follows from an earlier one.
package enum Continuity: Hashable, Sendable {
  /// Everything that was known then is still known.
  case goesOn
  /// A backup was restored, as this row of the audit log says.
  case restored(row: Int64)
  /// Acknowledged changes are gone, and nothing explains why.
  case wentBack

  /// The row of the audit log that tells of a restore since then.
  package var restoreRow: Int64? { if case .restored(let row) = self { row } else { nil } }

  /// - Parameters:
  ///   - hash: the hash of the row that was then the last one; nil where the row is missing.
  ///   - archived: the last row that was archived; nil where none was.
  ///   - restore: the last row that tells of a restore, and the generation that the restore gave the store.
  ///     It is only
  ///     asked for where something is missing.
  package init(
    from kept: StoreHead, to present: StoreHead, hash: [UInt8]?, archived: AuditHead?,
    restore: () throws -> (row: Int64, generation: Generation)?
  ) rethrows {
    if Self.isKnown(kept, present, hash, archived) {
      self = .goesOn
    } else if let restore = try restore(), restore.generation > kept.generation,
      present.generation >= restore.generation
    {
      // A restore gives the store a later generation than any before. A restore that was known then can't
      // explain what is missing now, however many changes came since.
      self = .restored(row: restore.row)
    } else {
      self = .wentBack
    }
  }

  private static func isKnown(
    _ kept: StoreHead, _ present: StoreHead, _ hash: [UInt8]?, _ archived: AuditHead?
  ) -> Bool {
    guard present.sequence >= kept.sequence, present.generation >= kept.generation else { return false }
    if kept.sequence == 0 { return true }
    if let hash { return hash == kept.hash }
    guard let archived, archived.sequence >= kept.sequence else { return false }
    return archived.sequence > kept.sequence || archived.hash == kept.hash
  }
}
