internal import Access
internal import Store

extension StoreReader {
  /// How the present state follows from a head that was kept before.
  func continuity(since kept: StoreHead) throws -> (continuity: Continuity, present: StoreHead) {
    let present = try storeHead()
    if present == kept { return (.goesOn, present) }
    let continuity = try Continuity(
      from: kept, to: present, hash: try auditRecord(kept.sequence)?.hash,
      archived: try auditCheckpoint()?.head, restore: { try lastRestore() })
    return (continuity, present)
  }

  /// The last restore; nil where there was none, or where an earlier popsec made it, which does not tell the
  /// generation.
  private func lastRestore() throws -> (row: Int64, generation: Generation)? {
    guard let record = try auditRecords(AuditQuery(action: "store.restore"), .first, limit: 1).rows.first,
      let text = record.fields.first(where: { $0.name == AuditDetails.generation })?.after,
      let generation = Generation(text)
    else { return nil }
    return (record.sequence, generation)
  }
}

extension AuditDetails {
  /// The field of a restore that holds the generation which it gave the store.
  static let generation = "generation"
}
