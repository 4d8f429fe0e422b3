package import Access
private import Crypto
private import Foundation
internal import Sealing
package import Store

/// What is done without changing anything, and is recorded all the same.
extension Administration {
  /// Records that an operator looked into somebody else's access. On a store that can only be read nothing
  /// can be recorded, and looking is no less allowed.
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

  /// Has the end of the log signed: with a row of its own, so that there is something to sign.
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

  /// Records that somebody began something in popsec, and shows them as being in the console.
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
      // Nobody can change anything there, nor copy a Token ID.
      return nil
    }
  }

  /// Says that somebody is still in the console; it changes nothing, and is not recorded.
  package func stay(in session: ConsoleSession) throws {
    _ = try changeUnrecorded { try $0.see(session, isOpen: true) }
  }

  package func signOut(of session: ConsoleSession?) throws {
    try change { change in
      try change.record("session.signOut", change.operatorTarget)
      if let session { _ = try change.see(session, isOpen: false) }
    }
  }

  /// Who is in the console now.
  package func present() throws -> [(session: ConsoleSession, name: Name)] {
    let since = now.adding(seconds: -Self.absentAfterSeconds)
    return try read { try $0.openSessions(since: since) }
  }

  /// Whoever wasn't heard of for so long is no longer there.
  package static var absentAfterSeconds: Int64 { 45 }
  /// How often consoles say that they are there.
  package static var beatSeconds: Int64 { 15 }
}

extension Change {
  fileprivate var storeTarget: AuditTarget { AuditTarget(.store, id: "store", name: "store") }

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
  /// What was asked about, by its name.
  fileprivate var place: String {
    switch question.request.surface {
    case .widget(.found(let id)): "widget \(names.widgets[id]?.text ?? id.description)"
    case .endpoint(.found(let id), _): "endpoint \(names.endpoints[id]?.text ?? id.description)"
    case .api(.found(let id)): "API of \(names.connectors[id]?.text ?? id.description)"
    case .widget(.unknown), .endpoint(.unknown, _), .api(.unknown): "what is not in the catalogue"
    }
  }
}

/// How many checks were asked for, and the SHA-256 of their input, by which it can be found again.
package struct CheckTally {
  package private(set) var count = 0
  private var hash = SHA256()

  package init() {}

  /// One line, without its end.
  package mutating func add(_ line: some Sequence<UInt8>) {
    count += 1
    hash.update(data: Data(line))
    hash.update(data: Data([0x0A]))
  }

  var digest: String { hex(hash.finalize()) }
}
