internal import Access
internal import Store

/// What is refused is recorded. A refused change always has a row of its own; of the rest whoever asks again
/// and again gets some rows a minute, and one that counts the others.
extension Administration {
  /// Records what was refused before it came to any use case, such as a command over SSH.
  package func recordRefusal(of what: String) { record(Refusal(what, kind: "command", isChange: false)) }

  /// What can't be recorded is refused all the same.
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

  /// Has a row for what was counted and can't become more. It follows what was done, in a transaction of its
  /// own, and never stands in the way of that: what goes wrong with it is left to the next.
  func recordDueSums() {
    let limit = RefusalSummary.limit(at: now)
    guard let sums = try? store.read({ try $0.refusalSums() }), sums.contains(where: { $0.since <= limit })
    else { return }
    let keeper = with(
      Operator(actor: Actor(name: "popsec", frontEnd: operating.actor.frontEnd), permissions: []))
    try? store.write { writer in
      let change = try Change(recordingFor: keeper, writer: writer)
      try change.recordDueSums()
      if change.ledger.rowCount > 0 { _ = try change.signHead(.none) }
    }
  }

  /// So many that are no changes have a row of their own, of one operator.
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
  /// Rows for what was counted for long enough.
  fileprivate func recordDueSums() throws {
    for summary in RefusalSummary.due(try writer.refusalSums(), at: now) {
      try record("attempt.refusals", summary.target, summary.details)
      try writer.dropRefusalSums(userID: summary.target.id, actor: summary.target.name)
    }
  }
}

/// Something that was refused.
struct Refusal: Hashable {
  let what: String
  /// In one of some words, by which others like it are counted.
  let kind: String
  /// Whether something would have been changed, or handed out.
  let isChange: Bool

  init(_ what: String, kind: String, isChange: Bool) {
    self.what = what
    self.kind = kind
    self.isChange = isChange
  }

  /// Nil where it is what was asked for, and not whoever asked, on account of which it wasn't done.
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

/// What the counted refusals of one operator come to.
struct RefusalSummary: Hashable {
  let target: AuditTarget
  let sums: [RefusalSum]

  /// For so long refusals are counted before a row tells of them.
  static let seconds: Int64 = 60

  /// What was first counted at that time or before is told of.
  static func limit(at now: Timestamp) -> Timestamp { now.adding(seconds: -seconds) }

  /// Of those operators of whom something was counted for long enough, all that was.
  static func due(_ sums: [RefusalSum], at now: Timestamp) -> [RefusalSummary] {
    let byOperator = Dictionary(grouping: sums) { AuditTarget(.user, id: $0.userID, name: $0.actor) }
    return byOperator.filter { $0.value.contains { $0.since <= limit(at: now) } }
      .map { RefusalSummary(target: $0.key, sums: $0.value) }
      .sorted { ($0.target.id, $0.target.name) < ($1.target.id, $1.target.name) }
  }

  /// How many, of what, and when.
  var details: AuditDetails {
    let sorted = sums.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
    var details = AuditDetails("count", after: String(sums.reduce(0) { $0 + $1.count }))
    details.add("of", after: sorted.map { "\($0.kind): \($0.count)" }.joined(separator: ", "))
    details.add("since", after: sums.map(\.since).min()?.description)
    details.add("until", after: sums.map(\.until).max()?.description)
    return details
  }
}
