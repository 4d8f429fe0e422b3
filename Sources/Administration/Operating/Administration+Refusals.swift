internal import Access
internal import Store

extension Administration {
  /// Records that something was refused. Whoever asks again and again gets no more than some rows a minute;
  /// what can't be recorded is refused all the same.
  func recordRefusal(_ refusal: AdministrationError) { recordRefusal(of: refusal.message) }

  /// Records what was refused before it came to any use case, such as a command over SSH.
  package func recordRefusal(of what: String) {
    let now = now
    try? store.write { writer in
      guard try Self.isRecorded(in: writer, for: operating.actor, at: now) else { return }
      let change = try Change(recordingFor: self, writer: writer)
      try change.record(
        "attempt.refused", change.operatorTarget, AuditDetails("refused", after: what))
      _ = try change.signHead(.none)
    }
  }

  static var refusalsPerMinute: Int { 10 }

  private static func isRecorded(
    in reader: any StoreReader, for actor: Actor, at now: Timestamp
  ) throws -> Bool {
    guard let head = try reader.auditHead() else { return true }
    let recent = try reader.auditRecords(
      after: head.sequence - Int64(4 * refusalsPerMinute), limit: 4 * refusalsPerMinute)
    let refusals = recent.count { record in
      record.action == "attempt.refused" && record.actor.name == actor.name
        && now.secondsSince1970 - record.at.secondsSince1970 < 60
    }
    return refusals < refusalsPerMinute
  }
}
