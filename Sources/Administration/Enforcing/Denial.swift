package import Access
private import Foundation
package import Store

/// A request that the gate denied, as it is shown later: with the whole reason, and without a secret.
package struct Denial: Hashable, Sendable, Codable {
  /// What was asked, as far as it is known.
  package struct Request: Hashable, Sendable, Codable {
    package var method: String?
    package var host: String?
    /// The path without the query.
    package var path: String?
    /// The widget or endpoint, as in `Sales MX (widget)`; nil where nothing has the address.
    package var place: String?
    package var source: String?
    package var userAgent: String?
    /// The request's place in a distributed trace (W3C Trace Context), as it was validated; nil where it had none.
    package var traceparent: String?

    package init(
      method: String? = nil, host: String? = nil, path: String? = nil, place: String? = nil,
      source: String? = nil, userAgent: String? = nil, traceparent: String? = nil
    ) {
      self.method = method
      self.host = host.map { Self.harmless($0) }
      self.path = path.map { Self.harmless($0) }
      self.place = place
      self.source = source
      self.userAgent = userAgent.map { Self.harmless($0) }
      self.traceparent = traceparent
    }

    /// The number of characters that are kept of a text from outside.
    private static let keptCharacters = 300

    private static func harmless(_ text: String) -> String {
      if PastedTokenID.holdsTokenID(text) { return "(left out: it holds a Token ID)" }
      return text.count > keptCharacters ? text.prefix(keptCharacters) + "…" : text
    }
  }

  package let id: String
  package let at: String
  package let status: Int
  package let request: Request
  /// The names of the token's user and of the token, as in `Portal Mexico / portal`; nil where the token is
  /// unknown.
  package let token: String?
  /// The ids of both, so that a person can open them.
  package let tokenID: String?
  package let accountID: String?
  package let explanation: Explanation
  /// The number of other denials at about that time that were not kept, because there were too many; nil for
  /// none.
  package let notKept: Int?
  /// What to ask again in order to mend it; nil where nothing would have mended it, and for denials that an
  /// earlier popsec kept.
  private let asking: DeniedRequest?

  /// - Parameter isTooMany: whether everything was allowed, but the token's rate was exceeded.
  package init(
    _ verdict: Verdict, id: DecisionID, at: Timestamp, status: Int, request: Request, isTooMany: Bool,
    notKept: Int? = nil
  ) {
    self.notKept = notKept
    self.id = id.rawValue
    self.at = at.description
    self.status = status
    self.request = request.placed(verdict)
    let known = verdict.question.request.token.known
    token = known.map { token in
      "\(verdict.names.accounts[token.account]?.name.text ?? token.account.description) / \(token.name.text)"
    }
    tokenID = known?.id.description
    accountID = known?.account.description
    let plain = Explanation(verdict)
    asking = isTooMany || plain.fixes.isEmpty ? nil : DeniedRequest(verdict)
    explanation = isTooMany ? plain.exceedingRate(known) : plain
  }

  /// What was asked, for people.
  package var facts: [(title: String, text: String)] { facts(.utc) }

  /// The same facts.
  ///
  /// - Parameter times: the way in which instants are written.
  package func facts(_ times: TimeWords) -> [(title: String, text: String)] {
    let asked = [request.method, request.host.map { $0 + (request.path ?? "") }].compactMap { $0 }
    let facts: [(String, String?)] = [
      ("Decision", id), (times.titled("Time"), Timestamp(at).map(times.fact) ?? at), ("Token", token),
      ("Asked for", request.place), ("Request", asked.isEmpty ? nil : asked.joined(separator: " ")),
      ("From", request.source), ("User agent", request.userAgent), ("Trace", request.traceparent),
      ("Answer", String(status)),
      ("Not kept", notKept.map { "\($0) more denials at about that time" }),
    ]
    return facts.compactMap { title, text in text.map { (title, $0) } }
  }

  package var decision: DecisionID? { DecisionID(rawValue: id) }
  package var account: AccountID? { accountID.flatMap { AccountID($0) } }

  /// The request of the denial, by the ids of what was asked for; nil where it is not kept.
  ///
  /// - Parameter kind: the kind of the token's user.
  func asked(by kind: AccountKind) -> CheckRequest? {
    guard let account, let token = tokenID.flatMap({ TokenRowID($0) }) else { return nil }
    return asking?.request(
      of: .token(.id(token), of: AccountReference(kind, .id(account))), from: request.source)
  }

  /// The denial in the form in which the store keeps it.
  package var document: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// Errors: ``StoreError/corrupt(path:detail:)``.
  init(document: String, path: String) throws {
    do { self = try JSONDecoder().decode(Denial.self, from: Data(document.utf8)) } catch {
      throw StoreError.corrupt(path: path, detail: "a denial can't be read")
    }
  }
}

extension Denial.Request {
  /// The request with the name of the widget or endpoint that it asked for.
  package func placed(_ verdict: Verdict) -> Denial.Request {
    var placed = self
    let names = verdict.names
    switch verdict.question.request.surface {
    case .widget(.found(let id)): placed.place = "\(names.widgets[id]?.text ?? id.description) (widget)"
    case .endpoint(.found(let id), _):
      placed.place = "\(names.endpoints[id]?.text ?? id.description) (endpoint)"
    case .api(.found(let id)): placed.place = "\(names.connectors[id]?.text ?? id.description) (API)"
    case .widget(.unknown), .endpoint(.unknown, _), .api(.unknown): break
    }
    return placed
  }
}

extension Explanation {
  /// The explanation, denied by the step `limits`, because the gate counts requests and the decision does
  /// not.
  fileprivate func exceedingRate(_ token: Token?) -> Explanation {
    let limit = token?.limits.requestsPerMinute.map { "\($0) requests a minute" } ?? "its rate"
    let text = "\(quoted(token?.name.text ?? "")) is limited to \(limit), and they were used up"
    let steps = steps.map { step in
      step.step == .limits
        ? ExplanationStep(step: .limits, line: ExplanationLine(.failed, text), children: []) : step
    }
    return Explanation(deniedAt: .limits, steps: steps, reason: text)
  }

  private init(deniedAt step: DecisionStep, steps: [ExplanationStep], reason: String) {
    (isAllowed, deniedStep, by, fixes) = (false, step, nil, [])
    self.steps = steps
    self.reason = reason
  }
}

extension Administration {
  /// A denial of the gate; nil where it is not known, or no longer known.
  package func denial(_ id: DecisionID) throws -> Denial? {
    try read { _ in }
    return try uses.denial(id).map { try Denial(document: $0.document, path: location) }
  }

  /// Windows over the gate's denials, the latest first.
  package func denials(
    _ position: PagePosition<DenialCursor>, limit: Int
  ) throws -> Page<(denial: Denial, cursor: DenialCursor)> {
    try read { _ in }
    let page = try uses.denials(position, limit: limit)
    return Page(
      rows: try page.rows.map { (try Denial(document: $0.document, path: location), $0.cursor) },
      hasBefore: page.hasBefore, hasAfter: page.hasAfter)
  }

  package func denialCount() throws -> Int {
    try read { _ in }
    return try uses.denialCount()
  }
}
