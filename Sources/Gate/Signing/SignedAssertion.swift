internal import Access
internal import Sealing

/// An assertion in the form for a header: a JWS in compact form (RFC 7515, section 7.1), signed by EdDSA (RFC
/// 8037).
enum SignedAssertion {
  /// The assertion; nil where the system can't sign.
  static func text(_ claims: AssertionClaims, _ signer: GateSigner) -> String? {
    let header = #"{"alg":"EdDSA","kid":"\#(signer.id.rawValue)","typ":"JWT"}"#
    let signed =
      Base64URLText.encode(Array(header.utf8)) + "." + Base64URLText.encode(Array(claims.json.utf8))
    return signer.sign(signed).map { signed + "." + Base64URLText.encode($0) }
  }
}
