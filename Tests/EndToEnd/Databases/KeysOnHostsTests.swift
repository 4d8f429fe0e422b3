import Foundation
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite(
    "the keys of a store in PostgreSQL on several hosts",
    .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
  struct KeysOnHosts {
    /// Folders as each host has one: of the host on which keys are exchanged, of one with a gate, of one with a console.
    private struct Hosts {
      let store: TestStore
      let (own, gate, console): (String, String, String)

      init(_ store: TestStore) throws {
        self.store = store
        own = store.folder.path + "/keys"
        gate = try store.privateFolder("gate-keys")
        console = try store.privateFolder("console-keys")
        try copy(["lookup.key"], to: gate)
        try copy(FileManager.default.contentsOfDirectory(atPath: own), to: console)
      }

      /// Copies keys, over those that are there.
      func copy(_ names: [String], to folder: String) throws {
        for name in names {
          try? FileManager.default.removeItem(atPath: folder + "/" + name)
          try FileManager.default.copyItem(atPath: own + "/" + name, toPath: folder + "/" + name)
        }
      }

      /// Runs a command on the host with the console.
      func console(_ arguments: String...) throws -> TestStore.Printed {
        try store.start(arguments + ["--keys", console]).finish()
      }
    }

    private func onHosts(_ body: (TestStore, Hosts) throws -> Void) throws {
      try onStore(inDatabase: true) { store in
        _ = try store.mexico()
        try body(store, try Hosts(store))
      }
    }

    private func status(_ house: GateHouse, _ token: String) throws -> Int {
      let request = """
        GET /auth/forward HTTP/1.1\r\nHost: gate\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n\
        X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /widgets/sales?token=\(token)\r\n\r\n
        """
      return try GateHouse.Reply(house.raw(Array(request.utf8), patience: 5_000, once: true)).status
    }

    @Test(
      "the lookup key is exchanged once the gates of all hosts have the new one, which then need no restart")
    func lookup() throws {
      try onHosts { store, hosts in
        let token = try store.tokenID("Portal Mexico", "portal")
        let house = try GateHouse(store, ["--keys", hosts.gate])
        defer { house.end() }
        #expect(try status(house, token) == 200)
        try eventually("the gate to tell which keys it knows") {
          try store.popsec("key", "list").output.contains("gate (process")
        }
        let early = try store.popsec("key", "rotate", "lookup", "--gate-seconds", "0")
        #expect(early.status == 69 && early.errors.contains("a gate does not know the new lookup key"))
        #expect(try status(house, token) == 200)
        try hosts.copy(["lookup-next.key"], to: hosts.gate)
        try store.succeed("key", "rotate", "lookup")
        #expect(try status(house, token) == 200)
        // A console that has only the former key makes no token that gates would not find.
        let added = try hosts.console("token", "add", "Portal Mexico", "second")
        #expect(added.status == 69 && added.errors.contains("the store goes by another lookup key"))
        let doctor = try hosts.console("doctor")
        #expect(doctor.status == 1 && doctor.output.contains("BAD   lookup key"))
        try hosts.copy(["lookup.key"], to: hosts.console)
        #expect(try hosts.console("token", "add", "Portal Mexico", "second").status == 0)
        #expect(try status(house, store.tokenID("Portal Mexico", "second")) == 200)
      }
    }

    @Test(
      "after the seal key was exchanged, a console that has only the former one makes and shows no Token ID")
    func seal() throws {
      try onHosts { store, hosts in
        try store.succeed("key", "rotate", "seal")
        for command in [
          ["token", "add", "Portal Mexico", "second"], ["token", "reveal", "Portal Mexico", "portal"],
        ] {
          let refused = try store.start(command + ["--keys", hosts.console]).finish()
          #expect(refused.status == 69 && refused.output == "", "\(command): \(refused)")
          #expect(refused.errors.contains("the Token ID was sealed under another key"))
        }
        #expect(try hosts.console("doctor").output.contains("BAD   seal key"))
        try hosts.copy(["seal.key"], to: hosts.console)
        #expect(try hosts.console("token", "add", "Portal Mexico", "second").status == 0)
        #expect(try store.popsec("token", "list", "Portal Mexico", "--no-header").output.contains("second"))
      }
    }
  }
}
