internal import Access
package import Administration
internal import Store

/// Decides the questions of proxies and applications. A judge belongs to one thread; all threads share
/// handles and rates.
package final class GateJudge {
  let enforcer: Enforcer
  private let handles: HandleBook
  private let rates: RateBook
  private let standing: GateStanding
  private let milliseconds: () -> Int64
  /// For how many seconds the store had been silent when something was decided by what is kept of it. Whoever answers
  /// takes it back before.
  var staleSeconds: Int?

  /// - Parameter milliseconds: a clock for rates that only goes forward.
  package init(
    _ enforcer: Enforcer, handles: HandleBook, rates: RateBook, standing: GateStanding = GateStanding(),
    milliseconds: @escaping () -> Int64
  ) {
    self.standing = standing
    self.enforcer = enforcer
    self.handles = handles
    self.rates = rates
    self.milliseconds = milliseconds
  }

  private enum Judged {
    case open(Widget, Verdict)
    case verdict(Verdict, Widget?)
  }

  /// Decides a request that a client made to a proxy.
  package func decide(_ asked: AskedRequest) -> GateOutcome {
    do {
      switch try judged({ try judge(asked, $0) }) {
      case .open(let widget, let verdict): return .open(widget, verdict)
      case .verdict(let verdict, let widget):
        guard verdict.decision.isAllowed else { return rated(verdict) ?? .denied(verdict) }
        return rated(verdict) ?? .allowed(verdict, cookie(asked, widget, verdict))
      }
    } catch { return .problem(GateProblem(deciding: error)) }
  }

  /// Decides a request that an application asks about.
  package func decide(_ request: CheckRequest) -> GateOutcome {
    do {
      let verdict = try judged { try $0.check(request) }
      return rated(verdict) ?? (verdict.decision.isAllowed ? .allowed(verdict, .none) : .denied(verdict))
    } catch AdministrationError.missing {
      return .unknownSubject
    } catch { return .problem(GateProblem(deciding: error)) }
  }

  /// Decides on the store, or on what is kept of it where the store is out of reach and the administrator allows that.
  ///
  /// Errors: ``GateProblem`` where neither is possible, and the errors of ``Enforcer/decide(_:)``.
  private func judged<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    switch standing.footing(isCutOff: enforcer.assurance == .cutOff) {
    case .store: return try enforcer.decide(body)
    case .kept(let silence):
      guard let heard = silence.heard, let result = try enforcer.decideByKept(heard: heard, body) else {
        throw GateProblem.unavailable
      }
      staleSeconds = silence.seconds
      return result
    case .none(let problem): throw problem
    }
  }

  /// Searches, beginning after a place. A search about somebody who does not exist finds nothing. A search
  /// doesn't count as a use of a token.
  ///
  /// Errors: ``GateProblem``.
  func search(_ search: some Search, limit: Int, after spot: SearchSpot?) throws(GateProblem) -> SearchRun {
    if let problem = standing.problem { throw problem }
    do {
      return try enforcer.decide { checker in
        var run = SearchRun(limit: limit, after: spot)
        try run.run(search, checker, now: enforcer.now)
        return run
      }
    } catch AdministrationError.missing {
      return SearchRun(limit: limit, after: nil)
    } catch { throw GateProblem(deciding: error) }
  }

  private func judge(_ asked: AskedRequest, _ checker: Checker) throws -> Judged {
    var request = CheckRequest(
      asker: .noToken, surface: .widget(.noName), at: nil, source: asked.source)
    var meant: Widget?
    switch try checker.source.find(asked.address, method: asked.method) {
    case .one(.widget(let widget)):
      let narrowing = try Narrowing(asked.address.query, parameters: widget.parameters)
      (request.company, request.list, request.item) = (narrowing.company, narrowing.list, narrowing.item)
      request.surface = .widget(.id(widget.id))
      meant = widget
    case .one(.endpoint(let endpoint)): request.surface = .endpoint(.id(endpoint.id), asked.method)
    // Where a request could mean two entries equally well, it means none.
    case .none, .several: break
    }
    switch asked.credential {
    case .none: break
    case .malformed(let problem): request.asker = .malformedTokenID(problem)
    case .token(let id): request.asker = .hashes(try checker.hashes(of: id))
    case .handles(let known):
      let presented = meant.flatMap { handles.presented(known, at: $0.id, now: enforcer.now) }
      if let presented { request.asker = .presented(presented.id) }
    }
    let verdict = try checker.check(request)
    // An open widget is open to everybody, including clients whose token opens nothing.
    if let meant, meant.isOpen, meant.isEnabled, !verdict.decision.isAllowed {
      return .open(meant, verdict)
    }
    return .verdict(verdict, meant)
  }

  /// Counts a request of a live token from an allowed network, whatever else is decided.
  private func rated(_ verdict: Verdict) -> GateOutcome? {
    guard let token = verdict.question.request.token.known, let limit = token.limits.requestsPerMinute,
      verdict.presented != nil, verdict.decision.token.passes, verdict.decision.limits.passes,
      let wait = rates.take(token.id, limit: limit, atMilliseconds: milliseconds())
    else { return nil }
    return .tooMany(verdict, retrySeconds: wait)
  }

  /// The cookie that a page needs for its scripts, styles and data, whose requests carry no token.
  private func cookie(_ asked: AskedRequest, _ widget: Widget?, _ verdict: Verdict) -> PageCookie {
    guard let widget, let secret = verdict.presented, let token = verdict.question.request.token.known else {
      return .none
    }
    let now = enforcer.now
    guard
      let given = handles.handle(
        for: PresentedTokenID(token: token.id, secret: secret), at: widget.id, now: now)
    else { return PageCookie(set: nil, until: now) }
    let set = SetHandle(handle: given.handle, path: widget.address.rawPath)
    guard case .handles(let known) = asked.credential else { return PageCookie(set: set, until: given.until) }
    let shown = handles.presented(known, at: widget.id, now: now)
    return PageCookie(
      set: known.contains(given.handle) ? nil : set, until: min(given.until, shown?.until ?? now))
  }
}
