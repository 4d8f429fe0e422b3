import Foundation
import TestSupport
import Testing

extension EndToEnd.Team {
  /// What somebody does, and the row that tells of it.
  static let doings: [(member: Member, command: String, terminal: Bool, action: String, target: String)] = [
    (.operator, "token reveal 'Portal Mexico' portal", false, "token.reveal", "Portal Mexico / portal"),
    (.operator, "token copy 'Portal Mexico' portal", true, "token.copy", "Portal Mexico / portal"),
    (
      .support, "explain --api-user 'Portal Mexico' --widget Sales --company US", false, "access.explain",
      "Portal Mexico"
    ),
    (.support, "check --api-user 'Portal Mexico' --widget Sales", false, "access.explain", "Portal Mexico"),
    (.support, "token reveal 'Portal Mexico' portal", false, "attempt.refused", "Sue"),
    (.operator, "user disable Sue", false, "attempt.refused", "Otto"),
    (.support, "bash", false, "attempt.refused", "Sue"),
    (.administrator, "export", false, "store.export", "store"),
    (.administrator, "audit export", false, "store.exportAudit", "store"),
    (.administrator, "api-user add 'Portal US'", false, "apiUser.add", "Portal US"),
    (.administrator, "api-user disable 'Portal US'", false, "apiUser.edit", "Portal US"),
  ]

  @Test("whatever is done over SSH stands in the audit log with a name, a key, an address and the way")
  func trail() throws {
    try onTeam(mayReveal: true) { team in
      for (member, command, terminal, action, target) in Self.doings {
        let before = try team.auditRows().last?.sequence ?? 0
        if terminal {
          _ = try team.person(member, command).seesEnd()
        } else {
          _ = try team.ssh(member, command)
        }
        let rows = try team.auditRows().filter { $0.sequence > before }
        let key = try team.fingerprint(member.keyFile)
        #expect(rows.contains { $0.action == action && $0.targetName == target }, "\(command): \(rows)")
        #expect(
          rows.allSatisfy {
            $0.user == member.rawValue && $0.keyFingerprint == key && $0.source == "127.0.0.1"
              && $0.frontEnd == "commandLine"
          }, "\(command): \(rows)")
        if command != "bash" { #expect(rows.first?.action == "session.command", "\(command)") }
      }
      let batch = #"{"apiUser":"Portal Mexico","widget":"Sales"}"# + "\n"
      _ = try team.ssh(.support, "check --batch -", input: batch + batch)
      #expect(try team.auditRows().last?.changes["checks"]?.after == "2")
      let log = try team.asOwner("audit", "export")
      #expect(Secrets.found(in: log.output).isEmpty)
    }
  }

  @Test("checks whose answers nobody reads to their end are recorded all the same")
  func abandonedChecks() throws {
    try onTeam { team in
      let line = #"{"apiUser":"Portal Mexico","widget":"Sales"}"#
      let file = try team.store.file("lines", String(repeating: line + "\n", count: 20_000))
      let client = team.client(.support, "check --batch -").map { "'\($0)'" }.joined(separator: " ")
      _ = try team.run("/bin/sh", ["-c", "\(client) < \(file) | head -1"])
      try eventually("the row of the checks") {
        try team.auditRows().contains { $0.action == "access.checks" }
      }
    }
  }
}
