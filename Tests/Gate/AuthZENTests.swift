import Access
import Foundation
import Gate
import NIOHTTP1
import Testing

@Suite struct AuthZENTests {
  static let paths: [String] = [
    "/access/v1/evaluation", "/access/v1/evaluations", "/access/v1/search/subject",
    "/access/v1/search/resource", "/access/v1/search/action", "/.well-known/authzen-configuration",
  ]
  static let json: HTTPHeaders = ["Content-Type": "application/json", "Host": "pdp.example.com"]
  static let question: String =
    #"{"subject":{"type":"apiUser","id":"nobody"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}}"#

  @Test("without AuthZEN there are no such paths, for nobody", arguments: paths)
  func off(path: String) throws {
    let scene = try GateScene(authZEN: nil)
    for method in ["GET", "POST"] {
      #expect(scene.evaluate(Self.question, path: path, method: method, headers: Self.json).status == 404)
    }
  }

  @Test("the Unix socket and listed networks may ask, nobody else", arguments: paths)
  func askers(path: String) throws {
    let scene = try GateScene(trusted: TrustedPeers([try #require(Network("10.0.0.0/8"))]))
    let method = path.hasPrefix("/access") ? "POST" : "GET"
    func status(_ peer: Peer) -> Int {
      scene.evaluate(Self.question, path: path, method: method, headers: Self.json, peer: peer).status
    }
    #expect(status(.unixSocket) == 200)
    #expect(status(.address(try #require(IPAddress("10.1.1.1")))) == 200)
    #expect(status(.address(try #require(IPAddress("192.0.2.1")))) == 403)
    #expect(status(.unknown) == 403)
  }

  static let identifiers: [String] = [
    "bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "", "a b\tc", "é, \"x\"; %00", "\u{202E}",
    String(repeating: "x", count: 10_000),
  ]

  @Test("each answer has the request's identifier, whatever it is", arguments: identifiers)
  func identified(id: String) throws {
    let scene = try GateScene()
    var headers = Self.json
    headers.add(name: "X-Request-ID", value: id)
    let stranger = Peer.address(try #require(IPAddress("192.0.2.1")))
    for path in Self.paths {
      for (method, body) in [("POST", Self.question), ("GET", ""), ("POST", "{"), ("PUT", "")] {
        let answer = scene.evaluate(body, path: path, method: method, headers: headers)
        #expect(answer.header("X-Request-ID") == id, "\(path) \(method) \(answer.status)")
      }
      let refused = scene.evaluate(Self.question, path: path, headers: headers, peer: stranger)
      #expect(refused.header("X-Request-ID") == id)
    }
  }

  @Test("characters that would break a header are left out of identifiers, and several come back in order")
  func severalIdentifiers() throws {
    let scene = try GateScene()
    var headers = Self.json
    for id in ["one", "two\r\nSet-Cookie: x", "three\u{0}", "four"] {
      headers.add(name: "x-request-id", value: id)
    }
    let answer = scene.evaluate(Self.question, headers: headers)
    #expect(answer.headers.filter { $0.name == "X-Request-ID" }.map(\.value) == ["one", "four"])
    #expect(scene.evaluate(Self.question).header("X-Request-ID") == nil)
  }

  static let types: [(String?, Bool)] = [
    ("application/json", true), ("Application/JSON; charset=UTF-8", true),
    ("application/json;charset=\"utf-8\"", true), ("application/json; v=1", true), (nil, false), ("", false),
    ("text/plain", false), ("application/json; charset=utf-16", false), ("application/jsonx", false),
    ("application/x-www-form-urlencoded", false), ("application/problem+json", false),
  ]

  @Test("a body has to be said to be JSON", arguments: types)
  func contentType(type: String?, isTaken: Bool) throws {
    let scene = try GateScene()
    let headers = HTTPHeaders(type.map { [("Content-Type", $0)] } ?? [])
    #expect(scene.evaluate(Self.question, headers: headers).status == (isTaken ? 200 : 400))
    let twice = HTTPHeaders([("Content-Type", "application/json"), ("content-type", "application/json")])
    #expect(scene.evaluate(Self.question, headers: twice).status == 400)
  }

  /// What stands in for `"unknown":…` in a question.
  static let members: [(String, Bool)] = [
    (#""unknown":1"#, true), (#""unknown":{"a":[1,{"a":null}],"b":"\ud83d\ude00"}"#, true),
    (#""unknown":1,"unknown":2"#, false), (#""unknown":1,"unk\u006eown":2"#, false),
    (#""unknown":{"x":1,"x":1}"#, false), (#""unknown":[{"a":{"x":1,"x":2}}]"#, false),
    (#""subject":{"type":"apiUser","id":"nobody"}"#, false),
    (#""\u0073ubject":{"type":"user","id":"x"}"#, false),
    ("\"\u{E9}\":1,\"e\u{301}\":2", false), (#""unknown":"\ud83d""#, false),
    (#""unknown":"\ude00\ud83d""#, false),
    (#""unknown":"\ud83d\u0041""#, false), (#""unknown":"\x""#, false), (#""unknown":"\u00g0""#, false),
    (#""unknown":1,"#, false), (#""unknown""#, false), (#""unknown":[1,]"#, false),
    ("\"unknown\":\"\n\"", false),
    ("\"unknown\":" + String(repeating: "[", count: 60) + String(repeating: "]", count: 60), false),
    (#""unknown":1}{"#, false), (#""unknown":nonsense"#, false),
  ]

  @Test(
    "a body that readers could take differently is no question, such as one with a name twice",
    arguments: members)
  func duplicates(member: String, isTaken: Bool) throws {
    let body = Self.question.dropLast() + "," + member + "}"
    #expect(try GateScene().evaluate(String(body)).status == (isTaken ? 200 : 400))
  }

  @Test("a body that is not UTF-8, or has a mark before it, is no question")
  func encodings() throws {
    let scene = try GateScene()
    let utf16 = Self.question.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for body in [utf16, [0xEF, 0xBB, 0xBF] + Array(Self.question.utf8), Array(Self.question.utf8) + [0xFF]] {
      let raw = RawRequest(method: "POST", target: Self.paths[0], headers: Self.json, body: body)
      #expect(scene.worker.answer(raw).status == 400)
    }
  }

  @Test("somebody unknown is denied like an unknown token, alone and in a batch")
  func unknown() throws {
    let scene = try GateScene()
    let alone = scene.evaluate(Self.question)
    #expect(alone.status == 200)
    #expect(alone.body.contains(#""decision":false"#) && alone.body.contains("there is no such user"))
    #expect(!alone.body.contains("nobody"))
    let batch = scene.evaluate(#"{"evaluations":[\#(Self.question)]}"#, path: Self.paths[1])
    #expect(batch.status == 200)
    #expect(batch.body.contains(#""decision":false"#) && !batch.body.contains(#""status":400"#))
  }

  /// The address that is set, the host that is asked, what the metadata calls the gate.
  static let hosts: [(String?, String?, String?)] = [
    (nil, "pdp.example.com", "https://pdp.example.com"),
    (nil, "pdp.example.com:8443", "https://pdp.example.com:8443"),
    ("https://a.example", "b.example", "https://a.example"),
    ("https://a.example:444", nil, "https://a.example:444"),
    (nil, nil, nil), (nil, "a/b", nil), (nil, "u@h", nil), (nil, "", nil),
  ]

  @Test("the metadata names the gate and each of its addresses", arguments: hosts)
  func metadata(url: String?, host: String?, expected: String?) throws {
    let scene = try GateScene(authZEN: AuthZENService(url: url.flatMap { AuthZENURL($0) }))
    let path = "/.well-known/authzen-configuration"
    let headers = HTTPHeaders(host.map { [("Host", $0)] } ?? [])
    let answer = scene.evaluate("", path: path, method: "GET", headers: headers)
    guard let expected else { return #expect(answer.status == 400) }
    #expect(answer.status == 200 && answer.header("Content-Type") == "application/json")
    let members = try JSONDecoder().decode([String: String].self, from: Data(answer.body.utf8))
    #expect(
      members == [
        "policy_decision_point": expected, "access_evaluation_endpoint": expected + "/access/v1/evaluation",
        "access_evaluations_endpoint": expected + "/access/v1/evaluations",
        "search_subject_endpoint": expected + "/access/v1/search/subject",
        "search_resource_endpoint": expected + "/access/v1/search/resource",
        "search_action_endpoint": expected + "/access/v1/search/action",
      ])
    let posted = scene.evaluate("{}", path: path, headers: headers)
    #expect(posted.status == 405 && posted.header("Allow") == "GET, HEAD")
  }

  @Test(
    "an address of the gate is https with a host alone",
    arguments: [
      "http://a.example", "https://", "https://a.example/", "https://a.example?x", "https://u@a", "a",
    ])
  func addresses(text: String) { #expect(AuthZENURL(text) == nil) }
}
