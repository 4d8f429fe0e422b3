import Foundation
import Testing

extension EndToEnd {
  @Suite("what was done by mistake is taken back")
  struct Undoing {
    private static let people = """
      popsec: 1
      teams:
        - {name: Purchasing}
        - name: Sales MX
          roles: [WidgetReader]
          grants:
            - {connector: Business Central, roles: [User], companies: [MX], lists: [Sales Orders]}
      apiUsers:
        - name: Portal Mexico
          teams: [Sales MX]
          tokens: [{name: portal}]
          grants:
            - {connector: Business Central, roles: [User], companies: [US], lists: [Sales Invoices]}
      """

    private func onPeople(_ body: (TestStore, Person) throws -> Void) throws {
      try onStore { store in
        try store.succeed("apply", "--yes", try store.file("people.yaml", Self.people))
        try body(store, try store.person().sees("Security"))
      }
    }

    private struct Member: Decodable, Equatable { let name: String }
    private struct Row: Decodable { let action: String }
    private struct Token: Decodable { let state: String }

    /// What was done last, other than with the store as a whole, such as exporting it.
    private func actions(_ store: TestStore, last count: Int) throws -> [String] {
      let all = try store.json([Row].self, "audit", "list").map(\.action)
      return all.filter { !$0.hasPrefix("store.") }.prefix(count).reversed()
    }

    @Test("the wrong team is deleted, and is back with members and grants by u, Enter, Enter")
    func wrongTeam() throws {
      try onPeople { store, person in
        let before = try store.popsec("export").output
        try person.presses("s t").sees("Purchasing").presses("j D").sees("Type Sales MX to confirm")
        try person.sees("it can be restored for 30 days").presses("BTab BTab").types("Sales MX")
        try person.presses("Tab Enter").sees("“Sales MX” deleted; u undoes it").settle()
        #expect(try store.popsec("export").output != before)
        try person.presses("u").sees("What you did", "▸").settle()
        try person.presses("Enter").sees("restores the team “Sales MX”, with its members", "[ Undo ]")
        try person.sees("gains Sales Orders of MX").presses("Enter")
        try person.sees("undid: deleted the team “Sales MX”", "Purchasing", "Sales MX   ").settle()
        #expect(try store.popsec("export").output == before)
        #expect(
          try store.json([Member].self, "team", "members", "Sales MX") == [Member(name: "Portal Mexico")])
        #expect(try actions(store, last: 3) == ["team.delete", "undo", "team.restore"])
        let verified = try store.popsec("audit", "verify")
        #expect(verified.status == 0, "\(verified.output)")
      }
    }

    @Test("typed as one goes, u, Enter, Enter does the same")
    func typedAhead() throws {
      try onPeople { store, person in
        try person.presses("s t").sees("Purchasing").presses("j D").sees("Type Sales MX to confirm")
        try person.presses("BTab BTab").types("Sales MX").presses("Tab Enter").sees("deleted; u undoes it")
        try person.presses("u Enter Enter").sees("undid: deleted the team “Sales MX”").settle()
        #expect(try store.json([Member].self, "team", "list").map(\.name) == ["Purchasing", "Sales MX"])
      }
    }

    @Test("an API user that was deleted is restored from Deleted: its grants are back, its tokens revoked")
    func deletedAPIUser() throws {
      try onPeople { store, person in
        let grants = try store.grants(of: "Portal Mexico")
        try person.presses("s a").sees("Portal Mexico").presses("D").sees("Type Portal Mexico to confirm")
        try person.sees("its tokens are revoked for good").presses("BTab BTab").types("Portal Mexico")
        try person.presses("Tab Enter").sees("deleted; u undoes it").settle()
        try person.presses("Esc x").sees("Days left", "Portal Mexico").settle().presses("Enter")
        try person.sees("Under the name", "[ Restore ]").presses("Enter").sees("its tokens stay revoked")
        try person.sees("gains Sales Invoices of US").presses("Enter").sees("Nothing is deleted").settle()
        #expect(try store.grants(of: "Portal Mexico") == grants)
        let tokens = try store.json([Token].self, "token", "list", "Portal Mexico")
        #expect(tokens.map(\.state) == ["revoked"])
        #expect(
          try store.json([Member].self, "team", "members", "Sales MX") == [Member(name: "Portal Mexico")])
        #expect(try actions(store, last: 1) == ["apiUser.restore"])
      }
    }

    @Test("a thing that was purged from Deleted, with its name typed, can't be restored")
    func purged() throws {
      try onPeople { store, person in
        try store.succeed("api-user", "delete", "Portal Mexico", "--yes")
        try person.presses("s x").sees("Portal Mexico").settle().presses("P").sees("nor can it be restored")
        try person.presses("BTab BTab").types("Portal Mexico").presses("Tab Enter").sees("purged for good")
        try person.settle().presses("u Enter").sees("was purged").settle()
        let refused = try store.popsec("deleted", "restore", "api-user", "Portal Mexico")
        #expect(refused.status == 66)
        // The undoing that was refused has its row, too.
        #expect(try actions(store, last: 2) == ["apiUser.purge", "attempt.refused"])
      }
    }
  }
}
