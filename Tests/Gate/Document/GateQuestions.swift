import Access
import Gate
import NIOHTTP1

/// Requests for each path of the gate: good, denied, malformed, by a wrong method, and by a stranger.
enum GateQuestions {
  static let json: HTTPHeaders = ["Content-Type": "application/json", "Host": "pdp.example.com"]
  static let forwarded: HTTPHeaders = [
    "X-Forwarded-Method": "GET", "X-Forwarded-Host": "portal.example.com",
  ]
  static let stranger = IPAddress("192.0.2.1").map(Peer.address) ?? .unknown

  /// The bodies that are right, by their paths.
  static let bodies: [(path: String, body: String)] = [
    ("/access/v1/evaluation", AuthZENTests.question),
    ("/access/v1/evaluations", AuthZENTests.question),
    (
      "/access/v1/evaluations",
      #"{"subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"action":{"name":"view"},"evaluations":["#
        + #"{"resource":{"type":"widget","id":"Sales"}},{"resource":{"type":"widget","id":"Open"}},"#
        + #"{"resource":{"type":"planet","id":"Mars"}}]}"#
    ),
    ("/access/v1/search/subject", #"{"subject":{"type":"apiUser"},\#(SearchFound.widget)}"#),
    (
      "/access/v1/search/resource",
      #"{"subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"action":{"name":"view"},"#
        + #""resource":{"type":"widget"},"page":{"limit":1}}"#
    ),
    (
      "/access/v1/search/action",
      #"{"subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"resource":{"type":"widget","id":"Sales"}}"#
    ),
  ]

  static func auth(_ scene: GateScene) -> [RawRequest] {
    let (token, nginx) = (
      scene.withToken,
      { (uri: String) -> HTTPHeaders in
        ["X-Original-URI": uri, "X-Original-Method": "GET", "X-Original-Host": "portal.example.com"]
      }
    )
    let forward = { (uri: String) -> HTTPHeaders in
      var headers = Self.forwarded
      headers.add(name: "X-Forwarded-Uri", value: uri)
      return headers
    }
    let host: HTTPHeaders = ["Host": "portal.example.com"]
    let api = "/api/orders?token=" + scene.tokenID.revealed
    var both = forward("/sales")
    both.add(name: "Accept", value: "application/problem+json")
    return [token, "/sales", "/sales?token=x", api, "/open", "/nothing", "/a//b"].flatMap { uri in
      [
        RawRequest(target: "/auth/nginx", headers: nginx(uri)),
        RawRequest(target: "/auth/forward", headers: forward(uri)),
        RawRequest(target: "/auth/envoy" + uri, headers: host),
      ]
    } + [
      RawRequest(target: "/auth/nginx"), RawRequest(target: "/auth/forward"),
      RawRequest(target: "/auth/envoy"),
      RawRequest(target: "/auth/forward", headers: both),
      RawRequest(target: "/auth/forward", headers: forward(token + "&token=y")),
      RawRequest(method: "POST", target: "/auth/forward", headers: forward(token)),
      RawRequest(
        target: "/auth/envoy?token=" + scene.tokenID.revealed, headers: ["Host": "portal.example.com"]),
      RawRequest(target: "/auth/envoy", headers: host, peer: Self.stranger),
      RawRequest(target: "/auth/envoy", headers: ["Host": "nowhere.example.com"]),
      RawRequest(target: "/auth/envoy", headers: ["Host": "root.example.com"]),
    ]
  }

  /// What is asked of the paths of AuthZEN: what is right, malformed, by a wrong method, and by a stranger.
  static func application() -> [RawRequest] {
    let identified: HTTPHeaders = ["Content-Type": "application/json", "X-Request-ID": "7"]
    return Self.bodies.flatMap { path, body in
      [
        RawRequest(method: "POST", target: path, headers: Self.json, body: Array(body.utf8)),
        RawRequest(method: "POST", target: path, headers: identified, body: Array(body.utf8)),
        RawRequest(method: "POST", target: path, headers: identified, body: Array("{".utf8)),
        RawRequest(method: "GET", target: path, headers: identified),
        RawRequest(
          method: "POST", target: path, headers: Self.json, body: Array(body.utf8), peer: Self.stranger),
      ]
    }
      + ["GET", "HEAD", "POST"].map {
        RawRequest(method: $0, target: "/.well-known/authzen-configuration", headers: Self.json)
      } + [
        RawRequest(target: "/.well-known/authzen-configuration"),
        RawRequest(target: "/.well-known/authzen-configuration", peer: Self.stranger),
      ]
  }

  static func other() -> [RawRequest] {
    [
      RawRequest(target: "/healthz"), RawRequest(method: "HEAD", target: "/healthz"),
      RawRequest(target: "/metrics"),
      RawRequest(target: "/metrics", peer: Self.stranger), RawRequest(target: "/.well-known/jwks.json"),
      RawRequest(method: "HEAD", target: "/.well-known/jwks.json"),
      RawRequest(method: "POST", target: "/.well-known/jwks.json"), RawRequest(target: "/nothing"),
      RawRequest(method: "POST", target: "/auth/nginx/x"), RawRequest(target: "/"),
    ]
  }

  static func all(_ scene: GateScene) -> [RawRequest] { auth(scene) + application() + other() }
}
