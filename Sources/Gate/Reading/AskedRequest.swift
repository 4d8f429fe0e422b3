package import Access

/// What a proxy asks about: a request that somebody made to it.
package struct AskedRequest: Sendable {
  package let method: HTTPMethod
  package let address: RequestedAddress
  /// For people: the path as it came, without the query.
  package let path: String
  package let credential: Credential
  /// Nil where that can't be told; then tokens that are limited to networks are denied.
  package let source: IPAddress?
  package let userAgent: String?
}

/// How a proxy hands on a request. None is guessed: each has its own path.
package enum Dialect: Hashable, Sendable {
  /// nginx's auth_request: `X-Original-URI`, `-Method`, `-Host`, `X-Real-IP`; ingress-nginx has
  /// `X-Original-URL` in place of the first and the third.
  case nginx
  /// Traefik's ForwardAuth, Caddy's forward_auth and our action for HAProxy: `X-Forwarded-*`.
  case forward
  /// Envoy's HTTP ext_authz: the method, host and path themselves.
  case envoy

  /// The path under which it is asked, and for Envoy the request's own target after it.
  package static func find(_ target: String) -> Dialect? {
    let path = target.prefix { $0 != "?" }
    if path == "/auth/nginx" { return .nginx }
    if path == "/auth/forward" { return .forward }
    let isEnvoy = path == envoyPath || path.hasPrefix(envoyPath + "/")
    return isEnvoy ? .envoy : nil
  }

  static let envoyPath = "/auth/envoy"

  /// nginx's auth_request takes 2xx, 401 and 403; anything else is an error to it
  /// (nginx.org, ngx_http_auth_request_module).
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

  /// ingress-nginx sends the target beside the address whole where it has an `auth-method`; else such a header is
  /// the client's own. Nobody may guess which of them counts, so they have to say the same, byte by byte.
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
      userAgent: raw.all("User-Agent").first)
  }
}
