import Foundation
import Testing

extension EndToEnd.Team {
  @Test("one administrator asks for a change over SSH, and another sees it in the console and agrees")
  func secondPerson() throws {
    try onTeam { team in
      try team.succeed(
        team.asOwner(
          "user", "add", "Bob", "--role", "Administrator", "--key-file", "-",
          input: try team.publicKey("stranger")))
      try team.succeed(team.asOwner("settings", "set", "dual.removals", "1"))
      let asked = try team.ssh(.administrator, "api-user delete 'Portal Mexico' --yes")
      #expect(asked.status == 75 && asked.errors.contains("it waits for a second person"), "\(asked.errors)")
      let number = try #require(asked.errors.firstMatch(of: /proposal (\d+)/)?.1)
      #expect(try team.ssh(.administrator, "inbox agree \(number) --yes").status == 77)
      #expect(try team.ssh(.support, "inbox agree \(number) --yes").status == 77)
      #expect(try team.ssh(.administrator, "api-user show 'Portal Mexico'").status == 0)

      let bob = try team.store.person(team.client(.administrator, key: "stranger", terminal: true, nil))
      try bob.sees("Security").presses("s i").sees("Ada", "waits", "delete the API user “Portal Mexico”")
      try bob.presses("Enter").sees(
        "2 deleted, revoked, or ended at once", "apiUser.delete API user Portal Mexico")
      try bob.presses("A").sees("“Ada” asks to delete", "[ Agree ]").settle()
      try bob.presses("BTab Enter").sees("agreed to", "carried out")
      #expect(try team.ssh(.administrator, "api-user show 'Portal Mexico'").status == 66)
      let rows = try team.auditRows()
      #expect(rows.contains { $0.action == "apiUser.delete" && $0.user == "Bob" })
      #expect(rows.contains { $0.action == "proposal.ask" && $0.user == "Ada" })
    }
  }
}
