package import Access

/// The request of a client to a proxy, about which the proxy asks.
package struct AskedRequest: Sendable {
  package let method: HTTPMethod
  package let address: RequestedAddress
  /// The path as it came, without the query, for people.
  package let path: String
  package var credential: Credential
  /// The source address; nil where it is not known. Then tokens that are limited to networks are denied.
  package let source: IPAddress?
  package let userAgent: String?
  package let trace: TraceParent?
}

/// The form in which a proxy passes on a request. The form is never guessed, because each has its own path.
package enum Dialect: Hashable, Sendable {
  /// nginx's auth_request: `X-Original-URI`, `-Method`, `-Host`, `X-Real-IP`. ingress-nginx sends
  /// `X-Original-URL` instead of the first and the third.
  case nginx
  /// Traefik's ForwardAuth, Caddy's forward_auth and popsec's action for HAProxy: `X-Forwarded-*`.
  case forward
  /// Envoy's HTTP ext_authz: the original method, host and path.
  case envoy

  /// Finds the dialect by the path that is asked. For Envoy the request's own target follows the path.
  package static func find(_ target: String) -> Dialect? {
    let path = target.prefix { $0 != "?" }
    if path == "/auth/nginx" { return .nginx }
    if path == "/auth/forward" { return .forward }
    let isEnvoy = path == envoyPath || path.hasPrefix(envoyPath + "/")
    return isEnvoy ? .envoy : nil
  }

  static let envoyPath = "/auth/envoy"

  /// Whether the proxy takes only plain denials. nginx's auth_request takes 2xx, 401 and 403, and treats any
  /// other status as an error (nginx.org, ngx_http_auth_request_module).
  package var takesOnlyPlainDenials: Bool { self == .nginx }

  package func read(_ raw: RawRequest, trusting peers: TrustedPeers) throws(GateProblem) -> AskedRequest {
    guard peers.includes(raw.peer) else { throw .untrustedPeer }
    switch self {
    case .nginx:
      let source = try raw.single("X-Real-IP").map { IPAddress($0.trimmed) }
      let method = try raw.needed("X-Original-Method")
      let (host, target) = try originalPlace(raw)
      return try asked(
        raw, method: method, host: host, target: target, source: source ?? forwarded(raw, peers))
    case .forward:
      _ = try raw.single("X-Forwarded-Proto")
      return try asked(
        raw, method: raw.needed("X-Forwarded-Method"), host: raw.needed("X-Forwarded-Host"),
        target: raw.needed("X-Forwarded-Uri"), source: forwarded(raw, peers))
    case .envoy:
      let target = raw.target.dropFirst(Self.envoyPath.count)
      return try asked(
        raw, method: raw.method, host: raw.needed("Host"),
        target: target.first == "/" ? String(target) : "/" + target, source: forwarded(raw, peers))
    }
  }

  /// The original host and target. ingress-nginx with an `auth-method` sends the target in a second header as
  /// well; otherwise that header comes from the client. Nobody may guess which one counts, so both must be
  /// equal, byte by byte.
  private func originalPlace(_ raw: RawRequest) throws(GateProblem) -> (host: String, target: String) {
    guard let text = try raw.single(OriginalURL.header) else {
      return (try raw.needed("X-Original-Host"), try raw.needed("X-Original-URI"))
    }
    let url = try OriginalURL(text)
    for (name, said) in [("X-Original-URI", url.target), ("X-Original-Host", url.authority)] {
      guard let other = try raw.single(name) else { continue }
      guard other.utf8.elementsEqual(said.utf8) else { throw .conflictingHeaders(OriginalURL.header, name) }
    }
    return (url.authority, url.target)
  }

  private func forwarded(_ raw: RawRequest, _ peers: TrustedPeers) -> IPAddress? {
    peers.source(forwardedFor: raw.all("X-Forwarded-For"))
  }

  private func asked(
    _ raw: RawRequest, method: String, host: String, target: String, source: IPAddress?
  ) throws(GateProblem) -> AskedRequest {
    guard let method = HTTPMethod(rawValue: method) else { throw .method }
    let address: RequestedAddress
    do { address = try RequestedAddress(host: host, target: target) } catch { throw .address(error) }
    let question = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    return AskedRequest(
      method: method, address: address, path: String(target[..<question]),
      credential: try Credential(query: address.query, target: target, headers: raw.headers),
      source: source,
      userAgent: raw.all("User-Agent").first, trace: TraceParent(raw))
  }
}
