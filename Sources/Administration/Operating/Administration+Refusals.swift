internal import Access
internal import Sealing
internal import Store

extension Administration {
  /// What was refused, which decides how much is kept of it.
  enum Attempt { case change, other }

  /// Records what was refused before it came to any use case, such as a command over SSH.
  package func recordRefusal(of what: String) { recordRefusal(of: what, .other) }

  /// Records that something was refused. A refused change always gets a row. Whoever asks for other things again
  /// and again gets some rows a minute, and one that counts the rest: a flood must hide no attempt, and fill no
  /// disk. What can't be recorded is refused all the same.
  func recordRefusal(of what: String, _ attempt: Attempt) {
    try? store.write { writer in
      let change = try Change(recordingFor: self, writer: writer)
      try change.sumUpRefusals()
      if try attempt == .change || change.mayRecordRefusal() {
        try change.record(
          "attempt.refused", change.operatorTarget, AuditDetails("refused", after: what))
      } else {
        try writer.countRefusal(of: operating.actor, what, at: change.now)
      }
      _ = try change.signHead(.none)
    }
  }

  /// Does something, and records where it was refused on account of whoever asks.
  func recordingRefusals<Result>(of attempt: Attempt, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch {
      if !isRehearsing, let what = Self.refusal(error) { recordRefusal(of: what, attempt) }
      throw error
    }
  }

  /// What was refused, in words; nil for what went wrong on other accounts, such as the rights of a file.
  private static func refusal(_ error: any Error) -> String? {
    switch error {
    case let error as AdministrationError: error.isRefusal ? error.message : nil
    case is StoreError, is SealingError: nil
    case let error as any Complaint: error.exitStatus == .notPermitted ? error.message : nil
    default: nil
    }
  }
}

extension Change {
  /// In seconds.
  private static var refusalWindow: Int64 { 60 }
  static var refusalsPerWindow: Int { 10 }

  /// Appends a row for each sum of refusals whose window is over.
  func sumUpRefusals() throws {
    let sums = try writer.takeRefusalSums(begunBy: now.adding(seconds: -Self.refusalWindow), now: now)
    for sum in sums {
      var details = AuditDetails("refused", after: sum.latest)
      details.add("times", after: String(sum.times))
      details.add("since", after: sum.beganAt.description)
      details.add("until", after: sum.endedAt.description)
      let target = AuditTarget(.user, id: sum.actor.user?.description ?? "", name: sum.actor.name)
      try record("attempt.refused", target, details, by: sum.actor)
    }
  }

  /// Whether the operator had fewer refusals than get a row of their own, of late.
  func mayRecordRefusal() throws -> Bool {
    guard let head = try writer.auditHead() else { return true }
    let looked = 4 * Self.refusalsPerWindow
    let recent = try writer.auditRecords(after: head.sequence - Int64(looked), limit: looked)
    let refusals = recent.count { record in
      record.action == "attempt.refused" && record.actor.name == operating.actor.name
        && now.secondsSince1970 - record.at.secondsSince1970 < Self.refusalWindow
    }
    return refusals < Self.refusalsPerWindow
  }
}
