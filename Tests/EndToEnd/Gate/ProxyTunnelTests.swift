import Foundation
import Testing

extension GatesEndToEnd {
  /// What would get to the application without a question to the gate.
  @Suite("past the gate, behind proxies")
  struct ProxyTunnels {
    private static let webSocket = ["Sec-WebSocket-Version: 13", RecordingServer.webSocketKey]

    /// Headers that ask for an upgrade, and whether the lines for WebSocket let it through; nil where they may.
    private static let upgrades: [(what: String, headers: [String], isWebSocket: Bool?)] = [
      (
        "h2c", ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"],
        false
      ),
      ("websocket", ["Connection: Upgrade", "Upgrade: websocket"] + webSocket, true),
      ("WebSocket in capitals", ["Connection: UPGRADE", "UPGRADE: WebSocket"] + webSocket, nil),
      ("any other word", ["Connection: Upgrade", "Upgrade: anything"], false),
      ("several words", ["Connection: Upgrade", "Upgrade: websocket, h2c"] + webSocket, nil),
      ("several headers", ["Connection: Upgrade", "Upgrade: h2c", "Upgrade: websocket"] + webSocket, nil),
      ("a name with _", ["Connection: Upgrade, _Upgrade", "_Upgrade: h2c"], false),
      ("no connection that names it", ["Connection: keep-alive", "Upgrade: anything"], false),
      ("with a body", ["Connection: Upgrade", "Upgrade: anything", "Content-Length: 0"], false),
    ]

    /// Whether what is sent after a request that is allowed reaches the application unasked.
    private func isOpened(_ bench: ProxyBench, _ headers: [String]) throws -> Bool {
      bench.application.forget()
      let connection = try RawConnection(to: bench.port)
      connection.send(bench.request("GET", nil, headers))
      let answer = try connection.answer()
      connection.send(bench.request("GET", "/widgets/unasked"))
      _ = try connection.answer()
      return RawConnection.status(answer) == 101 || bench.application.text.contains("unasked")
    }

    @Test("no upgrade opens a tunnel", arguments: Proxy.allCases)
    func upgrade(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        for (what, headers, _) in Self.upgrades {
          let isOpen = try isOpened(bench, headers)
          #expect(!isOpen, "\(what)")
          let names = Received(bench.application.text).headers.map { $0.name.lowercased() }
          #expect(!names.contains("upgrade"), "\(what)")
        }
      }
    }

    @Test("the lines for WebSocket let websocket through and nothing else", arguments: Proxy.allCases)
    func webSocket(proxy: Proxy) throws {
      try ProxyBench.with(proxy, .init(hasWebSocket: true)) { bench in
        for (what, headers, isWebSocket) in Self.upgrades {
          let isOpen = try isOpened(bench, headers)
          #expect(isWebSocket == nil || isOpen == isWebSocket, "\(what)")
          let asked = Received(bench.application.text).values("Upgrade")
          #expect(asked.isEmpty || asked.map { $0.lowercased() } == ["websocket"], "\(what)")
        }
        let names = ["Connection: Upgrade, Remote-User, X-Popsec-Companies", "Upgrade: websocket"]
        #expect(try isOpened(bench, names + Self.webSocket))
        let received = Received(bench.application.text)
        #expect(received.values("Remote-User") == ["Portal%20Mexico"])
        #expect(received.values("X-Popsec-Companies") == ["MX"])
        // Without a token nothing is opened.
        let closed = bench.request(
          "GET", "/widgets/sales", ["Connection: Upgrade", "Upgrade: websocket"] + Self.webSocket)
        #expect(try bench.ask(closed).status == 401)
      }
    }

    /// How long an open WebSocket may be silent by the example, and a shorter time, so that nobody has to wait.
    private static func silence(_ proxy: Proxy) -> (String, String) {
      switch proxy {
      case .nginx: ("proxy_read_timeout 60s", "proxy_read_timeout 1s")
      case .haproxy: ("timeout tunnel 60s", "timeout tunnel 1s")
      case .caddy: ("read_timeout 60s", "read_timeout 1s")
      case .apache: ("Timeout 60", "Timeout 1")
      }
    }

    @Test("a WebSocket that is silent is ended", arguments: Proxy.allCases)
    func silent(proxy: Proxy) throws {
      try ProxyBench.with(proxy, .init(texts: [Self.silence(proxy)], hasWebSocket: true)) { bench in
        let connection = try RawConnection(to: bench.port)
        let headers = ["Connection: Upgrade", "Upgrade: websocket"] + Self.webSocket
        connection.send(bench.request("GET", nil, headers))
        #expect(RawConnection.status(try connection.answer()) == 101)
        let end = Date.now + Person.patience
        while !connection.isClosed, Date.now < end { connection.watch(milliseconds: 100) }
        #expect(connection.isClosed)
      }
    }

    @Test("methods that no widget needs don't reach the application", arguments: Proxy.allCases)
    func methods(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        for method in ["TRACE", "CONNECT", "TRACK", "PROPFIND", "get", "trace"] {
          for target in [
            nil, "/", "*", "portal.example.com:443", "http://portal.example.com" + bench.opening,
          ] {
            let (_, received) = try bench.ask(bench.request(method, target))
            #expect(received.text.isEmpty, "\(method)")
          }
        }
        #expect(try bench.ask(bench.request("HEAD")).received.text.hasPrefix("HEAD "))
      }
    }

    @Test("a gate that hangs is a denial within seconds", arguments: Proxy.allCases)
    func hangs(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        #expect(try bench.ask(bench.request()).status == 200)
        bench.house.gate.halt()
        let began = Date.now
        let (status, received) = try bench.ask(bench.request())
        #expect((500..<600).contains(status) && received.text.isEmpty)
        #expect(Date.now.timeIntervalSince(began) < 10)
        kill(bench.house.gate.pid, SIGCONT)
        #expect(try bench.ask(bench.request()).status == 200)
      }
    }

    /// The bound of the example, and a shorter one, so that nobody has to wait.
    private static func bound(_ proxy: Proxy) -> (String, String) {
      switch proxy {
      case .nginx: ("client_header_timeout 10s", "client_header_timeout 1s")
      case .haproxy: ("timeout http-request 10s", "timeout http-request 1s")
      case .caddy: ("read_header 10s", "read_header 1s")
      case .apache: ("header=10 ", "header=1 ")
      }
    }

    @Test("headers that drip in are given up", arguments: Proxy.allCases)
    func drips(proxy: Proxy) throws {
      try ProxyBench.with(proxy, .init(texts: [Self.bound(proxy)])) { bench in
        let connection = try RawConnection(to: bench.port)
        connection.send("GET / HTTP/1.1\r\nHost: portal.example.com\r\n")
        let end = Date.now + Person.patience
        while !connection.isClosed, connection.rest.isEmpty, Date.now < end {
          connection.send("X-A: b\r\n")
          connection.watch(milliseconds: 100)
        }
        #expect(connection.isClosed || !connection.rest.isEmpty)
        #expect(Date.now < end)
      }
    }
  }
}
