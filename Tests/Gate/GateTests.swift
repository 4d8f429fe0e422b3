import Access
import Administration
import Foundation
import Gate
import NIOHTTP1
import Store
import TestSupport
import Testing

@Suite struct GateTests {
  @Test("a token opens its widget, and tells the application who asks and what it may show")
  func allowed() throws {
    let scene = try GateScene()
    let answer = scene.nginx(scene.withToken)
    #expect(answer.status == 200)
    let expected = [
      ("Remote-User", "Portal%20%C3%9Cnited%2C%20Mexico"), ("Remote-Groups", ""),
      ("X-Popsec-Token", "portal"),
      ("X-Popsec-Connector", "Business%20Central"), ("X-Popsec-Companies", "MX"),
      ("X-Popsec-Lists", "Sales%20Orders"),
      ("X-Popsec-Access", #"[{"company":"MX","list":"Sales Orders"}]"#), ("X-Popsec-Cut", ""),
      ("X-Popsec-Reason", ""), ("Cache-Control", "private, no-store"), ("Referrer-Policy", "no-referrer"),
    ]
    for (name, value) in expected { #expect(answer.header(name) == value, "\(name)") }
    #expect(answer.header("X-Popsec-Decision").map { DecisionID(rawValue: $0) } != nil)
  }

  @Test("each way to show a token counts")
  func places() throws {
    let scene = try GateScene()
    let id = scene.tokenID.revealed
    for headers in [["X-Api-Key": id], ["Authorization": "Bearer " + id]] as [HTTPHeaders] {
      let isOpen = scene.nginx("/sales", headers: headers).status == 200
      #expect(isOpen)
      // A token in the address and another in a header are two.
      let isRefused =
        scene.nginx(scene.withToken, headers: headers).header("X-Popsec-Reason") == "several-tokens"
      #expect(isRefused)
    }
    // Other schemes are the application's.
    #expect(scene.nginx("/sales", headers: ["Authorization": "Basic eDp5"]).status == 401)
  }

  /// What is done, the status and the reason that follow, and the challenge.
  static let denials: [(String, @Sendable (Change, GateScene) throws -> Void, Int, String)] = [
    ("revoked", { try $0.revoke($1.token) }, 401, "token"),
    ("disabled", { try $0.setDisabled(true, $1.token) }, 401, "token"),
    (
      "expired", { change, scene in try change.setExpiry(.at(scene.clock.now), of: scene.token) }, 401,
      "token"
    ),
    ("user disabled", { try $0.setEnabled(false, $1.account) }, 403, "user"),
    ("user deleted", { try $0.deleteAccount($1.account) }, 401, "token"),
    (
      "no role",
      { change, scene in
        try change.saveRoles(
          of: .account(scene.account), Edit(was: [.builtIn(.widgetReader)], becomes: []))
      }, 403, "surface"
    ),
    (
      "other network",
      { change, scene in
        try change.setLimits(TokenLimits(networks: [Network("192.0.2.0/24")!]), of: scene.token)
      }, 403, "limits"
    ),
    (
      "other place",
      { change, scene in
        try change.setLimits(TokenLimits(endpoints: [.random()]), of: scene.token)
      }, 403, "limits"
    ),
  ]

  @Test("a commit of another process counts for the next request", arguments: denials.indices)
  func atOnce(index: Int) throws {
    let (_, change, status, reason) = Self.denials[index]
    let scene = try GateScene()
    #expect(scene.nginx(scene.withToken).status == 200)
    do { try scene.administration.change { try change($0, scene) } } catch StoreError.constraint {
      // The endpoint that the token is limited to must be one.
      try scene.administration.change { inner in
        let endpoint = try #require(try inner.reader.endpoints().first)
        try inner.setLimits(TokenLimits(endpoints: [endpoint.id]), of: scene.token)
      }
    }
    let answer = scene.nginx(scene.withToken)
    #expect(answer.status == status)
    #expect(answer.header("X-Popsec-Reason") == reason)
    let code = status == 401 ? "invalid_token" : "insufficient_scope"
    #expect(answer.header("WWW-Authenticate") == "Bearer realm=\"popsec\", error=\"\(code)\"")
    #expect(answer.header("X-Popsec-Companies") == "")
  }

  @Test("a request without a token is challenged, without an error code")
  func missing() throws {
    let answer = try GateScene().nginx("/sales")
    #expect(answer.status == 401)
    #expect(answer.header("WWW-Authenticate") == "Bearer realm=\"popsec\"")
  }

  /// A target without its token, whether it is let through.
  static let targets: [(String, Bool)] = [
    ("/sales?", true), ("/sales/app.js?", true), ("/sales?company=MX&", true), ("/sales?company=mx&", true),
    ("/sales?company=US%2C%20Inc.&", false), ("/sales?company=Nowhere&", false), ("/sales?company=&", false),
    ("/sales?company=%FF&", false), ("/sales?list=Sales+Orders&", true),
    ("/sales?list=Sales+Invoices&", false),
    ("/sales?company=MX&company=MX&", false), ("/sales?company=MX&+company=US&", false),
    ("/sales?+company=US&", false), ("/sales?company[]=US&", false), ("/sales?Company=US&", false),
    ("/sales?x=1;company=US&", false), ("/sales?[company]=US&", false), ("/sales?company]=US&", false),
    ("/sales?company%00=US&", false), ("/sales?companyx=US&", true),
    ("/salesman?", false), ("/SALES?", false), ("/?", false),
    ("//sales?", false), ("/sales;x?", false), ("/sales/../sales?", false), ("/api/orders?", false),
  ]

  @Test("every thread of a gate names the teams and roles of a token that another one has read")
  func teamsOfOtherThreads() throws {
    let scene = try GateScene()
    try scene.administration.change { change in
      let team = try change.addTeam(name: Name("Sales MX"))
      try change.saveMembers(of: team.id, adding: [scene.account], removing: [])
    }
    for target in [scene.withToken, scene.withToken + "&x=1", "/sales/a" + scene.withToken.dropFirst(6)] {
      for worker in [scene.worker, scene.otherWorker] {
        #expect(scene.nginx(target, worker: worker).header("Remote-Groups") == "Sales%20MX")
      }
    }
  }

  @Test("the widget is found by its address, narrowed by its parameters", arguments: targets)
  func address(target: String, isOpen: Bool) throws {
    let scene = try GateScene()
    let answer = scene.nginx(target + "token=" + scene.tokenID.revealed)
    #expect((answer.status == 200) == isOpen)
    #expect([200, 401, 403].contains(answer.status), "nginx takes nothing else")
  }

  @Test("a whole address, as ingress-nginx sends it, opens the same as its parts")
  func ingress() throws {
    let scene = try GateScene()
    let place = "https://portal.example.com"
    let allowed = scene.ingress(place + scene.withToken)
    #expect(allowed.status == 200)
    #expect(allowed.header("X-Popsec-Companies") == "MX")
    #expect(scene.ingress(place + "/sales").status == 401)
    #expect(scene.ingress("https://other.example.com" + scene.withToken).status == 403)
    // As with the annotation auth-method; and as from a client that sends such a header itself.
    #expect(
      scene.ingress(place + scene.withToken, headers: ["X-Original-URI": scene.withToken]).status == 200)
    let both = scene.ingress(place + "/other", headers: ["X-Original-URI": scene.withToken])
    #expect(both.status == 403 && both.header("X-Popsec-Reason") == "conflicting-headers")
    let odd = scene.ingress(place)
    #expect(odd.status == 403 && odd.header("X-Popsec-Reason") == "bad-address")
  }

  @Test("a token shown twice, or with escapes, is challenged as an invalid request")
  func severalTokens() throws {
    let scene = try GateScene()
    for target in [scene.withToken + "&token=x", "/sales?token=%78"] {
      let answer = scene.forward(target)
      #expect(answer.status == 400)
      #expect(answer.header("WWW-Authenticate") == "Bearer realm=\"popsec\", error=\"invalid_request\"")
    }
    #expect(scene.forward("/a//b").header("WWW-Authenticate") == nil)
  }

  static let preflights: [HTTPHeaders] = [
    [:], ["Origin": "https://evil.example", "Access-Control-Request-Method": "GET"],
    [
      "Origin": "https://evil.example", "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization", "X-HTTP-Method-Override": "GET",
    ],
  ]

  @Test("no preflight is let through for being one: it is judged like any request", arguments: preflights)
  func preflight(headers: HTTPHeaders) throws {
    let scene = try GateScene()
    for target in ["/sales", "/sales/app.js", "/api/orders", "/nothing"] {
      #expect(scene.nginx(target, method: "OPTIONS", headers: headers).status == 401)
      #expect(
        scene.ingress("https://portal.example.com" + target, method: "OPTIONS", headers: headers).status
          == 401)
    }
    // Of an endpoint OPTIONS is a method as any other: this one takes GET alone.
    let withToken = scene.nginx(
      "/api/orders?token=" + scene.tokenID.revealed, method: "OPTIONS", headers: headers)
    #expect(withToken.status == 403)
    #expect(withToken.header("Access-Control-Allow-Origin") == nil)
    #expect(scene.nginx(scene.withToken, method: "OPTIONS", headers: headers).status == 200)
  }

  @Test("an open widget asks for no token, and tells nobody's name")
  func open() throws {
    let scene = try GateScene()
    for target in ["/open", "/open?token=nonsense"] {
      let answer = scene.nginx(target)
      #expect(answer.status == 200)
      #expect(answer.header("Remote-User") == "")
    }
  }

  @Test("malformed requests keep their status where the dialect takes it")
  func dialects() throws {
    let scene = try GateScene()
    let nginx = scene.nginx("/a//b")
    #expect(nginx.status == 403 && nginx.header("X-Popsec-Reason") == "bad-address")
    let forward = scene.forward("/a//b")
    #expect(forward.status == 400 && forward.header("X-Popsec-Reason") == "bad-address")
    #expect(scene.worker.answer(RawRequest(target: "/nothing")).status == 404)
    let stranger = Peer.address(try #require(IPAddress("192.0.2.1")))
    #expect(scene.forward("/sales", peer: stranger).status == 403)
    #expect(scene.worker.answer(RawRequest(target: "/metrics", peer: stranger)).status == 403)
    #expect(scene.worker.answer(RawRequest(target: "/healthz", peer: stranger)).status == 200)
  }

  @Test("a rate is counted for live tokens, and ends with the minute")
  func rate() throws {
    let scene = try GateScene(limits: TokenLimits(requestsPerMinute: 3))
    for _ in 0..<3 { #expect(scene.forward(scene.withToken).status == 200) }
    let denied = scene.forward(scene.withToken)
    #expect(denied.status == 429)
    #expect(denied.header("X-Popsec-Reason") == "rate")
    #expect(denied.header("Retry-After") != nil)
    #expect(scene.nginx(scene.withToken).status == 403)
    scene.clock.advance(120)
    #expect(scene.forward(scene.withToken).status == 200)
    scene.write()
    let row = try scene.administration.denials(.first, limit: 10).rows
    #expect(row.map(\.denial.explanation.deniedStep) == [.limits, .limits])
  }

  @Test("a store that goes away closes the gate, and opens it when it is back")
  func storeGone() throws {
    let scene = try GateScene()
    #expect(scene.nginx(scene.withToken).status == 200)
    let (database, aside) = (scene.folder.store.database, scene.folder.path + "/aside")
    try FileManager.default.moveItem(atPath: database, toPath: aside)
    #expect(scene.forward(scene.withToken).status == 503)
    let nginx = scene.nginx(scene.withToken)
    #expect(nginx.status == 403 && nginx.header("X-Popsec-Reason") == "unavailable")
    #expect(scene.worker.answer(RawRequest(target: "/healthz")).status == 503)
    try FileManager.default.moveItem(atPath: aside, toPath: database)
    #expect(scene.forward(scene.withToken).status == 200)
  }

  @Test(
    "a gate that runs answers nothing from a store that a newer popsec brought up to date, and says why",
    arguments: PostgresServer.shared == nil ? [false] : [false, true])
  func storeUpgraded(inDatabase: Bool) throws {
    let scene = try GateScene(inDatabase: inDatabase)
    #expect(scene.forward(scene.withToken).status == 200)
    try scene.run("INSERT INTO migration VALUES (99, 'later', 0)")
    for _ in 0..<2 {
      let forward = scene.forward(scene.withToken)
      #expect(forward.status == 503 && forward.header("X-Popsec-Reason") == "newer-store")
      #expect(scene.nginx(scene.withToken).status == 403)
    }
    let health = scene.worker.answer(RawRequest(target: "/healthz"))
    #expect(health.status == 503 && health.body.contains("restarted"))
    try scene.run("DELETE FROM migration WHERE number = 99")
    try eventually("the store") { scene.forward(scene.withToken).status == 200 }
  }
}
