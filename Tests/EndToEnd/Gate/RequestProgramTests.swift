import Foundation
import Glibc
import TestSupport
import Testing

extension GatesEndToEnd {
  /// People whose identity comes from sudo's variables. No user made Bob and Carol, so they may agree to each other's
  /// changes.
  @Suite("requests of support", .enabled(if: getuid() == 0, "only root comes as somebody else"))
  struct Requests {
    private enum Human: String {
      case sam = "games"
      case bob = "bin"
      case carol = "daemon"
      case ada = "sys"

      var variables: [String: String] {
        let account = getpwnam(rawValue)?.pointee
        return [
          "SUDO_USER": rawValue, "SUDO_UID": "\(account?.pw_uid ?? 0)", "SUDO_GID": "\(account?.pw_gid ?? 0)",
        ]
      }
    }

    private func run(
      _ store: TestStore, _ human: Human, _ arguments: String...
    ) throws -> TestStore.Printed {
      try store.start(arguments, adding: human.variables).finish()
    }

    private func addPeople(_ store: TestStore) throws {
      let own = try #require(try store.json([Named].self, "user", "list").first).name
      try store.succeed("user", "add", "Ada", "--role", "Administrator", "--unix", "sys")
      #expect(try run(store, .ada, "user", "delete", own, "--yes").status == 0)
      for (name, role, unix) in [
        ("Sam", "SecurityRequester", "games"), ("Bob", "Administrator", "bin"),
        ("Carol", "Administrator", "daemon"),
      ] { try store.succeed("user", "add", name, "--role", role, "--unix", unix) }
    }

    private struct Named: Decodable { let name: String }

    /// What the gate says to a token; and the id of its decision.
    private func ask(_ house: GateHouse, _ token: String) throws -> (isAllowed: Bool, decision: String?) {
      let text =
        "GET /auth/forward HTTP/1.1\r\nHost: x\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n"
        + "X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /widgets/sales?token=\(token)\r\n\r\n"
      let answer = try house.raw(Array(text.utf8))
      let decision = answer.firstMatch(of: /(?i)x-popsec-decision: ([0-9a-f]{16})/)?.1
      return (answer.hasPrefix("HTTP/1.1 200"), decision.map(String.init))
    }

    private func number(_ printed: TestStore.Printed) throws -> String {
      try #require(
        printed.output.firstMatch(of: /proposal (\d+)/).map { String($0.1) }, "\(printed.errors)")
    }

    @Test(
      "support proposes the fix of a denial, an administrator agrees in the console, and the gate allows it")
    func denial() throws {
      try onStore { store in
        let yaml = "  - name: Portal US\n    tokens: [{name: portal}]\n"
        try store.succeed("apply", "--yes", try store.file("users.yaml", BusinessCentral.apiUsers(yaml)))
        let token = try store.popsec("token", "reveal", "Portal US", "portal", mayReveal: true).output
          .trimmingCharacters(in: .whitespacesAndNewlines)
        try addPeople(store)
        let house = try GateHouse(store)
        defer { house.end() }
        let id = try #require(try ask(house, token).decision)
        // Denials are written in the background.
        try eventually("the denial") {
          try run(store, .sam, "explain", "--decision", id).status == 1
        }
        func propose(_ more: String...) throws -> Running {
          try store.start(
            ["inbox", "propose", "--fix-of", id, "--reason", "the US shop opens"] + more,
            adding: Human.sam.variables)
        }
        let waiting = try propose("--wait")
        try eventually("the proposal") {
          try run(store, .bob, "inbox").output.contains("Portal US")
        }
        let listed = try store.json([Listed].self, "inbox", "list")
        let refused = String(try #require(listed.first).number)
        #expect(listed.first?.reason == "the US shop opens" && listed.first?.decision == id)
        #expect(try run(store, .bob, "inbox", "refuse", refused).status == 65)
        #expect(try run(store, .bob, "inbox", "refuse", refused, "--because", "say until when").status == 0)
        let verdict = try waiting.finish()
        #expect(verdict.status == 1 && verdict.output.contains("declined: say until when"))

        #expect(try propose("--until", "2020-01-01").finish().status == 65)
        #expect(try propose("--wait", "--at-most", "0").finish().status == 75)
        let asked = try propose("--until", "+14d").finish()
        #expect(asked.status == 0)
        let number = try number(asked)
        #expect(try run(store, .sam, "inbox", "agree", number, "--yes").status == 77)
        #expect(try !ask(house, token).isAllowed)

        let bob = try store.person(adding: Human.bob.variables)
        try bob.sees("Security").presses("s i Enter").sees("Sam", "the US shop opens", id)
        try bob.presses("A").sees("[ Agree ]").settle()
        try bob.presses("BTab Enter").sees("agreed to", "carried out")
        #expect(try ask(house, token).isAllowed)
        let shown = try run(store, .sam, "inbox", "show", number)
        #expect(shown.output.contains("carried out") && shown.output.contains("Bob"))
      }
    }

    private struct Listed: Decodable {
      let number: Int64
      let reason: String?
      let decision: String?
    }

    @Test("where it takes two, agreeing asks another, who is not the asker")
    func two() throws {
      try onStore { store in
        let yaml = "  - {name: Boss, enabled: false, roles: [Administrator]}\n"
        try store.succeed("apply", "--yes", try store.file("users.yaml", BusinessCentral.apiUsers(yaml)))
        try addPeople(store)
        try store.succeed("settings", "set", "dual.administrator", "on")
        let asked = try run(
          store, .sam, "inbox", "propose", "--api-user", "Boss", "--widget", "Sales", "--reason", "year end")
        #expect(asked.status == 0, "\(asked.errors)")
        let request = try number(asked)
        let agreed = try run(store, .bob, "inbox", "agree", request, "--yes")
        #expect(agreed.status == 75)
        let carried = try #require(agreed.errors.firstMatch(of: /proposal (\d+)/).map { String($0.1) })
        #expect(try run(store, .bob, "inbox", "agree", carried, "--yes").status == 77)
        #expect(try run(store, .sam, "inbox", "agree", carried, "--yes").status == 77)
        #expect(try run(store, .carol, "inbox", "agree", carried, "--yes").status == 0)
        let shown = try run(store, .sam, "inbox", "show", request)
        #expect(shown.output.contains("carried out"))
        #expect(
          try run(store, .sam, "check", "--api-user", "Boss", "--widget", "Sales").status == 0)
      }
    }
  }
}
