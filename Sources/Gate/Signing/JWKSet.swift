package import Access
internal import Administration

/// The public keys of gates in the form for applications (RFC 7517, section 5; RFC 8037, section 2).
package enum JWKSet {
  static let contentType = "application/jwk-set+json"
  /// The time for which applications may keep the keys, and so believe a retired key. An application that
  /// meets an unknown `kid` asks at once.
  static let cacheControl = "public, max-age=60"

  package static func json(_ keys: [GateKey]) -> String {
    let members = keys.map { key in
      #"{"alg":"EdDSA","crv":"Ed25519","kid":"\#(key.id)","kty":"OKP","use":"sig","x":"\#(key.publicKey.x)"}"#
    }
    return #"{"keys":["# + members.joined(separator: ",") + "]}"
  }
}

extension GateWorker {
  /// The public keys of all gates. Everybody may read them, because they are no secret.
  func keySet(_ raw: RawRequest, _ enforcer: Enforcer) throws -> Answer {
    guard ["GET", "HEAD"].contains(raw.method) else { throw GateProblem.wrongMethod(allowed: "GET, HEAD") }
    let keys = try enforcer.trustedGateKeys().keys
    return Answer(
      status: 200,
      headers: [("Content-Type", JWKSet.contentType), ("Cache-Control", JWKSet.cacheControl)],
      body: JWKSet.json(keys) + "\n")
  }
}
