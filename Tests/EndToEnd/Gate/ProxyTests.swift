import Foundation
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("the gate behind proxies")
  struct Proxies {
    @Test(
      "a token in the address opens the widget, and goes no further than to the gate",
      arguments: Proxy.allCases)
    func opens(proxy: Proxy) throws {
      try #require(proxy.tool.isThere)
      try onStore { store in
        let token = try store.mexico()
        let house = try GateHouse(store, group: proxy.group)
        defer { house.end() }
        try house.startApplication()
        let port = try house.start(proxy)
        let page = try house.get(
          "/widgets/sales?a=1&token=\(token)&b=2", at: port,
          headers: ["Referer: http://x/?token=\(token)", "Remote-User: evil", "Cookie: a=b; c=d"])
        #expect(page.status == 200)
        #expect(page.headers["referrer-policy"] == "no-referrer")
        #expect(page.headers["cache-control"] == "private, no-store")
        #expect(page.body.contains("uri=/widgets/sales?a=1&"))
        #expect(page.body.contains("b=2 user=Portal%20Mexico companies=MX cookie=a=b; c=d referer= "))
        let holdsToken = page.body.contains(token) || page.headers.values.contains { $0.contains(token) }
        #expect(!holdsToken)
        // The parts of the page carry a cookie instead, which the application is not told.
        let cookie = try #require(page.cookie)
        let part = try house.get("/widgets/sales/app.js", at: port, headers: ["Cookie: x=y; \(cookie)"])
        #expect(part.status == 200)
        #expect(part.body.contains("user=Portal%20Mexico"))
        #expect(!part.body.contains("popsec="))
        #expect(try house.get("/widgets/other", at: port, headers: ["Cookie: \(cookie)"]).status == 401)
        // In a header it is not handed on either.
        let api = try house.get("/widgets/sales", at: port, headers: ["X-Api-Key: \(token)"])
        #expect(api.status == 200)
        let isHandedOn = api.body.contains(token)
        #expect(!isHandedOn)
      }
    }

    @Test(
      "a widget is closed without a token, with a wrong one, and after the token is revoked",
      arguments: Proxy.allCases)
    func closes(proxy: Proxy) throws {
      try #require(proxy.tool.isThere)
      try onStore { store in
        let token = try store.mexico()
        let house = try GateHouse(store, group: proxy.group)
        defer { house.end() }
        try house.startApplication()
        let port = try house.start(proxy)
        let target = "/widgets/sales?token=\(token)"
        #expect(try house.get(target, at: port).status == 200)
        let none = try house.get("/widgets/sales", at: port)
        #expect(none.status == 401)
        #expect(none.headers["www-authenticate"] == "Bearer realm=\"popsec\"")
        #expect(try house.get("/widgets/sales?token=nonsense", at: port).status == 401)
        let isOpenTwice = try house.get(target + "&token=\(token)", at: port).status < 400
        #expect(!isOpenTwice)
        for odd in ["/widgets//sales", "/widgets/./sales", "/widgets/sales;x", "/widgets/%2e/sales"] {
          let status = try house.get(odd + "?token=\(token)", at: port).status
          #expect(status >= 400, "\(odd)")
        }
        let denied = try house.get("/widgets/sales?company=US", at: port)
        let id = try #require(denied.headers["x-popsec-decision"])
        let cookie = try #require(try house.get(target, at: port).cookie)
        try store.succeed("token", "revoke", "Portal Mexico", "portal", "--yes")
        let revoked = try house.get(target, at: port)
        #expect(revoked.status == 401)
        #expect(
          try house.get("/widgets/sales/app.js", at: port, headers: ["Cookie: \(cookie)"]).status == 401)
        try Self.explains(id, store)
      }
    }

    /// Denials are written in the background.
    private static func explains(_ id: String, _ store: TestStore) throws {
      let output = try eventually("the denial") {
        let printed = try store.popsec("explain", "--decision", id)
        return printed.status == 1 ? printed.output : nil
      }
      #expect(output.contains("the request carries no token"))
    }

    @Test(
      "a preflight of a listed origin is answered by the proxy itself, and no OPTIONS comes to the application",
      arguments: [Proxy.nginx, .caddy, .haproxy])
    func preflight(proxy: Proxy) throws {
      try #require(proxy.tool.isThere)
      try onStore { store in
        let token = try store.mexico()
        let house = try GateHouse(store, group: proxy.group)
        defer { house.end() }
        try house.startApplication()
        let port = try house.start(proxy, ExampleChanges(answersPreflights: true))
        func asked(_ origin: String, _ more: [String], options: Bool = true) throws -> GateHouse.Reply {
          try house.get(
            "/widgets/sales", at: port, headers: ["Origin: \(origin)"] + more,
            method: options ? "OPTIONS" : "GET")
        }
        let (listed, method) = ("https://app.example.com", "Access-Control-Request-Method: GET")
        let answered = try asked(listed, [method, "Access-Control-Request-Headers: x-api-key"])
        #expect(answered.status == 204 && answered.body.isEmpty)
        #expect(answered.headers["access-control-allow-origin"] == listed)
        #expect(answered.headers["access-control-allow-headers"] == "Authorization, X-Api-Key")
        #expect(answered.headers["access-control-allow-credentials"] == nil)
        // Another origin, and an OPTIONS that is no preflight, are judged like any request.
        for (origin, more) in [
          ("https://evil.example", [method]), (listed, []), (listed + ".evil", [method]),
        ] {
          let denied = try asked(origin, more + ["X-HTTP-Method-Override: GET"])
          #expect(denied.status == 401 && !denied.body.contains("uri="))
          #expect((denied.headers["access-control-allow-origin"] == listed) == (origin == listed))
        }
        let page = try asked(listed, ["X-Api-Key: \(token)"], options: false)
        #expect(page.status == 200 && page.body.contains("companies=MX"))
        #expect(page.headers["access-control-allow-origin"] == listed)
        let other = try asked("https://evil.example", ["X-Api-Key: \(token)"], options: false)
        #expect(other.status == 200 && other.headers["access-control-allow-origin"] == nil)
      }
    }

    @Test("a browser shows the page with what its scripts fetch, and no more once the token is revoked")
    func browser() throws {
      for tool in [Tool.chromium, .openssl, .nginx] { try #require(tool.isThere) }
      // The address that the browser opens holds the token.
      try onStore(mayReveal: true) { store in
        let token = try store.mexico()
        let house = try GateHouse(store)
        defer { house.end() }
        try house.startApplication(
          """
          location = /widgets/sales {
            default_type text/html;
            return 200 '<!doctype html><p id="p">loading</p><script src="/widgets/sales/app.js"></script>';
          }
          location = /widgets/sales/app.js {
            default_type text/javascript;
            return 200 'fetch("/widgets/sales/data").then(r => r.text()).then(t => { p.textContent = "data: " + t })';
          }
          location = /widgets/sales/data { default_type text/plain; return 200 "orders of $http_x_popsec_companies"; }
          """)
        let certificate = try Self.certificate(store)
        let port = try house.startNginx(certificate: certificate)
        #expect(try Self.dom(store, token, port).contains("data: orders of MX"))
        try store.succeed("token", "revoke", "Portal Mexico", "portal", "--yes")
        let closed = try Self.dom(store, token, port)
        #expect(closed.contains("401") && !closed.contains("orders"))
      }
    }

    private static func certificate(_ store: TestStore) throws -> (file: String, key: String) {
      let (file, key) = (store.folder.path + "/portal.pem", store.folder.path + "/portal.key")
      let made = try Running(
        Tool.openssl.path,
        [
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=portal.example.com",
          "-out", file, "-keyout", key,
        ], environment: store.environment, file: store.folder.appendingPathComponent("openssl")
      ).finish()
      guard made.status == 0 else { throw Failure(made.errors) }
      return (file, key)
    }

    /// What the page has become, once its scripts have run.
    private static func dom(_ store: TestStore, _ token: String, _ port: Int) throws -> String {
      let profile = try store.privateFolder("profile-\(UUID().uuidString)")
      return try Running(
        Tool.chromium.path,
        [
          "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
          "--ignore-certificate-errors", "--user-data-dir=" + profile, "--virtual-time-budget=8000",
          "--host-resolver-rules=MAP portal.example.com 127.0.0.1", "--dump-dom",
          "https://portal.example.com:\(port)/widgets/sales?token=\(token)",
        ], environment: store.environment, file: store.folder.appendingPathComponent("chromium")
      ).finish().output
    }
  }
}
