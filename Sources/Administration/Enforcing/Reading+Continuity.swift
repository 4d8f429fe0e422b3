internal import Access
internal import Store

extension StoreReader {
  /// How the state that is read follows one that was kept before it.
  func continuity(since kept: StoreHead) throws -> (continuity: Continuity, present: StoreHead) {
    let present = try storeHead()
    if present == kept { return (.goesOn, present) }
    let continuity = try Continuity(
      from: kept, to: present, hash: try auditRecord(kept.sequence)?.hash,
      archived: try auditCheckpoint()?.head, restore: { try lastRestore() })
    return (continuity, present)
  }

  /// Nil where there was none, or one by an earlier popsec, which does not tell the generation.
  private func lastRestore() throws -> (row: Int64, generation: Generation)? {
    guard let record = try auditRecords(AuditQuery(action: "store.restore"), .first, limit: 1).rows.first,
      let text = record.fields.first(where: { $0.name == AuditDetails.generation })?.after,
      let generation = Generation(text)
    else { return nil }
    return (record.sequence, generation)
  }
}

extension AuditDetails {
  /// Of a restore: the generation that it gave the store.
  static let generation = "generation"
}
