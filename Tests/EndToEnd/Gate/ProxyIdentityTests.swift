import Foundation
import Testing

extension GatesEndToEnd {
  /// What a client sends to the application past the gate's answer.
  @Suite("who asks, behind proxies")
  struct ProxyIdentity {
    /// What the application is told of the token of the tests.
    private static let told = [
      "Remote-User": "Portal%20Mexico", "Remote-Groups": "", "X-Popsec-Token": "portal",
      "X-Popsec-Connector": "Business%20Central", "X-Popsec-Companies": "MX",
      "X-Popsec-Lists": "Sales%20Orders",
      "X-Popsec-Access": #"[{"company":"MX","list":"Sales Orders"}]"#, "X-Popsec-Cut": "",
      "X-Popsec-Assertion": "",
    ]

    private static let names = told.keys.sorted() + ["X-Popsec-Decision", "X-Popsec-Until"]

    private static let attacks: [(what: String, headers: [String])] = [
      (
        "a connection that names them",
        ["Connection: close, Remote-User, X-Popsec-Access, X-Popsec-Companies"]
      ),
      ("a connection that names all", ["Connection: close, " + names.joined(separator: ", ")]),
      ("two that name them", ["Connection: close", "Connection: remote-user, x-popsec-companies"]),
      ("the names of older proxies", ["Proxy-Connection: close, Remote-User", "Keep-Alive: Remote-User"]),
      ("the names themselves", names.map { "\($0): evil" }),
      ("the names twice", (names + names).map { "\($0): evil" }),
      ("the names in capitals", names.map { "\($0.uppercased()): evil" }),
      ("the names with _", names.map { "\($0.replacing("-", with: "_")): evil" }),
      ("the names with one _", names.map { "\($0.replacing("-", with: "_", maxReplacements: 1)): evil" }),
      (
        "all at once",
        ["Connection: close, Remote-User, X-Popsec-Access, X-Popsec-Companies", "Remote_User: evil"]
          + ["X_Popsec_Companies: evil", "X-Popsec_Access: evil", "REMOTE_USER: evil"]
      ),
      ("the names with .", names.map { "\($0.replacing("-", with: ".")): evil" }),
      (
        "the names with any other sign that a name may have (RFC 9110, section 5.6.2)",
        "!#$%&'*+.^_`|~".flatMap { sign in
          ["Remote\(sign)User", "X-Popsec\(sign)Companies", "X\(sign)Popsec-Assertion"].map { "\($0): evil" }
        }
      ),
      (
        "another host or client",
        ["Host", "For", "Server", "Prefix", "Path", "Uri", "Ssl", "Scheme"].map { "X-Forwarded-\($0): evil" }
          + ["X-Remote-User: evil"]
          + ["Method", "Host", "URI"].map { "X-Original-\($0): evil" }
          + ["X-Client-IP", "Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "CF-Connecting-IP"].map {
            "\($0): evil"
          }
          + [
            "X-Forwarded: evil", "X-Override-URL: evil", "X-HTTP-Path-Override: evil", "Forwarded: host=evil",
            "X-Real-IP: evil", "Proxy: evil", "X-Forwarded-For: 10.0.0.1, evil",
          ]
      ),
      ("a method with .", ["X.HTTP.Method.Override: evil", "X.Original.URL: /evil"]),
      ("names with _ that a connection names", ["Connection: close, Remote_User", "Remote_User: evil"]),
      ("a name that the gate has beside", ["X-Popsec-Reason: evil", "X_Popsec_Reason: evil"]),
      ("a name that there may be later", ["X_Popsec_Later: evil"]),
      (
        "another method or address than the one that is judged",
        [
          "X-HTTP-Method: evil", "x-http-method-override: evil", "X-Method-Override: evil",
          "X-Rewrite-URL: /evil",
        ]
      ),
    ]

    @Test("headers behind a body reach no application", arguments: Proxy.allCases)
    func trailers(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        let head = bench.request("POST", nil, ["Transfer-Encoding: chunked", "Trailer: Remote-User"])
        let body = "2\r\nok\r\n0\r\nRemote-User: evil\r\nX-Popsec-Access: evil\r\nRemote_User: evil\r\n\r\n"
        let (_, received) = try bench.ask(head + body)
        #expect(!received.text.contains("evil"))
        let plain = bench.request("POST", nil, ["Content-Length: 2"])
        #expect(try bench.ask(plain + "ok").status == 200)
      }
    }

    @Test("only the gate tells the application who asks", arguments: Proxy.allCases)
    func identity(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        for (what, headers) in Self.attacks {
          let (status, received) = try bench.ask(bench.request("GET", nil, headers))
          #expect(status == 200, "\(what)")
          #expect(!received.text.contains("evil"), "\(what)")
          for (name, value) in Self.told {
            let values = received.values(name)
            #expect(value.isEmpty ? values.allSatisfy(\.isEmpty) : values == [value], "\(what): \(name)")
          }
          #expect(received.values("X-Popsec-Decision").first?.isEmpty == false, "\(what)")
          // The token has an end.
          #expect(received.values("X-Popsec-Until").first.flatMap { $0.last } == "Z", "\(what)")
        }
      }
    }

    @Test(
      "the gate's headers are handed on, a signed identity too, and nothing of a refusal",
      arguments: Proxy.allCases)
    func handedOn(proxy: Proxy) throws {
      try #require(proxy.tool.isThere)
      for isAllowed in [true, false] {
        try onStore { store in
          let house = try GateHouse(store, group: proxy.group)
          defer { house.end() }
          let application = try RecordingServer(port: house.applicationPort)
          defer { application.end() }
          let path = store.folder.path + "/other.sock"
          let lines = Self.names.map { "\($0): of-the-gate-\($0)\r\n" }.joined()
          let gate = try RecordingServer(
            unix: path,
            answer: "HTTP/1.1 \(isAllowed ? "200 OK" : "403 Forbidden")\r\n\(lines)Content-Length: 0\r\n\r\n")
          defer { gate.end() }
          let evil = Self.names.map { "\($0): evil\r\n" }.joined()
          let port = try house.start(proxy, .init(gate: path))
          let status = try RawConnection.ask(
            port, "GET /a HTTP/1.1\r\nHost: portal.example.com\r\nConnection: close\r\n\(evil)\r\n")
          #expect(status == (isAllowed ? 200 : 403))
          let received = Received(application.text)
          #expect(received.text.isEmpty == !isAllowed)
          for name in Self.names {
            #expect(received.values(name) == (isAllowed ? ["of-the-gate-\(name)"] : []), "\(name)")
          }
        }
      }
    }

    @Test(
      "the application gets neither a token nor the gate's cookie, but everything else",
      arguments: Proxy.allCases)
    func secrets(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        let body = bench.request(
          "POST", bench.opening + "&a=b%20c&d", ["Content-Length: 5", "X-Other: kept"])
        let (status, received) = try bench.ask(body + "hello")
        #expect(status == 200 && received.text.hasSuffix("\r\n\r\nhello"))
        #expect(received.text.hasPrefix("POST /widgets/sales?"))
        #expect(Secrets.found(in: received.text).count == 0)
        #expect(received.text.contains("a=b%20c&d"))
        #expect(received.values("X-Other") == ["kept"])
        let places = [
          ["X-Api-Key: \(bench.token)"], ["Authorization: Bearer \(bench.token)"],
          ["X-Api-Key: \(bench.token)", "Referer: https://x/?token=\(bench.token)"],
        ]
        for (number, headers) in places.enumerated() {
          let (status, received) = try bench.ask(bench.request("GET", "/widgets/sales", headers))
          #expect(status == 200, "\(number)")
          #expect(Secrets.found(in: received.text).count == 0, "\(number)")
        }
      }
    }

    /// What a client sends as cookies, where H stands for the gate's, and what the application may see of them.
    private static let cookies: [(sent: [String], kept: [String])] = [
      (["H"], []), (["a=b; H; c=d"], ["a=b", "c=d"]), (["H;a=b"], ["a=b"]), (["a=b;H"], ["a=b"]),
      (["a=b;H;c=d"], ["a=b", "c=d"]), (["H; H"], []), (["H;H;a=b"], ["a=b"]),
      (["a=b; H; c=d; H; e=f"], ["a=b", "c=d", "e=f"]), (["a=b; popsec=1; H"], ["a=b"]),
      (["H; popsec=; a=b"], ["a=b"]), (["a=b ;\tH ; c=d"], ["a=b", "c=d"]), (["H", "a=b"], ["a=b"]),
      (["a=b", "H"], ["a=b"]),
      (["xpopsec=1; popsecx=2; x=popsec=3; H"], ["xpopsec=1", "popsecx=2", "x=popsec=3"]),
    ]

    @Test("the gate's cookie is taken out however it is written", arguments: Proxy.allCases)
    func cookie(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        let opened = try bench.house.get(bench.opening, at: bench.port)
        let cookie = try #require(opened.cookie)
        for (sent, kept) in Self.cookies {
          let lines = sent.map { "Cookie: " + $0.replacing(#/\bH\b/#, with: cookie) }
          let (status, received) = try bench.ask(bench.request("GET", "/widgets/sales/app.js", lines))
          // Apache makes one value of two headers, with a comma between: no cookie is found in that.
          let isRefused = proxy == .apache && sent.count > 1
          #expect(status == (isRefused ? 401 : 200), "\(sent)")
          let isTold = received.text.contains(cookie)
          #expect(!isTold, "\(sent)")
          #expect(received.cookies == (isRefused ? [] : kept), "\(sent)")
        }
        // Of so many, nginx hands on none.
        let many = "Cookie: a=b; " + Array(repeating: cookie, count: 4).joined(separator: "; ")
        let received = try bench.ask(bench.request("GET", "/widgets/sales/app.js", [many])).received
        #expect(received.cookies == (proxy == .nginx ? [] : ["a=b"]))
      }
    }
  }
}
