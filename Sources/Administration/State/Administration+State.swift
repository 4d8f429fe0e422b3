package import Access
internal import Store

/// The reason why the state as of a row can't be told.
package enum StateTrouble: Complaint, Hashable {
  /// The audit log has no row with this number.
  case noRow(Int64)
  /// The row is too early: the rows up to it have no changes as values, or they were archived.
  case tooEarly(Int64)
  /// The snapshot that is kept beside the log does not have the hash that the log names.
  case damagedSnapshot(Int64)
  /// A row does not follow the one before, or does not fit the state before it.
  case damagedRow(Int64)

  package var message: String {
    switch self {
    case .noRow(let row): "the audit log has no row \(row)"
    case .tooEarly(let row): "the state as of row \(row) of the audit log is not kept"
    case .damagedSnapshot(let row): "the state that is kept as of row \(row) of the audit log is damaged"
    case .damagedRow(let row): "the audit log is damaged at row \(row)"
    }
  }

  package var hint: String? {
    switch self {
    case .noRow, .tooEarly: "popsec audit list shows the rows"
    case .damagedSnapshot, .damagedRow: "popsec audit verify tells more"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .noRow, .tooEarly: .noInput
    case .damagedSnapshot, .damagedRow: .badData
    }
  }
}

extension Administration {
  /// The state as it was when a row of the audit log was written.
  ///
  /// Errors: ``StateTrouble``, ``AdministrationError``, ``StoreError``.
  package func state(asOf sequence: Int64) throws -> StoreState {
    try read(.audit) { _ in }
    return try read(.useCase(.securityRead)) { try $0.state(asOf: sequence) }
  }

  /// Keeps the present state of a store whose older audit rows have no changes as values. Later states are
  /// made from this one and the rows after it. Nothing happens where a state is kept already.
  ///
  /// - Parameter progress: receives the number of facts that are kept so far.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func takeFirstSnapshot(progress: (Int) -> Void = { _ in }) throws {
    guard try store.read({ try $0.snapshot(notAfter: .max) }) == nil else { return }
    let announced: AnnouncedHead? = try store.write { writer in
      guard try writer.snapshot(notAfter: .max) == nil else { return nil }
      let change = try Change(recordingFor: byItself, writer: writer)
      let head = try writer.auditHead()?.sequence ?? 0
      var count = 0
      let details = try change.takeSnapshot(asOf: head) { keep in
        try writer.forEachFact { fact in
          try keep(fact)
          count += 1
          progress(count)
        }
      }
      try change.recordStore("snapshot", details)
      return try change.signHead(surroundings.announcer)
    }
    if let announced { announce(announced) }
  }
}

/// The store keeps no state yet from which the rows of the audit log could go on.
struct NoSnapshot: Error {}

extension Change {
  /// Keeps a state beside the log, and returns the details that the next audit row must have about it.
  func takeSnapshot(
    asOf sequence: Int64, _ forEachFact: ((StateFact) throws -> Void) throws -> Void
  ) throws -> AuditDetails {
    guard let row = AuditChain.number(after: try writer.auditHead()?.sequence) else {
      throw AdministrationError.auditDamaged
    }
    let snapshot = Snapshot(sequence: sequence, toldBy: row)
    try writer.begin(snapshot)
    var (text, position) = (SnapshotText(), Int64(0))
    func put(_ part: String?) throws {
      guard let part else { return }
      position += 1
      try writer.add(part, to: snapshot, at: position)
    }
    try forEachFact { try put(try text.add($0)) }
    try put(text.take())
    var details = AuditDetails(AuditDetails.snapshotRow, after: String(sequence))
    details.add("state facts", after: String(text.factCount))
    details.add(AuditDetails.snapshotHash, after: text.hash)
    return details
  }

  /// Replaces the older snapshots with one of the state as of this row, before the rows up to it are
  /// archived. It returns the details that the next audit row must have about the snapshot.
  func moveSnapshot(to sequence: Int64) throws -> AuditDetails {
    guard let before = try writer.snapshot(notAfter: sequence) else { return AuditDetails() }
    var details = AuditDetails()
    if before.sequence != sequence {
      let state = try writer.state(asOf: sequence)
      details = try takeSnapshot(asOf: sequence) { try state.forEachFact($0) }
    }
    try writer.removeSnapshots(before: sequence)
    return details
  }
}

extension AuditDetails {
  static var snapshotRow: String { "state as of row" }
  static var snapshotHash: String { "state sha256" }
}

extension StoreReader {
  /// The state as of a row, made from the last snapshot before the row and the rows since.
  ///
  /// Errors: ``StateTrouble``, ``StoreError``.
  func state(asOf sequence: Int64) throws -> StoreState {
    guard sequence >= 0, sequence <= (try auditHead()?.sequence ?? 0) else {
      throw StateTrouble.noRow(sequence)
    }
    guard let snapshot = try snapshot(notAfter: sequence) else { throw StateTrouble.tooEarly(sequence) }
    var state = try self.state(of: snapshot)
    var last = (sequence: snapshot.sequence, hash: try hash(of: snapshot.sequence))
    while last.sequence < sequence {
      let count = Int(min(1_000, sequence - last.sequence))
      let records = try auditRecords(after: last.sequence, limit: count)
      guard !records.isEmpty else { throw StateTrouble.damagedRow(last.sequence + 1) }
      for record in records {
        guard AuditChain.holds(record, after: last) else { throw StateTrouble.damagedRow(record.sequence) }
        do { try state.apply(record) } catch { throw StateTrouble.damagedRow(error.sequence) }
        last = (record.sequence, record.hash)
      }
    }
    return state
  }

  /// The hash of a row, or of the last row that was archived.
  private func hash(of sequence: Int64) throws -> [UInt8] {
    if sequence == 0 { return AuditChain.start }
    if let record = try auditRecord(sequence) { return record.hash }
    guard let checkpoint = try auditCheckpoint(), checkpoint.head.sequence == sequence else {
      throw StateTrouble.damagedRow(sequence)
    }
    return checkpoint.head.hash
  }

  private func state(of snapshot: Snapshot) throws -> StoreState {
    var (state, text) = (StoreState(), SnapshotText())
    try forEachPart(of: snapshot) { part in
      let facts: [StateFact]
      do { facts = try text.read(part) } catch { throw StateTrouble.damagedSnapshot(snapshot.sequence) }
      for fact in facts { state.insert(fact) }
    }
    let isEmpty = snapshot.sequence == 0 && snapshot.toldBy == 0 && text.factCount == 0
    guard try isEmpty || isTold(snapshot, text.hash) else {
      throw StateTrouble.damagedSnapshot(snapshot.sequence)
    }
    return state
  }

  private func isTold(_ snapshot: Snapshot, _ hash: String) throws -> Bool {
    guard snapshot.toldBy > 0, let record = try auditRecord(snapshot.toldBy),
      ["store.snapshot", "store.archiveAudit"].contains(record.action),
      AuditChain.holds(record, after: (snapshot.toldBy - 1, record.previousHash))
    else { return false }
    let told = Dictionary(record.fields.map { ($0.name, $0.after) }, uniquingKeysWith: { first, _ in first })
    return told[AuditDetails.snapshotHash] == hash
      && told[AuditDetails.snapshotRow] == String(snapshot.sequence)
  }
}
