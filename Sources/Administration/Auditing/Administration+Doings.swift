package import Access
private import Crypto
private import Foundation
internal import Sealing
package import Store

/// Records actions that change nothing.
extension Administration {
  /// Records that an operator looked into somebody else's access. A store that can only be read can't record
  /// this, but looking is still allowed there.
  package func recordExplanation(of verdict: Verdict) throws {
    let subject = verdict.question.access?.subject
    if let user = operating.user, subject == .account(user) { return }
    try recordLooking("access.explain", at: subject) { details in
      details.add("asked", after: verdict.place)
      details.add(
        "decision", after: verdict.decision.deniedStep.map { "denied: \($0.rawValue)" } ?? "allowed")
    }
  }

  private func recordLooking(
    _ action: String, at subject: SubjectID?, _ fill: (inout AuditDetails) -> Void
  ) throws {
    var details = AuditDetails()
    fill(&details)
    do {
      try change { change in
        try change.require(.securityRead)
        try change.record(action, try subject.map(change.target) ?? change.storeTarget, details)
      }
    } catch StoreError.readOnly {
    }
  }

  package func recordAuditExport() throws {
    try change { change in
      try change.require(.auditRead)
      try change.recordStore("exportAudit")
    }
  }

  /// Has the end of the log signed. A row is added first, so that there is something new to sign.
  package func recordSigning() throws {
    try change { change in
      try change.requireAdministrator(to: "sign the audit log")
      try change.recordStore("signAudit", AuditDetails("key", after: keys.audit.signer?.verifier.id))
    }
  }

  /// Records a batch of checks: one row for all of them.
  package func recordChecks(_ tally: CheckTally) throws {
    guard tally.count > 0 else { return }
    try recordLooking("access.checks", at: nil) { details in
      details.add("checks", after: String(tally.count))
      details.add("sha256 of the input", after: tally.digest)
    }
  }

  /// Records that an operator began something in popsec, and shows the operator as present in the console.
  @discardableResult
  package func signIn(_ action: String = "signIn", _ details: AuditDetails = AuditDetails()) throws
    -> ConsoleSession?
  {
    do {
      return try change { change in
        try change.record("session.\(action)", change.operatorTarget, details)
        return try change.see(nil, isOpen: operating.actor.frontEnd == .console)
      }
    } catch StoreError.readOnly {
      // On such a store nobody can change anything or copy a Token ID, so there is nothing to record.
      return nil
    }
  }

  /// Notes that the operator is still in the console. This changes nothing, and is not recorded.
  package func stay(in session: ConsoleSession) throws {
    _ = try changeUnrecorded { try $0.see(session, isOpen: true) }
  }

  package func signOut(of session: ConsoleSession?) throws {
    try change { change in
      try change.record("session.signOut", change.operatorTarget)
      if let session { _ = try change.see(session, isOpen: false) }
    }
  }

  /// The users who are in the console now, with their sessions.
  package func present() throws -> [(session: ConsoleSession, name: Name)] {
    let since = now.adding(seconds: -Self.absentAfterSeconds)
    return try read { try $0.openSessions(since: since) }
  }

  /// The number of seconds without a sign after which an operator no longer counts as present.
  package static var absentAfterSeconds: Int64 { 45 }
  /// How often a console reports that its operator is present, in seconds.
  package static var beatSeconds: Int64 { 15 }
}

extension Change {
  fileprivate func see(_ session: ConsoleSession?, isOpen: Bool) throws -> ConsoleSession? {
    guard let user = operating.user else { return nil }
    let seen = ConsoleSession(
      id: session?.id ?? .random(), user: user, frontEnd: operating.actor.frontEnd,
      source: operating.actor.source, startedAt: session?.startedAt ?? now, seenAt: now, isOpen: isOpen)
    try writer.put(seen, forgettingBefore: now.adding(seconds: -Administration.absentAfterSeconds))
    return seen
  }
}

extension Verdict {
  /// The name of what was asked about.
  fileprivate var place: String {
    switch question.request.surface {
    case .widget(.found(let id)): "widget \(names.widgets[id]?.text ?? id.description)"
    case .endpoint(.found(let id), _): "endpoint \(names.endpoints[id]?.text ?? id.description)"
    case .api(.found(let id)): "API of \(names.connectors[id]?.text ?? id.description)"
    case .widget(.unknown), .endpoint(.unknown, _), .api(.unknown): "what is not in the catalogue"
    }
  }
}

/// The number of checks in a batch, and the SHA-256 of their input, by which the input can be identified
/// later.
package struct CheckTally {
  package private(set) var count = 0
  private var hash = SHA256()

  package init() {}

  /// Counts one line, which is given without its end.
  package mutating func add(_ line: some Sequence<UInt8>) {
    count += 1
    let isWhole: Void? = line.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isWhole == nil { hash.update(data: Data(line)) }
    withUnsafeBytes(of: UInt8(ascii: "\n")) { hash.update(bufferPointer: $0) }
  }

  var digest: String { hex(hash.finalize()) }
}
