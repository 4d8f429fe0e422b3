import Access
import Gate
import NIOHTTP1
import Testing

@Suite struct ReadingTests {
  static let dialects: [(String, Dialect?)] = [
    ("/auth/nginx", .nginx), ("/auth/nginx?x=1", .nginx), ("/auth/forward", .forward),
    ("/auth/envoy", .envoy), ("/auth/envoy/a/b?token=x", .envoy), ("/auth/envoyx", nil), ("/auth", nil),
    ("/", nil),
  ]

  @Test("a dialect has its own path, and none is guessed", arguments: dialects)
  func dialect(target: String, expected: Dialect?) { #expect(Dialect.find(target) == expected) }

  /// Listed peers, the values of X-Forwarded-For, the source that is believed.
  static let chains: [([String], [String], String?)] = [
    ([], ["10.1.2.3"], "10.1.2.3"),
    ([], ["1.2.3.4, 10.1.2.3"], "10.1.2.3"),
    (["10.0.0.0/8"], ["1.2.3.4, 10.1.2.3"], "1.2.3.4"),
    (["10.0.0.0/8"], ["6.6.6.6, 1.2.3.4, 10.1.2.3", "10.9.9.9"], "1.2.3.4"),
    (["10.0.0.0/8"], ["1.2.3.4, ::ffff:10.1.2.3"], "1.2.3.4"),
    (["10.0.0.0/8"], ["10.5.5.5, 10.1.2.3"], "10.5.5.5"),
    ([], ["1.2.3.4, unknown"], nil),
    (["10.0.0.0/8"], ["evil, 10.1.2.3"], nil),
    ([], [], nil),
    ([], ["2001:DB8::1"], "2001:db8::1"),
  ]

  @Test("the source is taken from the right, past listed peers", arguments: chains)
  func source(trusted: [String], values: [String], expected: String?) throws {
    var raw = RawRequest(target: "/auth/envoy/sales", headers: ["Host": "a.example"])
    for value in values { raw.headers.add(name: "X-Forwarded-For", value: value) }
    let asked = try Dialect.envoy.read(raw, trusting: TrustedPeers(trusted.compactMap { Network($0) }))
    #expect(asked.source?.description == expected)
  }

  static let problems: [(String, HTTPHeaders, GateProblem)] = [
    ("/auth/nginx", [:], .missingHeader("X-Original-Method")),
    ("/auth/nginx", ["X-Original-Method": "GET"], .missingHeader("X-Original-Host")),
    (
      "/auth/nginx",
      ["X-Original-URI": "/a", "X-Original-URI": "/b", "X-Original-Method": "GET", "X-Original-Host": "h"],
      .repeatedHeader("X-Original-URI")
    ),
    (
      "/auth/nginx", ["X-Original-URL": "https://h/a", "X-Original-URI": "/a?", "X-Original-Method": "GET"],
      .conflictingHeaders("X-Original-URL", "X-Original-URI")
    ),
    (
      "/auth/nginx", ["X-Original-URL": "https://h/a", "X-Original-Host": "H", "X-Original-Method": "GET"],
      .conflictingHeaders("X-Original-URL", "X-Original-Host")
    ),
    (
      "/auth/nginx",
      ["X-Original-URL": "https://h/a", "X-Original-URL": "https://h/a", "X-Original-Method": "GET"],
      .repeatedHeader("X-Original-URL")
    ),
    ("/auth/nginx", ["X-Original-URL": "https://h/a"], .missingHeader("X-Original-Method")),
    (
      "/auth/nginx", ["X-Original-URI": "/a", "X-Original-Method": "get", "X-Original-Host": "h"], .method
    ),
    (
      "/auth/nginx", ["X-Original-URI": "/a//b", "X-Original-Method": "GET", "X-Original-Host": "h"],
      .address(.path(.emptySegment))
    ),
    (
      "/auth/nginx", ["X-Original-URI": "/a/%2e%2e/b", "X-Original-Method": "GET", "X-Original-Host": "h"],
      .address(.path(.escapedSeparator))
    ),
    (
      "/auth/nginx", ["X-Original-URI": "/a%00", "X-Original-Method": "GET", "X-Original-Host": "h"],
      .address(.path(.escapedSeparator))
    ),
    (
      "/auth/nginx", ["X-Original-URI": "/a?%zz", "X-Original-Method": "GET", "X-Original-Host": "h"],
      .address(.query)
    ),
    ("/auth/envoy//a", ["Host": "h"], .address(.path(.emptySegment))),
    ("/auth/envoy/a", ["Host": "h h"], .address(.host)),
    ("/auth/envoy/a?token=x&token=y", ["Host": "h"], .severalTokens),
    ("/auth/envoy/a?token=x", ["Host": "h", "X-Api-Key": "y"], .severalTokens),
    ("/auth/envoy/a", ["Host": "h", "X-Api-Key": "y", "Authorization": "bearer z"], .severalTokens),
    ("/auth/envoy/a", ["Host": "h", "X-Api-Key": "y", "x-api-key": "z"], .severalTokens),
    ("/auth/envoy/a?%74oken=x", ["Host": "h"], .escapedToken),
    ("/auth/envoy/a?token=%78", ["Host": "h"], .escapedToken),
    ("/auth/envoy/a?token", ["Host": "h"], .escapedToken),
  ]

  @Test("a request that could be read in two ways is refused by name", arguments: problems)
  func refused(target: String, headers: HTTPHeaders, expected: GateProblem) throws {
    let dialect = try #require(Dialect.find(target))
    #expect(throws: expected) {
      try dialect.read(RawRequest(target: target, headers: headers), trusting: TrustedPeers())
    }
  }

  @Test(
    "a Token ID that stands in the address twice is refused, wherever",
    arguments: [
      "/a/T?token=T", "/a.token=T.b?token=T", "/a?x=T&token=T", "/a?xtoken=T&token=T", "/a?token=T&xT=1",
    ])
  func twice(target: String) throws {
    let dialect = try #require(Dialect.find("/auth/envoy/a"))
    func read(_ target: String) throws {
      let text = target.replacing("T", with: TokenID.generate().revealed)
      _ = try dialect.read(
        RawRequest(target: "/auth/envoy" + text, headers: ["Host": "h"]), trusting: TrustedPeers())
    }
    #expect(throws: GateProblem.severalTokens) { try read(target) }
    try read("/a?token=T")
  }

  /// The whole address, and the host and path that are found in it; nil: refused.
  static let wholeAddresses: [(String, (host: String, path: String)?)] = [
    ("https://portal.example.com/sales?a=b", ("portal.example.com", "/sales")),
    ("http://portal.example.com/", ("portal.example.com", "/")),
    ("https://Portal.Example.com:8443/sales", ("portal.example.com", "/sales")),
    ("https://[2001:db8::1]:443/a", ("[2001:db8::1]", "/a")),
    ("", nil), ("/sales", nil), ("https://", nil), ("https:///sales", nil), ("https://h", nil),
    ("https://h?x", nil), ("https://h#/x", nil), ("HTTPS://h/a", nil), ("ftp://h/a", nil), ("//h/a", nil),
    ("https:/h/a", nil), (" https://h/a", nil), ("https://u:p@h/a", nil), ("https://h\\@evil/a", nil),
    ("https://h:0/a", nil), ("https://h:x/a", nil), ("https://h/a#b", nil), ("https://h//a", nil),
    ("https://h/a/../b", nil), ("https://h/a%2Fb", nil), ("https://h/a;b", nil), ("https://h/a b", nil),
    ("https://h/a?%zz", nil), ("https://h*", nil), ("https://https://h/a", nil),
  ]

  @Test("an address whole is read as strictly as its parts", arguments: wholeAddresses.indices)
  func wholeAddress(index: Int) {
    let (text, expected) = Self.wholeAddresses[index]
    let raw = RawRequest(
      target: "/auth/nginx", headers: ["X-Original-URL": text, "X-Original-Method": "GET"])
    do {
      let asked = try Dialect.nginx.read(raw, trusting: TrustedPeers())
      #expect(asked.address.host == expected?.host && asked.path == expected?.path, "\(text)")
    } catch {
      #expect(expected == nil, "\(text): \(error)")
    }
  }

  static let peers: [(Peer, [String], Bool)] = [
    (.unixSocket, [], true), (.unknown, ["0.0.0.0/0"], false),
    (.address(IPAddress("127.0.0.1")!), [], false),
    (.address(IPAddress("127.0.0.1")!), ["127.0.0.0/8"], true),
    (.address(IPAddress("::ffff:127.0.0.1")!), ["127.0.0.0/8"], true),
    (.address(IPAddress("::1")!), ["127.0.0.0/8"], false),
  ]

  @Test("forwarded headers are believed from the Unix socket and from listed peers only", arguments: peers)
  func trusted(peer: Peer, networks: [String], expected: Bool) {
    #expect(TrustedPeers(networks.compactMap { Network($0) }).includes(peer) == expected)
  }

  static let addresses: [(String, String?)] = [
    ("unix:/run/x.sock", "unix:/run/x.sock"), ("127.0.0.1:80", "127.0.0.1:80"), ("[::1]:80", "[::1]:80"),
    ("localhost:8181", "127.0.0.1:8181"), ("unix:x", nil), ("example.com:80", nil), ("80", nil),
    ("127.0.0.1:99999", nil), ("unix:/" + String(repeating: "a", count: 200), nil),
  ]

  @Test("an address to listen at is a path or a host with a port", arguments: addresses)
  func listening(text: String, expected: String?) { #expect(ListenAddress(text)?.description == expected) }
}
