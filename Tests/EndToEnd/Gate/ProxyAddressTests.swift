import Foundation
import Testing

extension GatesEndToEnd {
  /// The application gets the address that was judged, and no other.
  @Suite("the address, behind proxies")
  struct ProxyAddresses {
    /// `<T>` stands for the Token ID.
    private static let targets = [
      "/widgets/sales?token=<T>", "/widgets/sales?a=1&token=<T>&b=2", "/widgets/sales?token=<T>&b=2",
      "/widgets/sales?a=%2F%20%3F+1&token=<T>", "/widgets/sales?token=<T>&&", "/widgets/sales?&token=<T>",
      "/widgets/sales/?token=<T>", "/widgets/sales/a%20b%41%c3%a9?token=<T>",
      "/widgets/sales/a%3Bb?token=<T>",
      "/widgets/sales/..%3B/payroll?token=<T>", "/widgets/sales/%25%32%65?token=<T>",
      "/widgets/sales/a%3Fb?token=<T>",
      "/widgets/sales/%23?token=<T>", "/widgets/sales/a+b~!$&'()*,=:@?token=<T>",
      "/widgets/sales/%0a?token=<T>",
      "/widgets/sales/.token=<T>./payroll?token=<T>", "/widgets/sales/token=<T>?token=<T>",
      "/widgets/sales?comtoken=<T>pany=US&token=<T>", "/widgets/sales?company=Utoken=<T>S&token=<T>",
      "/widgets/sales?token=<T>&x=token=<T>", "/widgets/sales?x=token=<T>&token=<T>",
      "/widgets/sales?%74oken=<T>",
      "/widgets/sales?token=<T>&%74oken=<T>", "/widgets/sales?token=<T>&token=<T>",
      "/widgets/sales?token=<T>#x",
      "/widgets/sales#?token=<T>",
      "/widgets/sales?token=<T>?token=<T>", "/widgets/sales?mytoken=x&token=<T>",
      "/widgets/sales?TOKEN=<T>&token=<T>", "/widgets/sales?token[]=<T>&token=<T>",
      "/widgets/sales?token=<T>;x=1", "/widgets/sales/.token=./payroll?token=&token=<T>",
      "/widgets/sales?comtoken=pany=US&token=",
    ]

    /// The same target without the token, taken out as one whole parameter.
    private static func handedOn(_ target: String) -> String {
      let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return target }
      let kept = parts[1].split(separator: "&", omittingEmptySubsequences: false).filter { $0 != "token=<T>" }
      return parts[0] + (kept.allSatisfy(\.isEmpty) ? "" : "?" + kept.joined(separator: "&"))
    }

    /// The same address (RFC 3986, section 6.2.2.2, and sub-delims that mean nothing in HTTP): Caddy escapes these.
    private static func unescaped(_ target: String) -> String {
      zip(["%21", "%27", "%28", "%29", "%2A"], "!'()*").reduce(target) { text, escape in
        text.replacing(escape.0, with: String(escape.1))
      }
    }

    /// What the application is asked for, without empty parameters, which mean nothing.
    private static func target(_ received: Received) -> String? {
      let words = received.text.split(separator: "\r\n").first?.split(separator: " ") ?? []
      guard words.count == 3 else { return nil }
      let parts = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return String(words[1]) }
      let query = parts[1].split(separator: "&").joined(separator: "&")
      return parts[0] + (query.isEmpty ? "" : "?" + query)
    }

    @Test(
      "the application gets the address as it came, less the token, or nothing", arguments: Proxy.allCases)
    func targets(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        for target in Self.targets {
          let asked = target.replacing("<T>", with: bench.token)
          let (status, received) = try bench.ask(bench.request("GET", asked))
          #expect(Secrets.found(in: received.text).count == 0, "\(target)")
          let text = received.text.replacing(bench.token, with: "<T>")
          guard let got = Self.target(Received(text)) else { continue }
          #expect(status == 200, "\(target)")
          let wanted = Self.handedOn(target).replacing("?&", with: "?").replacing("&&", with: "&")
          #expect(Self.unescaped(got) == Self.unescaped(wanted), "\(target)")
        }
        #expect(try bench.ask(bench.request()).status == 200)
      }
    }

    @Test("the application gets the host that was judged, or nothing", arguments: Proxy.allCases)
    func hosts(proxy: Proxy) throws {
      try ProxyBench.with(proxy) { bench in
        let port = bench.port
        for host in [
          "evil.example,portal.example.com:\(port)", "portal.example.com:\(port),evil.example",
          "evil.example, portal.example.com:\(port)", "evil.example portal.example.com:\(port)",
          "evil.example@portal.example.com:\(port)", "portal.example.com:\(port)@evil.example",
          "evil.example/portal.example.com:\(port)", "evil.example#portal.example.com:\(port)",
          "evil.example:80,portal.example.com:\(port)",
          "portal.example.com:\(port)\r\nHost: evil.example",
          "evil.example\r\nHost: portal.example.com:\(port)",
        ] {
          let (_, received) = try bench.ask(bench.request(host: host))
          #expect(!received.text.contains("evil"), "\(host)")
        }
        let absolute = "http://evil.example" + bench.opening
        #expect(try !bench.ask(bench.request("GET", absolute)).received.text.contains("evil"))
        #expect(try bench.ask(bench.request()).status == 200)
      }
    }
  }
}
