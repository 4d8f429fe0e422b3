import Foundation
import Testing

extension EndToEnd {
  @Suite(
    "a team over SSH",
    .enabled(if: TeamAccounts.isThere, "\(TeamAccounts.obstacle ?? "")"))
  struct Team {
    @Test("each person finds their work on the account for their roles, and nothing on the other")
    func roles() throws {
      try onTeam(mayReveal: true) { team in
        for member in Member.allCases {
          let list = try team.ssh(member, "api-user list")
          #expect(list.status == 0 && list.output.contains("Portal Mexico"), "\(list.errors)")
          let other = try team.ssh(member, "api-user list", to: member.otherAccount)
          #expect(other.status == 255 && other.errors.contains("Permission denied"), "\(other.output)")
        }
        let stranger = try team.ssh(.administrator, "api-user list", key: "stranger")
        #expect(stranger.status == 255 && stranger.errors.contains("Permission denied"))

        #expect(try team.ssh(.administrator, "team paint Sales").status == 64, "there is no such command")
        #expect(try team.ssh(.administrator, "api-user add 'Portal US'").status == 0)
        for member in [Member.operator, .support] {
          let refused = try team.ssh(member, "api-user add 'Portal CA'")
          #expect(refused.status == 77 && refused.errors.contains("apiUsers.manage"))
        }
        let revealed = try team.ssh(.operator, "token reveal 'Portal Mexico' portal")
        #expect(revealed.status == 0 && Secrets.found(in: revealed.output).count == 1)
        let refused = try team.ssh(.support, "token reveal 'Portal Mexico' portal")
        #expect(refused.status == 77 && refused.output.isEmpty)
        #expect(Secrets.found(in: refused.errors).isEmpty)
      }
    }

    @Test(
      "the console opens as whoever came, with what they may do, and ends with q", arguments: Member.allCases)
    func console(_ member: Member) throws {
      try onTeam { team in
        let person = try team.person(member)
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle()
        #expect((person.lines.last?.contains("c copy") == true) == (member != .support), "\(person.text)")
        #expect((person.line(with: "Add token") != nil) == (member == .administrator), "\(person.text)")
        let copies = person.presses("c").settle()
        #expect(copies.clipboard.isEmpty == (member == .support))
        if member == .support {
          #expect(person.shown.isEmpty)
        } else {
          try team.store.expect(try person.clipboard(1), belongsTo: "portal")
        }
        // In a session without job control there is nothing to suspend to.
        try person.settle().presses("C-z").settle().sees("Tokens")
        person.presses("Esc Esc Esc Esc Esc Esc").settle()
        try person.presses("q").sees("Leave popsec").presses("Enter")
        #expect(try person.seesEnd() == 0)
        #expect(person.modes.isClean, "\(person.modes)")
        let rows = try team.auditRows().filter { $0.user == member.rawValue }
        #expect(rows.first?.action == "session.signIn" && rows.last?.action == "session.signOut")
        #expect(rows.allSatisfy { $0.frontEnd == "console" && $0.source == "127.0.0.1" })
      }
    }

    @Test("two who are in the console see that they are not alone")
    func company() throws {
      try onTeam { team in
        let operating = try team.person(.operator).sees("Security")
        try team.person(.support).sees("Security", "with Otto")
        try operating.presses("s").sees("API users")
      }
    }
  }
}
