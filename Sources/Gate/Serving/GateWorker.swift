package import Access
package import Administration
internal import Synchronization

/// What all threads of a gate share.
package struct GateShared: Sendable {
  package let handles = HandleBook()
  package let rates = RateBook()
  package let people = PeopleCache()
  let answers = AnswerBook()
  let keyMaker = AnswerKeyMaker()
  /// Makes assertions; nil where answers are not signed.
  let assertions: AssertionBook?
  package let recorder: Recorder
  package let trusted: TrustedPeers
  package let standing: GateStanding
  /// The service of AuthZEN; nil where it is not served.
  let authZEN: AuthZENService?
  package let log: GateLog
  /// The decoys that the gate recognizes.
  let decoys: KnownDecoys
  /// What the gate knows of the store for its metrics.
  package let figures = StoreFigures()
  /// What metrics say of the program; nil where they say nothing.
  let program: ProgramFacts?
  /// Whether each denial gets a line in the log.
  package let logsDenials: Bool
  /// The microseconds since some moment, on a clock that only goes forward.
  package let microseconds: @Sendable () -> Int64

  package init(
    recorder: Recorder, trusted: TrustedPeers, authZEN: AuthZENService? = nil, log: GateLog = .none,
    logsDenials: Bool = false, assertions: AssertionBook? = nil, standing: GateStanding = GateStanding(),
    program: ProgramFacts? = nil, decoys: KnownDecoys = KnownDecoys(),
    microseconds: @escaping @Sendable () -> Int64
  ) {
    self.recorder = recorder
    self.trusted = trusted
    self.standing = standing
    self.program = program
    self.decoys = decoys
    self.authZEN = authZEN
    self.log = log
    self.logsDenials = logsDenials
    self.assertions = assertions
    self.microseconds = microseconds
  }
}

/// Answers the requests of one thread.
package final class GateWorker {
  let judge: GateJudge
  let shared: GateShared
  let metrics: WorkerMetrics
  var ids = DecisionIDSource()
  /// The day at which uses were last handed over.
  private var handedOverOn: Timestamp?
  private var uses: [TokenSecretID: TokenIDUse] = [:]
  private var denials = DenialShelf(capacity: GateWorker.keptDenials)
  var decided = DecisionSum()

  /// The greatest number of denials kept between two writes. The others of a flood are only counted.
  package static let keptDenials = 250

  init(_ enforcer: Enforcer, _ shared: GateShared, metrics: WorkerMetrics) {
    self.metrics = metrics
    judge = GateJudge(
      enforcer, handles: shared.handles, rates: shared.rates, standing: shared.standing,
      milliseconds: { shared.microseconds() / 1_000 })
    self.shared = shared
    enforcer.onAdvance = { [answers = shared.answers, assertions = shared.assertions] in
      answers.advance($0)
      assertions?.advance($0)
    }
  }

  package convenience init(_ enforcer: Enforcer, _ shared: GateShared) {
    self.init(enforcer, shared, metrics: WorkerMetrics())
  }

  package var now: Timestamp { judge.enforcer.now }

  /// Answers a request. `metricsText` is called where the request asks for metrics.
  package func answer(_ raw: RawRequest, metricsText: () -> String = { "" }) -> Answer {
    judge.staleSeconds = nil
    var answer = freshAnswer(raw, metricsText)
    if let seconds = judge.staleSeconds {
      answer.headers.append((Answer.staleHeader, String(seconds)))
      answer.lasting = nil
      shared.standing.stale.withLock { $0.count(1, at: now) }
    }
    return answer
  }

  private func freshAnswer(_ raw: RawRequest, _ metricsText: () -> String) -> Answer {
    if let dialect = Dialect.find(raw.target) { return ask(raw, dialect) }
    if let (service, path) = authZEN(raw) { return authZEN(raw, service, path) }
    do {
      switch raw.target.prefix(while: { $0 != "?" }) {
      case "/healthz": return health()
      case "/.well-known/jwks.json": return try keySet(raw, judge.enforcer)
      case "/metrics":
        guard shared.trusted.includes(raw.peer) else { throw GateProblem.untrustedPeer }
        return Answer(
          status: 200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
          body: metricsText())
      default: throw GateProblem.noSuchPath
      }
    } catch {
      return refuse(raw, GateProblem(deciding: error))
    }
  }

  /// The answer to a request that could not be decided.
  func refuse(_ raw: RawRequest, _ problem: GateProblem) -> Answer {
    let answer = Answer(.problem(problem), .forward, .random(), as: RefusalFormat(accepting: raw.headers))
    return authZEN(raw) == nil ? answer : answer.identified(as: raw)
  }

  private func ask(_ raw: RawRequest, _ dialect: Dialect) -> Answer {
    let began = shared.microseconds()
    let id = ids.next()
    let asked: AskedRequest
    do { asked = try dialect.read(raw, trusting: shared.trusted) } catch {
      let problem = error as GateProblem
      note(.problem(problem), began)
      return Answer(.problem(problem), dialect, id, as: RefusalFormat(accepting: raw.headers))
    }
    let (outcome, decoy) = decide(asked)
    let state = judge.enforcer.state
    let identity = identity(outcome)
    let assertion = assertion(outcome, identity, host: asked.address.host, id)
    var answer = Answer(
      outcome, dialect, id, as: RefusalFormat(accepting: raw.headers), assertion: assertion?.text ?? ""
    ) { _ in identity }
    answer.lasting = lasting(outcome, state, source: asked.source, assertion)
    let status = Answer.status(outcome)
    // A denial makes the words once, whether it is kept or not, so that the time does not tell a decoy.
    let words = outcome.isAllowed && decoy == nil ? nil : Denial.Request(asked)
    keep(outcome, id, status: status, source: asked.source, trace: asked.trace) {
      words ?? Denial.Request(asked)
    }
    if let decoy, let words { report(decoy, id, outcome, source: asked.source, words) }
    note(outcome, began)
    return answer
  }

  private func identity(_ outcome: GateOutcome) -> IdentityHeaders {
    guard case .allowed(let verdict, _) = outcome else { return .nobody }
    return IdentityHeaders(verdict)
  }

  private func assertion(
    _ outcome: GateOutcome, _ identity: IdentityHeaders, host: String, _ id: DecisionID
  ) -> AssertionBook.Given? {
    guard let book = shared.assertions, outcome.isAllowed else { return nil }
    // Nobody waits for a store that is out of reach.
    if judge.staleSeconds != nil, !book.knows(judge.enforcer.state) { return AssertionBook.Given.none }
    let given = book.assertion(outcome, identity, host: host, decision: id, judge.enforcer)
    metrics.count(given.source)
    return given
  }

  // MARK: Health

  /// The reason why the store can't be read, in words; nil where it can.
  private var storeTrouble: String? {
    do {
      _ = try judge.enforcer.decide { try $0.source.loadedPlaces() }
      return nil
    } catch {
      let problem = GateProblem(deciding: error)
      return problem == .unavailable ? "the store can't be read" : problem.text
    }
  }

  private func health() -> Answer {
    if let problem = shared.standing.problem {
      return Answer(
        status: problem.status, headers: [("Content-Type", "text/plain")], body: problem.text + "\n")
    }
    let trouble = storeTrouble
    let isWell = trouble == nil
    // Without a believed key the gate continues to decide. An application that needs an assertion denies by
    // itself.
    let isUnsigned = isWell && shared.assertions?.isBelieved(judge.enforcer) == false
    return Answer(
      status: isWell ? 200 : 503, headers: [("Content-Type", "text/plain")],
      body: (trouble.map { $0 + "\n" } ?? "ok\n")
        + (isUnsigned ? "answers carry no assertion: this gate's key is not registered\n" : ""))
  }

  // MARK: Keeping

  func keep(
    _ outcome: GateOutcome, _ id: DecisionID, status: Int, source: IPAddress?, trace: TraceParent?,
    _ request: () -> Denial.Request
  ) {
    let now = judge.enforcer.now
    switch outcome {
    case .allowed(let verdict, _):
      decided.countAllowed()
      count(verdict) { $0.countUse(at: now, source: source, place: verdict.place) }
    case .denied(let verdict), .tooMany(let verdict, _):
      decided.countDenied()
      count(verdict) { $0.countDenial(at: now) }
      var isTooMany = false
      if case .tooMany = outcome { isTooMany = true }
      if shared.logsDenials { logDenial(outcome, id, status, trace) }
      denials.put(isOfKnownToken: verdict.question.request.token.known != nil) {
        PendingDenial(
          id: id, at: now, status: status, verdict: verdict, request: request(), isTooMany: isTooMany)
      }
    // Nothing is recorded for these outcomes, because nobody's access was decided.
    case .open, .unknownSubject, .problem: break
    }
  }

  private func logDenial(_ outcome: GateOutcome, _ id: DecisionID, _ status: Int, _ trace: TraceParent?) {
    var fields = ["decision": id.rawValue, "status": String(status), "step": outcome.step?.rawValue ?? ""]
    fields["traceparent"] = trace?.description
    shared.log.write(.info, "denied", fields)
  }

  private func count(_ verdict: Verdict, _ body: (inout TokenIDUse) -> Void) {
    guard let secret = verdict.presented, let token = verdict.question.request.token.known else { return }
    body(
      &uses[
        secret, default: TokenIDUse(secret: secret, token: token.id, account: token.account)])
  }

  func note(_ outcome: GateOutcome, _ began: Int64) {
    metrics.count(outcome, microseconds: Int(shared.microseconds() - began))
  }

  /// Hands over what was gathered since the last time.
  package func handOver() {
    let now = judge.enforcer.now
    shared.recorder.take(uses, denials, decided, now: now)
    // What was used on one day is counted on that day.
    let isNewDay = handedOverOn != now.startOfDay
    handedOverOn = now.startOfDay
    shared.handOverKept(all: isNewDay, now: now)
    (uses, denials, decided) = ([:], DenialShelf(capacity: Self.keptDenials), .none)
    shared.rates.forgetIdle(atMilliseconds: shared.microseconds() / 1_000)
    metrics.hits.store(judge.enforcer.counts.hits, ordering: .relaxed)
    metrics.misses.store(judge.enforcer.counts.misses, ordering: .relaxed)
    metrics.kept.store(shared.people.count, ordering: .relaxed)
    metrics.generation.store(judge.enforcer.state.generation, ordering: .relaxed)
  }
}

extension Denial.Request {
  fileprivate init(_ asked: AskedRequest) {
    self.init(
      method: asked.method.rawValue, host: asked.address.host, path: asked.path,
      source: asked.source?.description, userAgent: asked.userAgent, traceparent: asked.trace?.description)
  }
}
