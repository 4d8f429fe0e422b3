package import Access
package import Administration

/// What the gate answers, whoever carries it.
package struct Answer: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: String

  package init(status: Int, headers: [(name: String, value: String)] = [], body: String = "") {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

extension Answer {
  /// What a proxy is told. One whose dialect takes only plain denials gets 403 for what it would take for a
  /// fault, and the reason stands in a header.
  /// `identity` makes the headers that tell who asks, or has them. `assertion` says the same, signed; it is empty where
  /// nothing was allowed or nobody signs, so that no client can send one itself. A refusal's body is in `format`.
  package init(
    _ outcome: GateOutcome, _ dialect: Dialect, _ decision: DecisionID,
    as format: @autoclosure () -> RefusalFormat = .text, assertion: String = "",
    identity: (Verdict) -> IdentityHeaders = IdentityHeaders.init
  ) {
    let status = Self.status(outcome)
    let isPlain = [200, 401, 403].contains(status) || !dialect.takesOnlyPlainDenials
    self.init(status: isPlain ? status : 403)
    headers = Self.fixed
    headers.append(("X-Popsec-Decision", decision.rawValue))
    headers.append(("X-Popsec-Reason", Self.reason(outcome)))
    headers.append(("X-Popsec-Assertion", outcome.isAllowed ? assertion : ""))
    switch outcome {
    case .allowed(let verdict, let cookie):
      headers += identity(verdict).fields
      if let cookie { headers.append(("Set-Cookie", Self.cookie(cookie))) }
    case .open: headers += IdentityHeaders.nobody.fields
    case .denied, .tooMany, .unknownSubject, .problem:
      headers += IdentityHeaders.nobody.fields
      if let challenge = Self.challenge(outcome) { headers.append(("WWW-Authenticate", challenge)) }
      if case .tooMany(_, let seconds) = outcome { headers.append(("Retry-After", String(seconds))) }
      if case .problem(.wrongMethod(let allowed)) = outcome { headers.append(("Allow", allowed)) }
      let format = format()
      headers.append(("Content-Type", format.contentType))
      let refusal = Refusal(
        status: self.status, reason: Self.reason(outcome), detail: Self.detail(outcome), decision: decision)
      body = refusal.body(format)
    }
  }

  private static let fixed = [
    (name: "Cache-Control", value: "private, no-store"), (name: "Referrer-Policy", value: "no-referrer"),
  ]

  static func status(_ outcome: GateOutcome) -> Int {
    switch outcome {
    case .allowed, .open: 200
    case .denied(let verdict): verdict.decision.deniedStep == .token ? 401 : 403
    case .unknownSubject: 403
    case .tooMany: 429
    case .problem(let problem): problem.status
    }
  }

  /// One word: the step that denied, or what was wrong with the request; empty where it is allowed.
  static func reason(_ outcome: GateOutcome) -> String {
    switch outcome {
    case .allowed, .open: ""
    case .denied(let verdict): verdict.decision.deniedStep?.rawValue ?? ""
    case .unknownSubject: DecisionStep.user.rawValue
    case .tooMany: "rate"
    case .problem(let problem): problem.word
    }
  }

  /// RFC 6750, section 3; without an error code where no token was shown. `invalid_request` also where a proxy
  /// takes no 400.
  private static func challenge(_ outcome: GateOutcome) -> String? {
    let realm = "Bearer realm=\"popsec\""
    switch outcome {
    case .denied(let verdict):
      if case .failed(.unknown(.missing)) = verdict.decision.token { return realm }
      let isToken = verdict.decision.deniedStep == .token
      return realm + ", error=\"\(isToken ? "invalid_token" : "insufficient_scope")\""
    case .problem(let problem) where problem.isAboutTokens: return realm + ", error=\"invalid_request\""
    default: return nil
    }
  }

  /// `Partitioned`: a widget is mostly embedded in a page of another site (CHIPS).
  private static func cookie(_ cookie: SetHandle) -> String {
    "\(CookieHandle.cookieName)=\(cookie.handle.text); Path=\(cookie.path); "
      + "Max-Age=\(HandleBook.lifetimeSeconds); Secure; HttpOnly; SameSite=None; Partitioned"
  }

  /// It tells nothing of what is behind.
  private static func detail(_ outcome: GateOutcome) -> String {
    switch outcome {
    case .allowed, .open: ""
    case .denied(let verdict):
      verdict.decision.deniedStep == .token ? "a valid token is needed" : "this token does not open this"
    case .unknownSubject: GateOutcome.unknownSubjectText
    case .tooMany: "too many requests with this token"
    case .problem(let problem): problem.text
    }
  }
}
