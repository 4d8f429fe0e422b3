import Foundation
import Testing

extension EndToEnd.Team {
  @Test("checks over SSH answer and end as they do at home")
  func checks() throws {
    try onTeam(mayReveal: true) { team in
      let allowed = try team.ssh(.support, "check --api-user 'Portal Mexico' --widget Sales --company MX")
      #expect(allowed.status == 0 && allowed.output.contains("allowed"), "\(allowed.errors)")
      let denied = try team.ssh(.support, "check --api-user 'Portal Mexico' --widget Sales --company US")
      #expect(denied.status == 1 && denied.output.contains("denied at the step grant"))
      let lines = ["MX", "US", "XX"].map {
        #"{"apiUser":"Portal Mexico","widget":"Sales","company":"\#($0)"}"#
      }
      let batch = try team.ssh(.support, "check --batch -", input: lines.joined(separator: "\n"))
      let decisions = batch.output.matches(of: #/"decision":"([a-z]+)"/#).map { String($0.output.1) }
      #expect(batch.status == 0 && decisions == ["allow", "deny", "deny"], "\(batch.output)\(batch.errors)")

      // A Token ID goes through standard input, and stands in nobody's arguments.
      let revealed = try team.ssh(.operator, "token reveal 'Portal Mexico' portal").output
      let whose = try team.ssh(.support, "token whois --json", input: revealed)
      #expect(whose.status == 0 && whose.output.contains(#""Portal Mexico""#))
      let argument = try team.ssh(.support, "token whois " + revealed.trimmingCharacters(in: .newlines))
      #expect(argument.status == 64 && Secrets.found(in: argument.errors).isEmpty)
      let unknown = try team.ssh(.support, "api-user show Nobody")
      #expect(unknown.status == 66 && unknown.errors.hasPrefix("popsec: there is no API user"))
      let forPrograms = try team.ssh(.support, "api-user show Nobody -o json")
      #expect(forPrograms.status == 66 && forPrograms.errors.hasPrefix(#"{"error":{"code":"noInput","#))
    }
  }

  @Test("token copy over SSH reaches the clipboard at hand, and needs a terminal")
  func copies() throws {
    try onTeam { team in
      let person = try team.person(.operator, "token copy 'Portal Mexico' portal")
      #expect(try person.seesEnd() == 0)
      #expect(person.clipboard.count == 1)
      try team.store.expect(person.clipboard.first ?? "", belongsTo: "portal")
      let refused = try team.person(.support, "token copy 'Portal Mexico' portal")
      #expect(try refused.seesEnd() == 77)
      #expect(refused.clipboard.isEmpty)
      let without = try team.ssh(.operator, "token copy 'Portal Mexico' portal")
      #expect(without.status == 64 && without.errors.contains("ssh -t"))
      #expect(try team.auditRows().count { $0.action == "token.copy" } == 1)
    }
  }

  @Test("undoing, restoring and purging work over SSH for whoever may")
  func takingBack() throws {
    try onTeam { team in
      func runs(_ member: Member, _ command: String, _ status: Int32, _ text: String = " ") throws {
        let printed = try team.ssh(member, command)
        #expect(printed.status == status, "\(command): \(printed.errors)")
        #expect((printed.output + printed.errors).contains(text), "\(command): \(printed.output)")
      }
      try runs(.administrator, "api-user add 'Portal Test'", 0)
      try runs(.administrator, "api-user delete 'Portal Test' --yes", 0)
      try runs(.support, "deleted list --kind api-user test", 0, "Portal Test")
      try runs(.support, "deleted restore api-user 'Portal Test'", 77)
      try runs(.support, "undo --yes", 66)
      try runs(.administrator, "undo", 64, "add --yes")
      try runs(.administrator, "undo --yes", 0, "undid: deleted the API user “Portal Test”")
      try runs(.administrator, "undo --list --json", 0, "deleted the API user “Portal Test”")
      try runs(.administrator, "api-user delete 'Portal Test' --yes", 0)
      try runs(
        .administrator, "deleted restore api-user 'Portal Test' --as 'Portal \"2\"'", 0, "Portal \"2\"")
      try runs(.administrator, "api-user delete 'Portal \"2\"' --yes", 0)
      try runs(.administrator, "deleted purge api-user 'Portal \"2\"'", 64)
      try runs(.administrator, "deleted purge api-user 'Portal \"2\"' --yes", 0, "for good")
      try runs(.administrator, "deleted list", 0)
    }
  }

  @Test("the audit log is read and verified by whoever may, and a security file applied from standard input")
  func audit() throws {
    try onTeam { team in
      for command in ["audit list", "audit verify", "audit export", "export", "plan -"] {
        let isPlan = command == "plan -"
        let refused = try team.ssh(.operator, command, input: "popsec: 1\n")
        #expect(refused.status == (isPlan ? 0 : 77), "\(command): \(refused.errors)")
        let printed = try team.ssh(.administrator, command, input: "popsec: 1\n")
        #expect(printed.status == 0, "\(command): \(printed.errors)")
      }
      let file = try team.ssh(.administrator, "export").output
      #expect(try team.ssh(.administrator, "plan -", input: file).status == 0)
      let changed = file.replacing("name: Portal Mexico", with: "name: Portal Canada")
      #expect(try team.ssh(.administrator, "plan -", input: changed).status == 2)
      #expect(try team.ssh(.administrator, "apply -", input: changed).status == 64)
      #expect(try team.ssh(.operator, "apply - --yes", input: changed).status == 77)
      #expect(try team.ssh(.administrator, "apply - --yes", input: changed).status == 0)
      #expect(try team.ssh(.support, "api-user show 'Portal Canada'").status == 0)
    }
  }
}
