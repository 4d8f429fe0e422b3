import Foundation
import Testing

extension GatesEndToEnd {
  @Suite("what proxies log")
  struct ProxyLogs {
    /// Requests as they come on ordinary days and on odd ones; each holds the token somewhere.
    private static func requests(_ bench: ProxyBench) -> [String] {
      let token = bench.token
      let targets = [
        "/widgets/sales?token=", "/widgets/sales;token=", "/widgets/sales?Token=", "/widgets/sales?token[]=",
        "/widgets/sales?x?token=", "/widgets/sales?%74oken=", "/widgets/sales?a=b&", "/widgets/",
        "/../x?token=",
        "/%zz?token=", "http://portal.example.com/widgets/sales?token=", "http://other.example.com/?token=",
        "*?token=",
        "widgets/sales?token=", "/widgets/sales?token=\(token)&token=", "/widgets/%2570st_/\u{E9}?token=",
        "//x?token=",
      ].map { bench.request("GET", $0 + token) }
      let odd = "GET /widgets/sales?token=\(token) HTTP/1.1\r\nHost: portal.example.com\r\n"
      let broken = [
        "bad line \(token)\r\n\r\n", "Host: second\r\n\r\n", " folded: \(token)\r\n\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: x\r\n\r\n",
        "Transfer-Encoding: \(token)\r\n\r\n",
        "X-Long: \(token)\(String(repeating: "a", count: 70_000))\r\n\r\n",
        "\u{1}\(token): x\r\n\r\n", "Expect: \(token)\r\nConnection: close\r\n\r\n",
      ].map { odd + $0 }
      let headers = [
        "User-Agent: x \(token)", "Referer: https://x/?token=\(token)", "X-Api-Key: \(token)",
        "Authorization: Bearer \(token)", "Cookie: t=\(token)", "X-Other: \(token)", "Upgrade: \(token)",
        "X-Forwarded-For: \(token)", "Origin: \(token)", "X_Other: \(token)",
      ].map { bench.request("GET", "/widgets/sales", [$0]) }
      return targets + broken + headers + [
        bench.request(host: "other.example.com"), bench.request(host: token), bench.request("TRACE"),
        bench.request("GET /x?token=\(token)"), "GET /widgets/sales?token=\(token)\r\n\r\n",
        odd.replacing("HTTP/1.1", with: "HTTP/9.9") + "\r\n", odd.replacing("Host", with: "X") + "\r\n",
      ]
    }

    private func ask(_ bench: ProxyBench) throws {
      for request in Self.requests(bench) {
        // Not every proxy answers each of these.
        _ = try? RawConnection.ask(bench.port, request, within: 1)
      }
      #expect(try RawConnection.ask(bench.port, bench.request("GET", "/widgets/marked")) >= 400)
    }

    @Test("no log holds a token, whatever comes, and whoever is down", arguments: Proxy.allCases)
    func logs(proxy: Proxy) throws {
      // HAProxy waits so long before it tries the application again.
      let texts = proxy == .haproxy ? [("timeout connect 5s", "timeout connect 50ms")] : []
      try ProxyBench.with(proxy, .init(texts: texts)) { bench in
        try ask(bench)
        bench.application.end()
        let broken = try RecordingServer(port: bench.house.applicationPort, answer: "nonsense\r\n\r\n")
        try ask(bench)
        broken.end()
        try ask(bench)
        kill(bench.house.gate.pid, SIGKILL)
        _ = try bench.house.gate.finish()
        try ask(bench)
        bench.house.end()
        try look(bench)
      }
    }

    /// Looks at all that was written; Token IDs as such are looked for in any test.
    private func look(_ bench: ProxyBench) throws {
      let logs = bench.house.printed + (try bench.house.store.texts())
      #expect(logs.contains("/widgets/marked"), "nothing was logged")
      let isThere = logs.contains(bench.token.dropFirst("pst_".count))
      #expect(!isThere, "a part of the token was logged")
    }

    @Test("nginx that has not enough connections logs no token")
    func connections() throws {
      try ProxyBench.with(.nginx, .init(workerConnections: 12)) { bench in
        // Each that has begun a request takes a connection until there is none for the application or the gate.
        var open: [RawConnection] = []
        var status = 200
        while status == 200 {
          let connection = try RawConnection(to: bench.port)
          connection.send("GET / HTTP/1.1\r\n")
          open.append(connection)
          status = try RawConnection.ask(bench.port, bench.request())
        }
        #expect(status >= 500 && !open.isEmpty, "there were enough: \(status)")
      }
    }
  }
}

extension TestStore {
  /// What all files in the folder hold.
  fileprivate func texts() throws -> String {
    var all = ""
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      ?? .init()
    {
      guard let data = try? Data(contentsOf: file) else { continue }
      all += String(decoding: data, as: UTF8.self) + "\n"
    }
    return all
  }
}
