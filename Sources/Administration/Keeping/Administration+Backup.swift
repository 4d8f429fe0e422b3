package import Access
internal import Sealing
package import Store

/// The contents of a copied store, as far as its backup tells them.
package struct BackupContents: Sendable {
  package let head: AuditHead
  package let signedHead: SignedAuditHead?
  package let keys: [TokenKeyKind: [KeyID]]

  /// Errors: ``StoreError/corrupt(path:detail:)`` where the store's audit log is not whole.
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
  /// Refuses an operator who may not take the whole store away. With the keys, a second person must agree
  /// where dual control asks for one.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``, ``WaitingNotice``.
  package func requireBackup(withKeys: Bool) throws {
    try change { change in
      try change.requireAdministrator(to: "back up the store")
      if withKeys { try change.requirePermit(toBackUpWithKeys: false) }
    }
  }

  /// Records a backup, which the hash of its file identifies later. `withKeys` says whether the keys were
  /// written as well, into another file.
  package func recordBackup(_ manifest: BackupManifest, sha256: String, withKeys: Bool) throws {
    try change { change in
      try change.requireAdministrator(to: "back up the store")
      if withKeys { try change.requirePermit(toBackUpWithKeys: true) }
      var details = AuditDetails("sha256", after: sha256)
      details.add("up to row", after: String(manifest.head.row))
      if withKeys { details.add("keys", after: "written out, too") }
      try change.recordStore("backup", details)
    }
  }

  package func storeID() throws -> StoreID { try read { try $0.storeID() } }

  /// The head of the audit log and the generation.
  package func presentState() throws -> (head: AuditHead?, generation: Generation) {
    try read(.useCase(.securityRead)) { (try $0.fullHead(), try $0.generation()) }
  }

  /// Whether the audit log has, or had before it was archived, this row with this hash; nil where that is not
  /// known.
  ///
  /// - Parameter hash: the hash in hexadecimal digits.
  package func hasRow(_ row: Int64, withHash hash: String) throws -> Bool? {
    try read(.useCase(.securityRead)) { reader in
      let kept = try reader.auditHeads() + [try reader.auditCheckpoint()].compactMap { $0 }
      let heads = kept.map(\.head).filter { $0.sequence == row }.map(\.hash)
      let known = heads + [try reader.auditRecord(row)?.hash].compactMap { $0 }
      return known.isEmpty ? nil : known.contains { hex($0) == hash }
    }
  }

  /// Refuses an operator who may not replace the present state by another.
  package func requireRestore() throws {
    try change { try $0.requireAdministrator(to: "replace the store") }
  }

  /// Describes what restoring the store from a backup does.
  package func restoreOutlook(
    of backup: BackupIdentity, rollback: String, restored: any StoreReader
  ) throws -> (outlook: RestoreOutlook, replacing: ReplacedState) {
    try read(.useCase(.securityRead)) { reader in
      let outlook = try RestoreOutlook(
        of: backup, rollback: rollback, present: reader, restored: restored, now: now)
      let proposal = try reader.agreedProposal(of: operating.undoOwner, .restore, at: now)
      return (
        outlook,
        ReplacedState(head: try reader.fullHead(), generation: try reader.generation(), agreement: proposal)
      )
    }
  }

  /// Refuses where a second person has to agree first.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``, ``WaitingNotice``.
  package func requireRestore(doing outlook: RestoreOutlook) throws {
    try change { change in
      try change.requireAdministrator(to: "replace the store")
      try change.requirePermit(toRestore: outlook)
    }
  }

  /// Makes a restored store usable. It then names the keys under which its Token IDs are kept, has a
  /// generation later than all that others keep in memory, and has an audit row about the restore.
  package func recordRestore(_ restored: RestoredFrom) throws {
    try change { change in
      for kind in TokenKeyKind.allCases { try change.settleKeys(kind) }
      let generation = Self.generation(
        after: [restored.replaced?.generation ?? 0, try change.writer.generation()])
      try change.writer.raiseGeneration(to: generation)
      try change.withdrawAll()
      var details = AuditDetails("from row", after: String(restored.head.sequence))
      details.add("from hash", after: hex(restored.head.hash))
      details.add("made at", after: restored.madeAt)
      details.add("sha256", after: restored.sha256)
      details.add("replaced row", after: restored.replaced?.head.map { String($0.sequence) })
      details.add("replaced hash", after: restored.replaced?.head.map { hex($0.hash) })
      details.add(AuditDetails.generation, after: String(generation))
      details.add("asked by", after: restored.replaced?.agreement?.asker)
      details.add("agreed by", after: restored.replaced?.agreement?.decidedBy)
      if let outlook = restored.outlook { details.add(outlook) }
      try change.recordStore("restore", details)
    }
  }

  /// A generation that is later than all of these, if popsec counted them.
  static func generation(after generations: [Generation]) -> Generation {
    let most = Generation.max - 2 * generationGap
    return (generations.filter { $0 <= most }.max() ?? 0) + generationGap
  }

  /// The greatest number of changes that may be made to a store between the look at it and its replacement.
  private static var generationGap: Generation { 1_000_000 }
}

/// The backup from which a store was restored, and the state that it replaced.
package struct RestoredFrom: Sendable {
  package let head: AuditHead
  package let madeAt: String
  /// The SHA-256 of the backup's file.
  package let sha256: String
  package let replaced: ReplacedState?
  package let outlook: RestoreOutlook?

  package init(
    head: AuditHead, madeAt: String, sha256: String, replaced: ReplacedState? = nil,
    outlook: RestoreOutlook? = nil
  ) {
    self.head = head
    self.madeAt = madeAt
    self.sha256 = sha256
    self.replaced = replaced
    self.outlook = outlook
  }
}

/// The state that a restored store replaces.
package struct ReplacedState: Hashable, Sendable {
  /// The head of its audit log.
  package let head: AuditHead?
  package let generation: Generation
  /// The proposal to which a second person agreed, where one was needed.
  package let agreement: Proposal?

  package init(head: AuditHead?, generation: Generation, agreement: Proposal? = nil) {
    self.head = head
    self.generation = generation
    self.agreement = agreement
  }
}

extension AuditReader {
  /// The head of the audit log, with its time.
  package func fullHead() throws -> AuditHead? {
    try auditHead().flatMap { try auditRecord($0.sequence) }
      .map { AuditHead(sequence: $0.sequence, hash: $0.hash, at: $0.at) }
  }
}

extension AuditDetails {
  fileprivate mutating func add(_ outlook: RestoreOutlook) {
    add("relaxed", before: [], after: outlook.relaxed)
    if outlook.lostProposals > 0 { add("proposals lost", after: String(outlook.lostProposals)) }
    add("let in", after: outlook.people)
    add("tokens come alive", after: outlook.tokens)
  }

  private mutating func add(_ field: String, after some: RestoreOutlook.Some) {
    guard some.count > 0 else { return }
    add(field, after: "\(some.count): " + some.told.joined(separator: "; "))
  }
}

extension Change {
  /// Withdraws the proposals that were open when the backup was made. They were decided since then, or must
  /// be made again.
  fileprivate func withdrawAll() throws {
    for var proposal in try writer.proposals(limit: .max) where proposal.isOpen(at: now) {
      proposal.state = .withdrawn
      proposal.decidedBy = operating.actor.name
      proposal.decidedAt = now
      try writer.update(proposal)
    }
  }

  /// Names the present key. A store whose keys were never exchanged uses whichever key there is. After a
  /// restore that may be a later key, so the store must name the one that it uses.
  fileprivate func settleKeys(_ kind: TokenKeyKind) throws {
    guard try writer.keyUse(kind).current == nil else { return }
    let ids = try writer.tokenIDCounts(kind).keys
    guard ids.count == 1, let id = ids.first else { return }
    try writer.setKeyUse(TokenKeyUse(current: id), kind)
  }
}
