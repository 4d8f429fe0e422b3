import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite("a store in PostgreSQL", .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
  struct StoreInPostgres {
    @Test("what another process changes shows by itself")
    func follows() throws {
      try onStore(inDatabase: true) { store in
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Click here to add an API user")
        try store.succeed("api-user", "add", "Portal US", "--token", "second")
        try person.sees("Portal US")
      }
    }

    @Test("a token opens its widget through nginx by either of two gates, and by neither at the next request")
    func gates() throws {
      try #require(Tool.nginx.isThere)
      try onStore(inDatabase: true) { store in
        let token = try store.mexico()
        let (one, other) = (try GateHouse(store), try GateHouse(store, named: "other"))
        defer {
          one.end()
          other.end()
        }
        try one.startApplication()
        try other.startApplication()
        let ports = [(one, try one.start(.nginx)), (other, try other.start(.nginx))]
        let target = "/widgets/sales?token=\(token)"
        for (house, port) in ports { #expect(try house.get(target, at: port).status == 200) }
        try store.succeed("token", "revoke", "Portal Mexico", "portal", "--yes")
        for (house, port) in ports {
          let reply = try house.get(target, at: port)
          #expect(reply.status == 401, "\(reply.status) \(reply.headers) \(reply.body)")
        }
        // Uses and denials of both gates come together in the database.
        try eventually("the uses and denials of both gates") {
          let listed = try store.popsec("denials").output
          let tokens = try store.popsec("token", "list", "Portal Mexico", "--columns", "uses", "--no-header")
            .output
          return listed.split(separator: "\n").count == 3 && tokens.contains("2")
        }
      }
    }

    @Test("the rate of a token counts over all gates where an administrator has set that")
    func rates() throws {
      try onStore(inDatabase: true) { store in
        let token = try store.mexico()
        try store.succeed("token", "limit", "Portal Mexico", "portal", "--rate", "3")
        try store.succeed("settings", "set", "gate.ratesTogether", "on")
        let (one, other) = (try GateHouse(store), try GateHouse(store, named: "other"))
        defer {
          one.end()
          other.end()
        }
        func status(_ house: GateHouse) throws -> Int { try house.forwardedStatus(token) }
        for _ in 1...2 { #expect(try status(one) == 200) }
        // Of three a minute one is left for the other gate, as soon as that has heard.
        try eventually("the report of the first gate") {
          let told = "SELECT count(*) FROM popsec_gate.gate_rate WHERE counts <> ''"
          return try PostgresServer.shared?.get().query(store.databaseName, told) == "1"
        }
        try eventually("the other gate's end of the rate") { try status(other) == 429 }
        try eventually("the first gate's end of the rate") { try status(one) == 429 }
      }
    }

    @Test(
      "a gate that runs notices that its database lost changes, tells others, and goes on when that is accepted"
    )
    func losesChanges() throws {
      try onStore(inDatabase: true) { store in
        let token = try store.mexico()
        let server = try #require(PostgresServer.shared).get()
        let house = try GateHouse(store)
        defer { house.end() }
        func awaitKeptHead() throws {
          let isKept = """
            SELECT (SELECT sequence FROM popsec_gate.kept_head) = (SELECT max(sequence) FROM popsec.audit)
            """
          try eventually("the kept head") { try server.query(store.databaseName, isKept) == "t" }
        }
        #expect(try house.forwardedStatus(token) == 200)
        try awaitKeptHead()
        let before = try server.dump(store.databaseName)
        try store.succeed("token", "revoke", "Portal Mexico", "portal", "--yes")
        #expect(try house.forwardedStatus(token) == 401)
        try awaitKeptHead()
        // The kept head is lost together with the changes.
        let loss = "BEGIN; DROP SCHEMA popsec, popsec_gate CASCADE;\n\(before)\nCOMMIT"
        _ = try server.query(store.databaseName, loss)
        try eventually("the gate's refusal") { try house.forwardedStatus(token) == 503 }
        let other = try GateHouse(store, named: "other")
        defer { other.end() }
        #expect(try other.forwardedStatus(token) == 503)
        try store.succeed("gate", "accept-rollback", "--yes")
        try eventually("the answers of both gates") {
          try [house, other].allSatisfy { try $0.forwardedStatus(token) == 200 }
        }
      }
    }

    @Test("a store goes into the database and back, as a copy and as a backup, and stays the same")
    func moves() throws {
      try onStore(inDatabase: true) { store in
        try store.succeed("api-user", "add", "Pörtal", "--token", "first")
        let (copy, backup) = (store.folder.path + "/copy", store.folder.path + "/backup")
        try store.succeed("store", "copy", store.place, copy)
        #expect(try store.popsec("store", "compare", store.place, copy).status == 0)
        try store.succeed("audit", "verify", "--store", copy)
        try store.succeed("backup", "--output", backup)
        try store.succeed("restore", backup, "--store", store.folder.path + "/restored")
        let again = try #require(PostgresServer.shared).get().makeDatabase()
        try store.succeed("restore", backup, "--store", again)
        try store.succeed("audit", "verify", "--store", again)
        try store.succeed("api-user", "disable", "Pörtal", "--store", again)
        let compared = try store.popsec("store", "compare", again, copy)
        #expect(compared.status == 1 && compared.output.contains("they differ"), "\(compared.output)")
        // Where there is a store, none is made.
        #expect(try store.popsec("restore", backup, "--store", again).status == 73)
        #expect(try store.popsec("store", "copy", store.place, again).status == 73)
      }
    }

    @Test("a password never comes in by an argument or the environment, and is not repeated")
    func passwords() throws {
      try onStore(.nothing) { store in
        let address = "postgresql://popsec:verysecret@localhost/store"
        let cases: [([String], [String: String])] = [
          (["--store", address, "--keys", "/nowhere"], [:]),
          ([], ["POPSEC_STORE": address, "POPSEC_KEYS": "/nowhere"]),
          (["--store", "postgresql://localhost/s", "--keys", "/nowhere"], ["PGPASSWORD": "verysecret"]),
        ]
        for (arguments, variables) in cases {
          let printed = try store.start(["team", "list"] + arguments, adding: variables).finish()
          #expect(printed.status == 64 && printed.errors.contains(".pgpass"), "\(printed.errors)")
          #expect(!(printed.output + printed.errors).contains("verysecret"))
        }
      }
    }

    @Test(
      "without libpq there is one clear message, and stores in folders work",
      .enabled(if: Namespace.obstacle == nil))
    func withoutLibrary() throws {
      try onStore { store in
        let script = """
          for file in /usr/lib/*/libpq.so.5*; do mount --bind /dev/null "$file"; done
          set +e
          \(TestStore.program) team list; echo "status $?"
          \(TestStore.program) team list --store postgresql://localhost/s --keys /nowhere; echo "status $?"
          """
        let command = Namespace.command(script)
        let printed = try Running(
          command[0], Array(command.dropFirst()), environment: store.environment,
          file: store.folder.appendingPathComponent("without")
        ).finish()
        #expect(
          printed.output.contains("status 0") && printed.output.contains("status 69"), "\(printed.output)")
        #expect(printed.errors.contains("apt-get install libpq5"), "\(printed.errors)")
      }
    }
  }
}

extension GateHouse {
  /// The status with which the gate answers a proxy's question about a widget with a token.
  fileprivate func forwardedStatus(_ token: String) throws -> Int {
    let request = """
      GET /auth/forward HTTP/1.1\r\nHost: gate\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n\
      X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /widgets/sales?token=\(token)\r\n\r\n
      """
    return try Reply(raw(Array(request.utf8), patience: 5_000, once: true)).status
  }
}
