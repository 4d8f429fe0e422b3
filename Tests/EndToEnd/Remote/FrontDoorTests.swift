import Foundation
import Testing

extension EndToEnd.Team {
  @Test("each key is answered for its account alone, with a ticket that a shell can't misread")
  func authorizedKeys() throws {
    try onTeam { team in
      func keys(_ arguments: String...) throws -> [String] {
        let printed = try team.asAccount(
          "popsec", [TeamAccounts.program, "ssh", "authorized-keys"] + arguments)
        try team.succeed(printed)
        return printed.output.split(separator: "\n").map(String.init)
      }
      let line =
        #/restrict,pty,command="[a-z0-9\/._-]+ console --as [a-z0-9]+" ssh-ed25519 [A-Za-z0-9+\/=]+/#
      #expect(try keys("popsec").count == 2)
      #expect(try keys("popsec-support").count == 1)
      #expect(try (keys("popsec") + keys("popsec-support")).allSatisfy { $0.wholeMatch(of: line) != nil })
      for account in ["root", "nobody", "popsec2", "../popsec", "-oProxyCommand=id", "popsec\nroot", ""] {
        let printed = try team.asAccount(
          "popsec", [TeamAccounts.program, "ssh", "authorized-keys", "--", account])
        #expect(printed.output.isEmpty, "\(account)")
      }
      let sue = try team.publicKey("sue").split(separator: " ").map(String.init)
      #expect(try keys("popsec-support", sue[0], sue[1]).count == 1)
      #expect(try keys("popsec", sue[0], sue[1]).isEmpty)
      let stranger = try team.publicKey("stranger").split(separator: " ").map(String.init)
      #expect(try keys("popsec", stranger[0], stranger[1]).isEmpty)
    }
  }

  @Test("--as is believed from the two accounts alone, and not of whoever became one of them by sudo")
  func tickets() throws {
    try onTeam { team in
      let line = try team.asOwner("ssh", "authorized-keys", "popsec-support").output
      let ticket = try #require(line.firstMatch(of: #/--as ([a-z0-9]+)"/#)).output.1
      func enter(
        _ account: String, _ variables: [String: String] = [:], with other: String? = nil
      ) throws -> TestStore.Printed {
        let variables = ["SSH_ORIGINAL_COMMAND": "api-user list"].merging(variables) { $1 }
        let command = [TeamAccounts.program, "console", "--as", other ?? String(ticket)]
        return try team.asAccount(account, ["/usr/bin/env"] + variables.map { "\($0)=\($1)" } + command)
      }
      #expect(try enter("popsec-support").status == 0)
      // Sue's roles call for the other account.
      #expect(try enter("popsec").status == 77)
      for account in ["root", "nobody"] {
        let printed = try enter(account)
        #expect(printed.status == 77 && printed.errors.contains("for sshd alone"))
      }
      #expect(try enter("popsec-support", ["SUDO_UID": "1000"]).status == 77)
      // What else may stand in the environment changes nothing, and starts nothing.
      let hostile = ["TMUX": "/tmp/x,1,0", "EDITOR": "/bin/false", "PAGER": "/bin/false", "HOME": "/nowhere"]
      #expect(try enter("popsec-support", hostile).status == 0)
      for bad in [
        "", "x", "1", "-1x0123456789abcdef", String(ticket.dropLast()), ticket + "0", "../" + ticket,
      ] {
        let printed = try enter("popsec-support", with: bad)
        #expect(printed.status != 0 && printed.output.isEmpty, "\(bad)")
      }
    }
  }
}
