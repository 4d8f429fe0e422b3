internal import Access
internal import Administration
private import Crypto

/// The claims of an assertion (RFC 7519, section 4): who was let to what, by which decision, for which host
/// and until when.
struct AssertionClaims {
  /// The number of seconds for which an assertion is valid.
  static let lifetimeSeconds: Int64 = 60
  /// The least number of seconds that an assertion must have left when it is sent, because the application
  /// needs time to use it.
  static let leastSeconds: Int64 = 30
  /// The greatest size of pairs, as JSON in bytes, in an assertion. Because headers are limited, larger pairs
  /// stand only in their own header, and the assertion has their digest.
  static let pairsBound = 1_024

  let issuer: String
  /// The host of the address, so that an assertion for one application is invalid for another.
  let audience: String
  let decision: DecisionID
  let issuedAt: Timestamp
  let expiresAt: Timestamp
  /// The claims about the subject and the access, as members of a JSON object.
  private let content: [String]

  /// Fails where the request was not allowed.
  init?(
    _ outcome: GateOutcome, _ identity: IdentityHeaders, issuer: String, audience: String,
    decision: DecisionID, at now: Timestamp
  ) {
    switch outcome {
    case .allowed(let verdict, _):
      content = Self.content(verdict, identity)
      // What is allowed ends with the token at the latest, and with what was given before that.
      let ends = [verdict.tokenEnd, identity.until].compactMap { $0 }
      expiresAt = (ends + [now.adding(seconds: Self.lifetimeSeconds)]).min() ?? now
    case .open(let widget, _):
      content = [
        #""open":true"#, #""widget":\#(JSONString.quoted(widget.name.text, plain: .ascii))"#, #""pairs":[]"#,
      ]
      expiresAt = now.adding(seconds: Self.lifetimeSeconds)
    case .denied, .tooMany, .problem, .unknownSubject: return nil
    }
    self.issuer = issuer
    self.audience = audience
    self.decision = decision
    issuedAt = now
  }

  var json: String {
    let common = [
      #""iss":\#(JSONString.quoted(issuer, plain: .ascii))"#,
      #""aud":\#(JSONString.quoted(audience, plain: .ascii))"#,
      #""iat":\#(issuedAt.secondsSince1970)"#, #""exp":\#(expiresAt.secondsSince1970)"#,
      #""jti":"\#(decision.rawValue)""#,
    ]
    return "{" + (common + content).joined(separator: ",") + "}"
  }

  private static func content(_ verdict: Verdict, _ identity: IdentityHeaders) -> [String] {
    var members: [String] = []
    func add(_ claim: String, _ text: String?) {
      if let text { members.append("\"\(claim)\":\(JSONString.quoted(text, plain: .ascii))") }
    }
    add("sub", verdict.subjectURI)
    add("token", verdict.question.request.token.known?.name.text)
    switch verdict.question.request.surface {
    case .widget(let sought): add("widget", sought.id.flatMap { verdict.names.widgets[$0]?.text })
    case .endpoint(let sought, _): add("endpoint", sought.id.flatMap { verdict.names.endpoints[$0]?.text })
    case .api: break
    }
    add("connector", verdict.decision.located.flatMap { verdict.names.connectors[$0.connector]?.text })
    let pairs = identity.access
    if pairs.utf8.count <= pairsBound, !identity.isAccessCut {
      members.append("\"pairs\":\(pairs)")
    } else {
      add("pairs_sha256", Base64URLText.encode(Array(SHA256.hash(data: Array(pairs.utf8)))))
      if identity.isAccessCut { members.append(#""cut":true"#) }
    }
    return members
  }
}

extension Verdict {
  /// The subject, `apiUser:NAME` or `user:NAME`, with the name as in `Remote-User`. A subject with a colon
  /// must be a URI (RFC 7519, section 2).
  fileprivate var subjectURI: String? {
    guard case .account(let id)? = question.access?.subject, let account = names.accounts[id] else {
      return nil
    }
    return "\(account.kind.rawValue):\(HeaderText.encoded(account.name.text))"
  }

  /// The end of the presented Token ID; nil for never. An assertion is not valid beyond it.
  fileprivate var tokenEnd: Timestamp? {
    let ends = [question.request.token.known?.expiry.timestamp, question.request.replaced?.validUntil]
    return ends.compactMap { $0 }.min()
  }
}
