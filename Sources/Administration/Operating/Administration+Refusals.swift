internal import Access
internal import Store

/// Refusals are recorded. A refused change always has a row of its own. Of other refusals, a person who asks
/// again and again gets a few rows a minute, and one row that counts the others.
extension Administration {
  /// Records a refusal that happened before any use case, such as that of a command over SSH.
  package func recordRefusal(of what: String) { record(Refusal(what, kind: "command", isChange: false)) }

  /// Records a refusal. Where it can't be recorded, the request is refused all the same.
  func record(_ refusal: Refusal) {
    guard !isRehearsing else { return }
    let now = now
    try? store.write { writer in
      let change = try Change(recordingFor: self, writer: writer)
      let rowsBefore = change.ledger.rowCount
      try change.recordDueSums()
      if try refusal.isChange || Self.hasRowLeft(in: writer, for: operating.actor, at: now) {
        try change.record(
          "attempt.refused", change.operatorTarget, AuditDetails("refused", after: refusal.what))
      } else {
        try writer.countRefusal(
          userID: change.operatorTarget.id, actor: operating.actor.name, kind: refusal.kind, at: now)
      }
      if change.ledger.rowCount > rowsBefore { _ = try change.signHead(.none) }
    }
  }

  /// Writes the rows of counts, where some of these are complete. This happens after a change, in a transaction of its
  /// own, and never prevents the change: an error is ignored until the next time.
  func recordDue(_ sums: [RefusalSum]) {
    let limit = RefusalSummary.limit(at: now)
    guard sums.contains(where: { $0.since <= limit }) else { return }
    try? store.write { writer in
      let change = try Change(recordingFor: byItself, writer: writer)
      try change.recordDueSums()
      if change.ledger.rowCount > 0 { _ = try change.signHead(.none) }
    }
  }

  /// The number of refusals a minute that have rows of their own, for one operator, beside refused changes.
  static var refusalsPerMinute: Int { 10 }

  private static func hasRowLeft(
    in reader: any StoreReader, for actor: Actor, at now: Timestamp
  ) throws -> Bool {
    guard let head = try reader.auditHead() else { return true }
    let recent = try reader.auditRecords(
      after: head.sequence - Int64(4 * refusalsPerMinute), limit: 4 * refusalsPerMinute)
    let refusals = recent.count { record in
      record.action == "attempt.refused" && record.actor.name == actor.name
        && now.secondsSince1970 - record.at.secondsSince1970 < RefusalSummary.seconds
    }
    return refusals < refusalsPerMinute
  }
}

extension Change {
  /// Writes the rows of what was counted for long enough.
  fileprivate func recordDueSums() throws {
    for summary in RefusalSummary.due(try writer.refusalSums(), at: now) {
      try record("attempt.refusals", summary.target, summary.details)
      try writer.dropRefusalSums(userID: summary.target.id, actor: summary.target.name)
    }
  }
}

/// A refusal.
struct Refusal: Hashable {
  let what: String
  /// The kind, a word from a fixed set, by which similar refusals are counted.
  let kind: String
  /// Whether the request would have changed something, or handed something out.
  let isChange: Bool

  init(_ what: String, kind: String, isChange: Bool) {
    self.what = what
    self.kind = kind
    self.isChange = isChange
  }

  /// Fails where the request was refused for what it asked, and not for who asked.
  init?(_ error: any Error, isChange: Bool) {
    switch error {
    case let error as AdministrationError where error.isRefusal:
      self.init(error.message, kind: error.refusalKind, isChange: isChange)
    case let problem as ProposalProblem where problem.isRefusal:
      self.init(problem.message, kind: "proposal", isChange: isChange)
    default: return nil
    }
  }
}

extension AdministrationError {
  fileprivate var refusalKind: String {
    switch self {
    case .notPermitted(let permission): permission.rawValue
    case .notAdministrator: "Administrator"
    case .signedOut: "signed out"
    default: "other"
    }
  }
}

/// The summary of one operator's counted refusals.
struct RefusalSummary: Hashable {
  let target: AuditTarget
  let sums: [RefusalSum]

  /// The seconds for which refusals are counted before a row tells of them.
  static let seconds: Int64 = 60

  /// The time up to which a first refusal makes a count complete.
  static func limit(at now: Timestamp) -> Timestamp { now.adding(seconds: -seconds) }

  /// All counts of the operators who have a complete one.
  static func due(_ sums: [RefusalSum], at now: Timestamp) -> [RefusalSummary] {
    let byOperator = Dictionary(grouping: sums) { AuditTarget(.user, id: $0.userID, name: $0.actor) }
    return byOperator.filter { $0.value.contains { $0.since <= limit(at: now) } }
      .map { RefusalSummary(target: $0.key, sums: $0.value) }
      .sorted { ($0.target.id, $0.target.name) < ($1.target.id, $1.target.name) }
  }

  /// The numbers, the kinds and the times.
  var details: AuditDetails {
    let sorted = sums.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
    var details = AuditDetails("count", after: String(sums.reduce(0) { $0 + $1.count }))
    details.add("of", after: sorted.map { "\($0.kind): \($0.count)" }.joined(separator: ", "))
    details.add("since", after: sums.map(\.since).min()?.description)
    details.add("until", after: sums.map(\.until).max()?.description)
    return details
  }
}
