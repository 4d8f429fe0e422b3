import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite(
    "the page of three hosts",
    .enabled(if: ThreeHosts.obstacle == nil, "\(ThreeHosts.obstacle ?? "")"))
  struct ThreeHostsPage {
    @Test(
      "leads from three bare hosts to a token that opens its widget on another host, is revoked there at the next request, and stays so when the primary is lost"
    )
    func followed() throws {
      try onStore(.nothing, mayReveal: true) { store in
        let hosts = try ThreeHosts(store)
        defer { hosts.end() }
        let reader = Reader(store: store, hosts: hosts)
        var blocks = try ThreeHosts.blocks()[...]
        let (exchanging, promoting) = (blocks.removeLast(), blocks.removeLast())
        let (revoking, walk) = (blocks.removeLast(), blocks.removeLast())
        try #require([walk, revoking, promoting].map(\.hosts) == [["home"], ["home"], ["db2"]])
        for block in blocks { for host in block.hosts { try reader.follow(block, on: host) } }

        // The seven steps, on db1.
        let lines = walk.script.split(separator: "\n").map(String.init)
        try #require(lines.count == 3)
        try hosts.run("home", lines[0])
        let tokenID = try reader.walk(lines[1])
        try hosts.run("home", lines[2])
        #expect(try reader.page(tokenID) == "200")
        #expect(try reader.page("none") == "401")
        try hosts.run("home", "ssh popsec@web api-user add Second --token kept")
        try hosts.run("home", "ssh popsec@web \"api-user team Second --add 'Sales MX' --yes\"")
        let kept = try hosts.run("home", "ssh popsec@db2 token reveal Second kept")
          .trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try reader.page(kept) == "200")
        try hosts.run("home", revoking.script)
        #expect(try reader.page(tokenID) == "401")

        try hosts.run("home", "ssh popsec@db1 api-user add Acknowledged")
        try hosts.lose("db1")
        #expect(try reader.page(tokenID) != "200")
        try hosts.run("db2", promoting.script)
        try eventually("the gate of web") { try reader.page(kept) == "200" }
        #expect(try reader.page(tokenID) == "401")
        for host in exchanging.hosts {
          let said = try hosts.run(host, exchanging.script)
          #expect(said.contains("postgresql://popsec@db2,db1/popsec"), "\(said)")
          try hosts.run(host, "service ssh restart")
        }
        try hosts.run(
          "home",
          "ssh popsec@web api-user show Acknowledged > /dev/null && ssh popsec@web audit verify | grep 'chain is whole'"
        )
        try hosts.run("home", "ssh popsec@web token revoke Second kept --yes")
        #expect(try reader.page(kept) == "401")
      }
    }

    /// Somebody who follows the page.
    private struct Reader {
      let store: TestStore
      let hosts: ThreeHosts

      func follow(_ block: ThreeHosts.Block, on host: String) throws {
        guard block.script.contains("popsec setup") else {
          try hosts.run(host, block.script)
          return
        }
        let said: String
        if block.script.contains("setup --store") {
          let person = try store.person(try hosts.command(host, block.script), columns: 300, rows: 60)
          try person.sees("let users in over SSH? [Y/n]").types("\r").sees("start the gate").types("\r")
          try person.sees("their name:").types("Ada\r").sees("key:")
          person.types(try hosts.run("home", "cat /mnt/home/.ssh/ada.pub") + "\r")
          #expect(try person.seesEnd() == 0, "\(person.text)")
          said = person.text
          #expect(said.contains("in which Ada is Administrator"), "\(said)")
        } else {
          // A pass file that only root can read is told of, before anything is done.
          try hosts.run(host, "chmod 0600 /etc/popsec/pgpass")
          let refused = try hosts.run(host, block.script, status: 69)
          #expect(refused.contains("the pass file /etc/popsec/pgpass can't be read by the account popsec"))
          #expect(
            refused.contains("hint: ") && refused.contains("chmod 0640 /etc/popsec/pgpass"), "\(refused)")
          try hosts.run(host, "chmod 0640 /etc/popsec/pgpass")
          said = try hosts.run(host, block.script)
        }
        for seen in ["popsec reaches it", "popsec-support reaches it", "one key may come in as popsec"] {
          #expect(said.contains(seen), "\(host): \(seen): \(said)")
        }
        try startWithoutSystemd(on: host, by: said)
      }

      /// No systemd runs on the hosts, and setup says what to do then.
      private func startWithoutSystemd(on host: String, by said: String) throws {
        let advice = said.split(separator: "\n").compactMap { line in
          line.firstMatch(of: #/^ *-> (service ssh restart|install -d .*?) *$/#).map { String($0.output.1) }
        }
        try #require(advice.count == 2, "\(said)")
        try hosts.run(host, advice[0])
        try hosts.run(host, "{ \(advice[1]); } < /dev/null > /run/gate.log 2>&1 &")
        try hosts.run(host, "until [ -S /run/popsec-gate/gate.sock ]; do sleep 0.1; done")
      }

      /// Takes the steps of the README in the console, and returns what came to the clipboard.
      func walk(_ line: String) throws -> String {
        let person = try store.person(try hosts.command("home", line), columns: 100, rows: 30)
        try person.sees("Security").presses("s").sees("API users").presses("a")
        // A store that init made has decoys, so that no line stands in an empty list.
        try person.sees("Add API user").presses("a").sees("Name", "Add an API token")
        person.types("Portal").presses("Tab Space")
        try person.sees("Token name").presses("Tab").types("first").presses("Enter")
        try person.sees("Add token", "first", "Copy").settle()
        // The console stays open, and is lost with its host.
        return try person.presses("c").clipboard(1)
      }

      /// The status with which web answers somebody at home for the widget.
      func page(_ tokenID: String) throws -> String {
        try hosts.run(
          "home", "curl -sk -m 10 -o /dev/null -w '%{http_code}' -K -",
          input: "url = \"https://portal.example.com/mx/sales?token=\(tokenID)\"\n")
      }
    }
  }
}
