package import Access
private import Crypto
private import Foundation
package import Store

/// What is done without changing anything, and is recorded all the same.
extension Administration {
  /// Records what an operator looked into: somebody else's access.
  package func recordExplanation(of asked: String, verdict: String) throws {
    try change { change in
      try change.require(.securityRead)
      var details = AuditDetails("asked", after: asked)
      details.add("verdict", after: verdict)
      try change.record("access.explain", change.storeTarget, details)
    }
  }

  /// Records a batch of checks: one row for all of them.
  package func recordChecks(_ tally: CheckTally) throws {
    try change { change in
      try change.require(.securityRead)
      var details = AuditDetails("checks", after: String(tally.count))
      details.add("sha256", after: tally.digest)
      try change.record("access.checks", change.storeTarget, details)
    }
  }

  /// Records that somebody began something in popsec, and shows them as being in the console.
  @discardableResult
  package func signIn(_ action: String = "signIn", _ details: AuditDetails = AuditDetails()) throws -> ConsoleSession? {
    try change { change in
      try change.record("session.\(action)", change.operatorTarget, details)
      return try change.see(nil, isOpen: operating.actor.frontEnd == .console)
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
