import Foundation
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("the gate as a program")
  struct GateProgram {
    private static let forwarded = """
      X-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: portal.example.com\r\n
      """

    private func request(_ target: String, _ more: String = "", host: String = "x") -> String {
      "GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\(more)\r\n"
    }

    @Test("the gate refuses to run as an account that can read the seal key")
    func sealKey() throws {
      try onStore { store in
        let printed = try store.popsec("gate", "--listen", "unix:" + store.folder.path + "/g.sock")
        #expect(printed.status == 77)
        #expect(printed.errors.contains("can read the seal key") && printed.errors.contains("hint:"))
      }
    }

    @Test("a store that is made for a group lets it look up, and keeps the seal key from it")
    func group() throws {
      try onStore(.nothing) { store in
        let group = String(cString: try #require(getgrgid(getgid())).pointee.gr_name)
        try store.succeed("init", "--group", group)
        let modes = [
          ("", 0o2770), ("/popsec.db", 0o660), ("/keys/lookup.key", 0o640), ("/keys/decoys", 0o640),
          ("/keys/seal.key", 0o600),
        ]
        for (name, mode) in modes {
          let attributes = try FileManager.default.attributesOfItem(atPath: store.path + name)
          #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
        try store.succeed("api-user", "add", "Portal", "--token", "portal")
        #expect(try store.popsec("init", "--group", "no-such-group").status == 66)
      }
    }

    /// As Traefik 3 and Envoy 1.31 send them, with what else they send.
    @Test("the gate understands the requests of Traefik and Envoy", arguments: ["traefik", "envoy"])
    func replay(proxy: String) throws {
      try onStore { store in
        let token = try store.mexico()
        let house = try GateHouse(store)
        defer { house.end() }
        let text =
          proxy == "traefik"
          ? request(
            "/auth/forward",
            "User-Agent: Mozilla/5.0\r\nAccept-Encoding: gzip\r\nX-Forwarded-For: 203.0.113.9\r\n"
              + "X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Port: 443\r\n"
              + "X-Forwarded-Proto: https\r\nX-Forwarded-Server: traefik-0\r\n"
              + "X-Forwarded-Uri: /widgets/sales?token=\(token)\r\nX-Real-Ip: 203.0.113.9\r\n",
            host: "popsec")
          : request(
            "/auth/envoy/widgets/sales?token=\(token)",
            "x-forwarded-for: 203.0.113.9\r\nx-envoy-internal: true\r\ncontent-length: 0\r\n"
              + "x-envoy-expected-rq-timeout-ms: 200\r\nuser-agent: Mozilla/5.0\r\n",
            host: "portal.example.com:443")
        let answer = try house.raw(Array(text.utf8))
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("Remote-User: Portal%20Mexico\r\n"))
        // Uses are written in the background.
        try eventually("the use of the token") {
          try store.popsec("token", "list", "Portal Mexico", "--json").output.contains("203.0.113.9")
        }
      }
    }

    @Test("a body that waits to be asked for is asked for at once, and every answer has a date")
    func expectation() throws {
      try onStore { store in
        let house = try GateHouse(store, ["--authzen"])
        defer { house.end() }
        let body =
          #"{"subject":{"type":"apiUser","id":"nobody"},"action":{"name":"GET"},"#
          + #""resource":{"type":"endpoint","id":"none"}}"#
        func head(_ length: Int) -> String {
          "POST /access/v1/evaluation HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "X-Request-ID: caf\u{E9} 1\r\nExpect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"
        }
        let interim = "HTTP/1.1 100 Continue\r\n\r\n"
        #expect(try house.raw(Array(head(body.utf8.count).utf8)) == interim)
        let whole = try house.raw(Array((head(body.utf8.count) + body + request("/healthz")).utf8))
        #expect(whole.hasPrefix(interim + "HTTP/1.1 200 OK\r\n"))
        #expect(whole.contains("X-Request-ID: caf\u{E9} 1\r\n") && whole.contains(#""decision":false"#))
        #expect(whole.hasSuffix("\r\n\r\nok\n"))
        let tooLarge = try house.raw(Array(head(300_000).utf8))
        #expect(tooLarge.hasPrefix("HTTP/1.1 413 ") && tooLarge.contains("X-Request-ID: caf\u{E9} 1\r\n"))
        let answers =
          [whole, tooLarge, try house.raw(Array("nonsense\r\n\r\n".utf8))]
          + (try ["/nothing", "/auth/forward", "/metrics"].map { try house.raw(Array(request($0).utf8)) })
        for answer in answers {
          let dates = answer.matches(
            of: #/\r\nDate: (Sat|Sun|Mon|Tue|Wed|Thu|Fri), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\r\n/#)
          let count = answer.matches(of: #/HTTP\/1.1 [2-5]/#).count
          #expect(dates.count == count && count > 0, "\(answer.prefix(200))")
        }
      }
    }

    @Test("AuthZEN is off until it is asked for, and its address is checked")
    func authZEN() throws {
      try onStore { store in
        let path = "/.well-known/authzen-configuration"
        do {
          let house = try GateHouse(store)
          defer { house.end() }
          #expect(try house.raw(Array(request(path).utf8)).hasPrefix("HTTP/1.1 404 "))
        }
        let house = try GateHouse(store, ["--authzen", "--authzen-url", "https://pdp.example.com"])
        defer { house.end() }
        let answer = try house.raw(Array(request(path).utf8))
        #expect(answer.contains(#""policy_decision_point":"https://pdp.example.com""#))
        let wrong = [
          (["--authzen-url", "https://pdp.example.com"], "--authzen-url needs --authzen"),
          (["--authzen", "--authzen-url", "http://pdp.example.com"], "is no https address"),
        ]
        for (arguments, message) in wrong {
          let printed = try store.start(["gate", "--allow-seal-key"] + arguments).finish()
          #expect(printed.status == 64 && printed.errors.contains(message))
        }
      }
    }

    @Test("smuggled, endless and malformed requests are refused, and the gate goes on")
    func malformed() throws {
      try onStore { store in
        let house = try GateHouse(store)
        defer { house.end() }
        let smuggled =
          "POST /access/v1/evaluation HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        #expect(!(try house.raw(Array(smuggled.utf8)).contains("200 OK")))
        let twice = "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
        #expect(!(try house.raw(Array(twice.utf8)).contains("200 OK")))
        let long = "GET /" + String(repeating: "a", count: 1_000_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"
        #expect(!(try house.raw(Array(long.utf8)).contains("200 OK")))
        let bomb = (0..<20_000).map { "X-Header-\($0): \($0)\r\n" }.joined()
        #expect(!(try house.raw(Array(request("/healthz", bomb).utf8)).contains("200 OK")))
        let body = String(repeating: " ", count: 300_000)
        let large = "POST /access/v1/evaluation HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + body
        #expect(try house.raw(Array(large.utf8)).contains("413"))
        _ = try house.raw([0, 255, 13, 10, 13, 10])
        // In order, on one connection.
        let both = request("/healthz") + request("/nothing") + request("/healthz")
        let answers = try house.raw(Array(both.utf8)).split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
        #expect(answers == ["200", "404", "200"])
        #expect(house.gate.isAlive)
      }
    }

    @Test("the gate stops when it is told to, and writes what it gathered")
    func stops() throws {
      try onStore { store in
        let token = try store.mexico()
        let house = try GateHouse(store)
        let asked = Self.forwarded + "X-Forwarded-Uri: /widgets/sales?token=\(token)\r\n"
        #expect(try house.raw(Array(request("/auth/forward", asked).utf8)).contains("200 OK"))
        kill(house.gate.pid, SIGTERM)
        let printed = try house.gate.finish()
        #expect(printed.status == 0)
        let words = ["listening", "stopping", "stopped"]
        #expect(words.allSatisfy { printed.errors.contains("\"message\":\"\($0)\"") })
        #expect(Secrets.found(in: printed.errors).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: house.socket))
        #expect(try store.popsec("token", "list", "Portal Mexico", "--json").output.contains("\"uses\":1"))
      }
    }

    @Test(
      "a gate that is killed at whatever instant has counted no use twice, and no use is lost that others saw",
      arguments: StorePlaces.all)
    func killed(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        let token = try store.mexico()
        let asked = request(
          "/auth/forward", Self.forwarded + "X-Forwarded-Uri: /widgets/sales?token=\(token)\r\n")
        func uses() throws -> Int {
          let printed = try store.popsec("token", "list", "Portal Mexico", "--columns", "uses", "--no-header")
          return try #require(
            Int(printed.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(printed)")
        }
        for round in 1...6 {
          let before = try uses()
          let house = try GateHouse(store)
          defer { house.end() }
          let count = Int.random(in: 1...30)
          for _ in 0..<count {
            #expect(try house.raw(Array(asked.utf8), patience: 5_000, once: true).contains("200 OK"))
          }
          let waits = round.isMultiple(of: 2)
          if waits { try eventually("the uses") { try uses() == before + count } }
          usleep(.random(in: 0...300_000))
          kill(house.gate.pid, SIGKILL)
          _ = try house.gate.finish()
          #expect((before + (waits ? count : 0)...before + count).contains(try uses()), "round \(round)")
        }
      }
    }

    @Test("the socket and the folder that is made for it are the group's, and a left one is replaced")
    func socketRights() throws {
      try onStore { store in
        let group = String(cString: try #require(getgrgid(getgid())).pointee.gr_name)
        let folder = store.folder.path + "/run"
        let arguments = [
          "gate", "--allow-seal-key", "--listen", "unix:\(folder)/gate.sock", "--socket-group", group,
        ]
        for isKilled in [true, false] {
          let gate = try store.start(arguments)
          defer { kill(gate.pid, SIGKILL) }
          close(try eventually("the gate") { GateHouse.connect(toUnix: folder + "/gate.sock") })
          let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/gate.sock")
          #expect(attributes[.posixPermissions] as? Int == 0o660)
          #expect(attributes[.groupOwnerAccountID] as? Int == Int(getgid()))
          #expect(
            try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o750)
          kill(gate.pid, isKilled ? SIGKILL : SIGTERM)
          _ = try gate.finish()
        }
      }
    }

    @Test("leaked Token IDs are found in logs, told without being printed, and revoked")
    func scan() throws {
      try onStore(mayReveal: true) { store in
        let token = try store.mexico()
        let log = try store.file(
          "access.log", "first\nGET /widgets/sales?token=\(token) HTTP/1.1\n\(token.dropLast())x\n")
        let found = try store.popsec("token", "scan", log)
        #expect(found.status == 1)
        #expect(found.output.contains("access.log:2: ") && found.output.contains("live token “portal”"))
        #expect(Secrets.found(in: found.output).isEmpty)
        let unasked = try store.popsec("token", "scan", "--revoke", log)
        #expect(unasked.status == 64)
        #expect(try store.popsec("token", "scan", "--revoke", "--yes", log).status == 0)
        let after = try store.popsec("token", "scan", log)
        #expect(after.status == 0 && after.output.contains("revoked token"))
      }
    }
  }
}
