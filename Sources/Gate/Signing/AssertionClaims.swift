internal import Access
internal import Administration
private import Crypto

/// What an assertion says (RFC 7519, section 4): who was let to what, by which decision, for which host and until when.
struct AssertionClaims {
  /// For how long an assertion is good, in seconds.
  static let lifetimeSeconds: Int64 = 60
  /// An assertion with fewer seconds left is not handed on: the application has to have some time with it.
  static let leastSeconds: Int64 = 30
  /// Pairs of more bytes as JSON stand in the header alone, and their digest in the assertion: headers have bounds.
  static let pairsBound = 1_024

  let issuer: String
  /// The host of the address, so that what was said to one application is worth nothing to another.
  let audience: String
  let decision: DecisionID
  let issuedAt: Timestamp
  let expiresAt: Timestamp
  /// The claims that tell who and what, as members of a JSON object.
  private let content: [String]

  /// Nil for what was not allowed.
  init?(
    _ outcome: GateOutcome, _ identity: IdentityHeaders, issuer: String, audience: String,
    decision: DecisionID, at now: Timestamp
  ) {
    switch outcome {
    case .allowed(let verdict, _):
      content = Self.content(verdict, identity)
      expiresAt =
        verdict.tokenEnd.map { min($0, now.adding(seconds: Self.lifetimeSeconds)) }
        ?? now.adding(seconds: Self.lifetimeSeconds)
    case .open(let widget):
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
  /// `apiUser:NAME` or `user:NAME`, the name as `Remote-User` has it: with a colon a subject has to be a URI (RFC 7519,
  /// section 2).
  fileprivate var subjectURI: String? {
    guard case .account(let id)? = question.access?.subject, let account = names.accounts[id] else {
      return nil
    }
    return "\(account.kind.rawValue):\(HeaderText.encoded(account.name.text))"
  }

  /// When the Token ID that was shown ends; nil for never. What it opened is not vouched for beyond that.
  fileprivate var tokenEnd: Timestamp? {
    let ends = [question.request.token.known?.expiry.timestamp, question.request.replaced?.validUntil]
    return ends.compactMap { $0 }.min()
  }
}
