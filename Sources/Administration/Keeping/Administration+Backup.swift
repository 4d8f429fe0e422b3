package import Access
internal import Sealing
package import Store

/// What a copied store holds, as far as its backup tells.
package struct BackupContents: Sendable {
  package let head: AuditHead
  package let signedHead: SignedAuditHead?
  package let keys: [TokenKeyKind: [KeyID]]

  /// Errors: ``StoreError/corrupt(path:detail:)`` where its audit log is not whole.
  package init(
    _ reader: any StoreReader, at path: String, verifiedBy administration: Administration,
    progress: (Int) -> Void
  ) throws {
    let found = try administration.verification(in: reader, against: nil, progress: progress)
    if let finding = found.findings.first {
      throw StoreError.corrupt(path: path, detail: "of its audit log, \(finding.text)")
    }
    guard let last = found.last ?? found.checkpoint else {
      throw StoreError.corrupt(path: path, detail: "its audit log is empty")
    }
    head = last
    signedHead = try reader.auditHeads().last
    keys = try Dictionary(
      uniqueKeysWithValues: TokenKeyKind.allCases.map { ($0, Array(try reader.tokenIDCounts($0).keys)) })
  }
}

extension Administration {
  /// Refuses who may not take the whole store along.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``.
  package func requireBackup() throws {
    try change { try $0.requireAdministrator(to: "back up the store") }
  }

  /// Records a backup, which can be known again by the hash of its file; `withKeys`: the keys were written out
  /// with it, apart.
  package func recordBackup(_ manifest: BackupManifest, sha256: String, withKeys: Bool) throws {
    try change { change in
      try change.requireAdministrator(to: "back up the store")
      var details = AuditDetails("sha256", after: sha256)
      details.add("up to row", after: String(manifest.head.row))
      if withKeys { details.add("keys", after: "written out, too") }
      try change.recordStore("backup", details)
    }
  }

  package func storeID() throws -> StoreID { try read { try $0.storeID() } }

  /// The end of the audit log and the generation.
  package func presentState() throws -> (head: AuditHead?, generation: Generation) {
    try read { reader in
      let head = try reader.auditHead().flatMap { try reader.auditRecord($0.sequence) }
      return (
        head.map { AuditHead(sequence: $0.sequence, hash: $0.hash, at: $0.at) }, try reader.generation()
      )
    }
  }

  /// Refuses who may not put another state in the place of the present one.
  package func requireRestore() throws {
    try change { try $0.requireAdministrator(to: "replace the store") }
  }

  /// Makes a restored store one that can be used: by the keys that its Token IDs are kept under, ahead of all
  /// that others keep in memory, and with a row on what it was restored from.
  package func recordRestore(_ restored: RestoredFrom) throws {
    try change { change in
      for kind in TokenKeyKind.allCases { try change.settleKeys(kind) }
      try change.writer.raiseGeneration(
        to: Self.generation(after: [restored.replacedGeneration ?? 0, try change.writer.generation()]))
      var details = AuditDetails("from row", after: String(restored.head.sequence))
      details.add("from hash", after: hex(restored.head.hash))
      details.add("made at", after: restored.madeAt)
      details.add("sha256", after: restored.sha256)
      details.add("replaced row", after: restored.replaced.map { String($0.sequence) })
      details.add("replaced hash", after: restored.replaced.map { hex($0.hash) })
      try change.recordStore("restore", details)
    }
  }

  /// One ahead of all of these that popsec can have counted to.
  static func generation(after generations: [Generation]) -> Generation {
    let most = Generation.max - 2 * generationGap
    return (generations.filter { $0 <= most }.max() ?? 0) + generationGap
  }

  /// So many changes may be made in a store between its being looked at and being replaced.
  private static var generationGap: Generation { 1_000_000 }
}

/// What a store was restored from, and instead of what.
package struct RestoredFrom: Sendable {
  package let head: AuditHead
  package let madeAt: String
  /// Of the backup's file.
  package let sha256: String
  package let replaced: AuditHead?
  package let replacedGeneration: Generation?

  package init(
    head: AuditHead, madeAt: String, sha256: String, replaced: AuditHead? = nil,
    replacedGeneration: Generation? = nil
  ) {
    self.head = head
    self.madeAt = madeAt
    self.sha256 = sha256
    self.replaced = replaced
    self.replacedGeneration = replacedGeneration
  }
}

extension Change {
  /// A store whose keys were never exchanged goes by whichever there is: after a restore that may be a later
  /// one, so that it has to say which it goes by.
  fileprivate func settleKeys(_ kind: TokenKeyKind) throws {
    guard try writer.keyUse(kind).current == nil else { return }
    let ids = try writer.tokenIDCounts(kind).keys
    guard ids.count == 1, let id = ids.first else { return }
    try writer.setKeyUse(TokenKeyUse(current: id), kind)
  }
}
