import Access
import Administration
import Gate
import NIOHTTP1
import Testing

@Suite struct RateWindowTests {
  @Test("never more than the limit within a minute, however requests come", arguments: 0..<50)
  func neverMore(seed: Int) {
    var generator = SystemRandomNumberGenerator()
    let limit = Int.random(in: 1...20, using: &generator)
    var window = RateWindow()
    var taken: [Int64] = []
    var now: Int64 = 0
    for _ in 0..<500 {
      now += .random(in: 0...4_000, using: &generator)
      if window.take(limit: limit, atMilliseconds: now) == nil { taken.append(now) }
    }
    // The minute before is counted by its share, so that bursts may be unevenly spread within it.
    for minute in Set(taken.map { $0 / 60_000 }) {
      #expect(taken.filter { $0 / 60_000 == minute }.count <= limit)
    }
  }

  @Test("a client that waits as told gets through at last")
  func wait() {
    var window = RateWindow()
    var now: Int64 = 59_000
    for _ in 0..<5 { #expect(window.take(limit: 5, atMilliseconds: now) == nil) }
    var tries = 0
    while let seconds = window.take(limit: 5, atMilliseconds: now) {
      now += Int64(seconds) * 1_000
      tries += 1
      #expect(tries < 100)
    }
    #expect(now <= 180_000)
  }
}

@Suite struct FuzzTests {
  /// Pieces that make trouble where they meet.
  private static let pieces = [
    "/", "//", "?", "&", "=", "%", "%2", "%2f", "%00", "%ff", ";", "\\", "..", "sales", "token", "token=",
    "pst_", "company=", "https://", "https://portal.example.com/sales", "@", ":443", "+", "#", " ", "\t", "é",
    "\u{0}", "\u{202E}", String(repeating: "a", count: 300),
  ]

  private static func text() -> String {
    (0..<Int.random(in: 0...12)).map { _ in pieces.randomElement() ?? "" }.joined()
  }

  @Test("no request without the token gets through, whatever it is made of")
  func nothingPasses() throws {
    let scene = try GateScene()
    let names = [
      "X-Original-URI", "X-Original-URL", "X-Original-Method", "Accept", "Expect", "X-Request-ID",
      "X-Original-Host", "X-Real-IP", "X-Forwarded-Uri", "Host",
      "X-Forwarded-Method", "X-Forwarded-Host", "X-Forwarded-For", "Authorization", "X-Api-Key", "Cookie",
    ]
    for _ in 0..<5_000 {
      var headers = HTTPHeaders()
      for name in names where Bool.random() {
        headers.add(name: name, value: Bool.random() ? "portal.example.com" : Self.text())
      }
      if Bool.random() { headers.replaceOrAdd(name: "X-Original-Method", value: "GET") }
      let path =
        [
          "/auth/nginx", "/auth/forward", "/auth/envoy/", "/access/v1/evaluation",
          "/access/v1/search/subject",
        ].randomElement() ?? ""
      let answer = scene.worker.answer(
        RawRequest(
          method: path.hasPrefix("/access") ? "POST" : "GET", target: path + Self.text(), headers: headers,
          body: Array(Self.text().utf8)))
      let isLet = answer.status == 200 && !path.hasPrefix("/access")
      #expect(!isLet, "\(path)")
      if path == "/auth/nginx", answer.status != 404 { #expect([401, 403].contains(answer.status)) }
    }
  }

  /// Pieces of questions of AuthZEN, well formed and not.
  private static let members = [
    #""subject":{"type":"apiUser"}"#, #""subject":{"type":"apiUser","id":"Portal Ünited, Mexico"}"#,
    #""subject":{"type":"user","id":"nobody"}"#, #""subject":{"type":"token","id":"pst_x"}"#,
    #""subject":[]"#,
    #""action":{"name":"GET"}"#, #""action":{"name":"view"}"#, #""action":{}"#,
    #""resource":{"type":"widget","id":"Sales"}"#, #""resource":{"type":"endpoint","id":"orders"}"#,
    #""resource":{"type":"list","properties":{"connector":"Business Central"}}"#,
    #""resource":{"type":"list"}"#,
    #""page":{"limit":1}"#, #""page":{"token":"AAAA","limit":0}"#, #""page":null"#,
    #""context":{"source":"10.0.0.1"}"#,
    #""context":{"source":"\u0000"}"#, #""evaluations":[{}]"#, "\"", "{", "]", "\\", "\u{0}",
  ]

  @Test("no body that an application sends is anything but answered or refused, and none tells a Token ID")
  func bodies() throws {
    let scene = try GateScene()
    let paths = ["evaluation", "evaluations", "search/subject", "search/resource", "search/action"]
    var answered = 0
    for _ in 0..<3_000 {
      let parts = (0..<Int.random(in: 1...5)).compactMap { _ in Self.members.randomElement() }
      let path = "/access/v1/" + (paths.randomElement() ?? "")
      let answer = scene.evaluate("{" + parts.joined(separator: ",") + "}", path: path)
      #expect(answer.status == 200 || answer.status == 400)
      let isSecret = answer.body.contains(scene.tokenID.revealed)
      #expect(!isSecret)
      answered += answer.status == 200 ? 1 : 0
    }
    #expect(answered > 0)
  }
}
