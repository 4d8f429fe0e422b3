package import Access
package import Administration

/// An answer of the gate, independent of the protocol that carries it.
package struct Answer: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: String
  /// For how long this is the answer to the same request; nil where each request is decided anew.
  package var lasting: LastingAnswer?

  package init(status: Int, headers: [(name: String, value: String)] = [], body: String = "") {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

extension Answer {
  /// Makes the answer to a proxy. A proxy whose dialect takes only plain denials receives 403 instead of a
  /// status that it would treat as a fault, and the reason is in a header. `identity` makes or has the
  /// headers that tell who asks. `assertion` says the same in signed form; it is empty where nothing was
  /// allowed or nobody signs, so that no client can send an assertion itself. The body of a refusal has the
  /// form `format`.
  package init(
    _ outcome: GateOutcome, _ dialect: Dialect, _ decision: DecisionID,
    as format: @autoclosure () -> RefusalFormat = .text, assertion: String = "",
    identity: (Verdict) -> IdentityHeaders = IdentityHeaders.init
  ) {
    let status = Self.status(outcome)
    let isPlain = [200, 401, 403].contains(status) || !dialect.takesOnlyPlainDenials
    self.init(status: isPlain ? status : 403)
    headers = [("X-Popsec-Decision", decision.rawValue)] + Self.fixed
    headers.append(("X-Popsec-Reason", Self.reason(outcome)))
    headers.append(("X-Popsec-Assertion", outcome.isAllowed ? assertion : ""))
    switch outcome {
    case .allowed(let verdict, let cookie):
      headers += identity(verdict).fields
      if let cookie = cookie.set { headers.append(("Set-Cookie", Self.cookie(cookie))) }
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

  /// Tells for how many seconds the store had been out of reach, where the answer was given by what was known of it.
  static let staleHeader = "X-Popsec-Stale"

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

  /// The reason in one word: the step that denied, or what was wrong with the request; empty where the
  /// request is allowed.
  static func reason(_ outcome: GateOutcome) -> String {
    switch outcome {
    case .allowed, .open: ""
    case .denied(let verdict): verdict.decision.deniedStep?.rawValue ?? ""
    case .unknownSubject: DecisionStep.user.rawValue
    case .tooMany: "rate"
    case .problem(let problem): problem.word
    }
  }

  /// The challenge of RFC 6750, section 3. It has no error code where no token was shown. A proxy that takes
  /// no 400 receives `invalid_request` here as well.
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

  /// The cookie for a widget. It is `Partitioned` (CHIPS), because a widget is mostly embedded in a page of
  /// another site.
  private static func cookie(_ cookie: SetHandle) -> String {
    "\(CookieHandle.cookieName)=\(cookie.handle.text); Path=\(cookie.path); "
      + "Max-Age=\(HandleBook.lifetimeSeconds); Secure; HttpOnly; SameSite=None; Partitioned"
  }

  /// The refusal in words, which reveal nothing of what is behind the gate.
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
