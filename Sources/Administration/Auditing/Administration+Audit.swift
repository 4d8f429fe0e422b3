package import Access
package import Store
internal import Sealing

extension Administration {
  /// Reads the audit log in windows, the latest row first.
  package func audit(
    _ query: AuditQuery, _ position: PagePosition<Int64>, limit: Int
  ) throws -> Page<AuditRecord> {
    recordDue((try? store.read { try $0.refusalSums() }) ?? [])
    return try read(.audit) { try $0.auditRecords(query, position, limit: limit) }
  }

  package func auditRecord(_ sequence: Int64) throws -> AuditRecord? {
    try read(.audit) { try $0.auditRecord(sequence) }
  }

  /// The id of the key that can check signatures here; nil where there is no such key.
  package var auditKeyID: String? { keys.audit.verifier?.id }

  package var canSignAudit: Bool { keys.audit.signer != nil }

  /// Checks the whole log, and compares it with the heads that the store keeps and with those that were kept
  /// elsewhere. `progress` receives the number of rows that are checked.
  package func verifyAudit(
    against sent: [SentAuditHead]? = nil, progress: (Int) -> Void = { _ in }
  ) throws -> AuditVerification {
    try read(.useCase(.auditRead)) { try verification(in: $0, against: sent, progress: progress) }
  }

  /// Does the same for any store that is being read, with this number of rows at a time.
  package func verification(
    in reader: any StoreReader, against sent: [SentAuditHead]?, rowCount: Int = 1_000,
    progress: (Int) -> Void = { _ in }
  ) throws -> AuditVerification {
    var verifying = AuditVerifying(
      checkpoint: try reader.auditCheckpoint(), heads: try reader.auditHeads(), sent: sent,
      gateKeys: try reader.gateKeys(), verifier: keys.audit.verifier)
    var records = try reader.auditRecords(after: 0, limit: rowCount)
    while let last = records.last {
      let checks = verifying.beginChecking(records)
      let next = try reader.auditRecords(after: last.sequence, limit: rowCount)
      for (record, holds) in zip(records, checks.value) { verifying.add(record, holds: holds) }
      progress(verifying.result.rowCount)
      records = next
    }
    return verifying.finish()
  }

  /// Moves the rows before a time out of the log, and leaves a signed checkpoint. `keep` receives these rows
  /// in order before they are removed; where `keep` throws, nothing is removed. The last row always stays.
  ///
  /// Errors: ``AdministrationError/notAdministrator(_:)``, ``AuditTrouble``.
  package func archiveAudit(
    before time: Timestamp, keep: ([AuditRecord]) throws -> Void
  ) throws -> AuditHead {
    try change { change in
      try change.requireAdministrator(to: "archive the audit log")
      return try change.archiveAudit(before: try change.permittedArchiving(before: time), keep: keep)
    }
  }
}

/// Why the audit log could not be archived.
package enum AuditTrouble: Complaint, Hashable {
  case noSigningKey, nothingBefore, damaged(Int64)
  /// The clock can't be trusted: the last row, written at this time, is more than a day old or lies ahead of
  /// the clock.
  case clockDoubtful(Timestamp)

  package var message: String {
    switch self {
    case .noSigningKey: "there is no key here to sign the audit log's checkpoint with"
    case .nothingBefore: "the audit log has nothing from before that time"
    case .damaged(let row): "the audit log is damaged at row \(row)"
    case .clockDoubtful(let last):
      "the clock may be wrong: the last row of the audit log is from \(last), not from the day before now"
    }
  }

  package var hint: String? {
    switch self {
    case .noSigningKey: "run it as the owner of the store; popsec audit sign makes a key where there is none"
    case .nothingBefore: nil
    case .damaged: "nothing was changed; popsec audit verify tells more"
    case .clockDoubtful:
      "nothing was changed; if the clock is right, let popsec audit sign write a row, and try again"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .noSigningKey: .notPermitted
    case .nothingBefore: .noInput
    case .damaged: .badData
    case .clockDoubtful: .unavailable
    }
  }
}

extension Change {
  fileprivate func archiveAudit(
    before time: Timestamp, keep: ([AuditRecord]) throws -> Void
  ) throws -> AuditHead {
    guard let signer = keys.audit.signer else { throw AuditTrouble.noSigningKey }
    try requireClock()
    let newest = try writer.auditHead()?.sequence ?? 0
    var last: AuditRecord?
    var previous = try writer.auditCheckpoint().map { (sequence: $0.head.sequence, hash: $0.head.hash) }
    search: while true {
      let records = try writer.auditRecords(after: last?.sequence ?? previous?.sequence ?? 0, limit: 1_000)
      let old = records.prefix { $0.at < time && $0.sequence < newest }
      for record in old {
        guard AuditChain.holds(record, after: previous) else { throw AuditTrouble.damaged(record.sequence) }
        previous = (record.sequence, record.hash)
      }
      if !old.isEmpty { try keep(Array(old)) }
      last = old.last ?? last
      if old.count < records.count || records.isEmpty { break search }
    }
    guard let last else { throw AuditTrouble.nothingBefore }
    let head = AuditHead(sequence: last.sequence, hash: last.hash, at: last.at)
    guard let signature = signer.sign(head, as: .checkpoint) else { throw AuditTrouble.noSigningKey }
    try keepUndo(upTo: last.sequence)
    var details = try moveSnapshot(to: last.sequence)
    try writer.archiveAudit(behind: SignedAuditHead(head: head, signature: signature, isAnnounced: true))
    details.add("behind row", after: String(last.sequence))
    try recordStore("archiveAudit", details)
    return head
  }

  /// Checks the clock against the last row. Archiving can't be undone, so the first change after a gap must
  /// not archive: the clock may be wrong.
  private func requireClock() throws {
    guard let last = try writer.auditHead().flatMap({ try writer.auditRecord($0.sequence) })?.at,
      !SettledTime.follows(now, after: last)
    else { return }
    throw AuditTrouble.clockDoubtful(last)
  }
}
