@testable import Gate
import Testing

@Suite("What is kept is found by what was asked, however it is written")
struct PlainHeadTests {
  private static let maker = AnswerKeyMaker()

  private static func key(_ text: String, _ maker: AnswerKeyMaker = maker) -> AnswerKey? {
    var scratch: [UInt8] = []
    let bytes = Array(text.utf8)
    return PlainHead(bytes.span).map { maker.key(of: $0, bytes.span, &scratch) }
  }

  private static func request(
    _ headers: [String], line: String = "GET /auth/nginx HTTP/1.1", end: String = "\r\n\r\n"
  ) -> String { ([line] + headers).joined(separator: "\r\n") + end }

  private static let asked = [
    "Host: gate", "X-Original-URI: /sales?token=a", "X-Original-Method: GET", "X-Original-Host: p.example",
    "X-Real-IP: 10.1.2.3",
  ]

  @Test(
    "requests that mean the same have one key",
    arguments: [
      asked.reversed(), asked + ["User-Agent: x", "Accept: a, b;q=0.1", "traceparent: 00-1"],
      asked.map { $0.replacing("X-R", with: "x-r").replacing("Host", with: "hOST") },
      asked + ["Cookie: session=1; other=2"],
    ])
  func same(headers: [String]) throws {
    let key = try #require(Self.key(Self.request(headers)))
    let plain = headers.contains { $0.hasPrefix("Cookie") } ? Self.asked + ["Cookie: session=2"] : Self.asked
    #expect(key == Self.key(Self.request(plain)))
  }

  @Test("whatever has a part in an answer has a part in the key")
  func different() throws {
    var texts = [Self.request(Self.asked), Self.request(Self.asked, line: "POST /auth/nginx HTTP/1.1")]
    texts.append(Self.request(Self.asked, line: "GET /auth/forward HTTP/1.1"))
    for index in Self.asked.indices {
      var fewer = Self.asked
      fewer.remove(at: index)
      texts.append(Self.request(fewer))
      var others = Self.asked
      others[index] += "x"
      texts.append(Self.request(others))
    }
    let more = [
      "X-Original-URL", "X-Forwarded-For", "X-Forwarded-Uri", "X-Forwarded-Host", "X-Forwarded-Proto",
      "X-Forwarded-Method", "Authorization", "X-Api-Key",
    ]
    for name in more { texts.append(Self.request(Self.asked + ["\(name): a"])) }
    for cookies in ["popsec=1", "popsec=2", "a=1; popsec=1; popsec=2", "popsec=2; popsec=1"] {
      texts.append(Self.request(Self.asked + ["Cookie: \(cookies)"]))
    }
    // Where one value ends and the next begins can't be moved.
    texts.append(Self.request(["X-Api-Key: ab", "Authorization: c"]))
    texts.append(Self.request(["X-Api-Key: a", "Authorization: bc"]))
    let keys = try texts.map { try #require(Self.key($0)) }
    #expect(Set(keys).count == keys.count)
  }

  @Test("two gates have different keys for one request")
  func secret() {
    let text = Self.request(Self.asked)
    #expect(Self.key(text, AnswerKeyMaker()) != Self.key(text))
  }

  @Test("the forms in which proxies end a request without a body are plain")
  func harmless() {
    for more in ["Content-Length: 0", "Connection: keep-alive"] {
      #expect(Self.key(Self.request(Self.asked + [more])) != nil, "\(more)")
    }
  }

  @Test(
    "whatever is unusual is left to the parser of HTTP",
    arguments: [
      "", "\r\n", request(asked, end: "\r\n"), request(asked) + "G", request(asked) + request(asked),
      "\r\n" + request(asked), request(asked).replacing("\r\n", with: "\n"),
      request(asked, line: "GET /auth/nginx HTTP/1.0"), request(asked, line: "HEAD /auth/nginx HTTP/1.1"),
      request(asked, line: "GET  /auth/nginx HTTP/1.1"), request(asked, line: "GET /auth/nginx  HTTP/1.1"),
      request(asked, line: "CONNECT /auth/nginx HTTP/1.1"), request(asked, line: "GET x HTTP/1.1"),
      request(asked + ["Content-Length: 1"]), request(asked + ["Content-Length: 00"]),
      request(asked + ["Content-Length: 0", "Content-Length: 0"]), request(asked + ["Connection: close"]),
      request(asked + ["Transfer-Encoding: chunked"]), request(asked + ["Upgrade: h2c"]),
      request(asked + ["Expect: 100-continue"]), request(asked + ["Host: gate"]),
      request(asked + ["X-Real-IP: 10.1.2.3"]), request(asked + ["Accept:"]), request(asked + ["Accept: "]),
      request(asked + ["Accept:a"]), request(asked + ["Accept: a "]), request(asked + ["Accept:  a"]),
      request(asked + [" folded"]), request(asked + ["Accept : a"]), request(asked + ["Accept: a\u{1}"]),
      request(asked + ["Accept: ä"]), request(asked + ["Accept: a\tb"]), request(asked + ["nocolon"]),
      request(asked + ["Accept: " + String(repeating: "a", count: PlainHead.maximumBytes)]),
    ])
  func unusual(text: String) { #expect(Self.key(text) == nil) }

  @Test("the end of a head is found in whatever pieces it arrives")
  func ends() {
    let text = Array(Self.request(Self.asked).utf8)
    for cut in [0, 1, text.count - 4, text.count - 2, text.count - 1] {
      var end = HeadEnd()
      end.take(text[..<cut])
      #expect(!end.isLast)
      end.take(text[cut...])
      #expect(end.isLast)
      end.take([UInt8(ascii: "G")])
      #expect(!end.isLast)
    }
  }
}
