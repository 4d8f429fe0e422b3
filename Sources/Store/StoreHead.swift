package import Access

/// Where a store stands: whichever of two is later knows all that the other one knows, unless it went back.
package struct StoreHead: Hashable, Sendable {
  package let generation: Generation
  /// The number of the audit log's last row, and its hash; 0 and none where there is no row.
  package let sequence: Int64
  package let hash: [UInt8]

  package init(generation: Generation, sequence: Int64, hash: [UInt8]) {
    self.generation = generation
    self.sequence = sequence
    self.hash = hash
  }
}

/// The last head that a gate saw, kept beside the store.
package struct KeptHead: Hashable, Sendable {
  package let head: StoreHead
  /// Since when heads are kept there: what went back before can't be told.
  package let since: Timestamp

  package init(head: StoreHead, since: Timestamp) {
    self.head = head
    self.since = since
  }
}

/// How a store's present state follows an earlier one.
package enum Continuity: Hashable, Sendable {
  /// All that was known then is still known.
  case goesOn
  /// A backup was put in its place, as the audit log says in that row.
  case restored(row: Int64)
  /// What was acknowledged is gone, and nobody says why.
  case wentBack

  /// - Parameters:
  ///   - hash: of the row that was the last one then; nil where it is not there.
  ///   - archived: the last row that was archived; nil where none was.
  ///   - restore: the last row that tells of a restore, and the generation that the restore gave the store. It is only
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
      // A restore puts the store ahead of all that was there. One that was known already explains nothing that is missing
      // now, however many changes came since.
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
