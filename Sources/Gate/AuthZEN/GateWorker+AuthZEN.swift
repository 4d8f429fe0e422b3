internal import Access
internal import Administration
private import Foundation

/// Questions of applications that enforce decisions themselves (OpenID AuthZEN Authorization API 1.0).
extension GateWorker {
  /// The service and the path, where AuthZEN is served and the request asks for one of its paths.
  func authZEN(_ raw: RawRequest) -> (AuthZENService, AuthZENPath)? {
    shared.authZEN.flatMap { service in AuthZENPath.find(raw.target).map { (service, $0) } }
  }

  func authZEN(_ raw: RawRequest, _ service: AuthZENService, _ path: AuthZENPath) -> Answer {
    do { return try answered(raw, service, path).identified(as: raw) } catch {
      return refuse(raw, GateProblem(deciding: error))
    }
  }

  private func answered(_ raw: RawRequest, _ service: AuthZENService, _ path: AuthZENPath) throws -> Answer {
    guard shared.trusted.includes(raw.peer) else { throw GateProblem.untrustedPeer }
    guard path.methods.contains(raw.method) else {
      throw GateProblem.wrongMethod(allowed: path.methods.joined(separator: ", "))
    }
    if path != .configuration { try ContentType.checkJSON(raw) }
    switch path {
    case .evaluation:
      return Answer.json(try evaluated(try readAuthZEN(Evaluation.self, raw.body), TraceParent(raw)))
    case .evaluations: return try evaluations(raw)
    case .searchSubject: return try search(SubjectSearch.self, raw, service)
    case .searchResource: return try search(ResourceSearch.self, raw, service)
    case .searchAction: return try search(ActionSearch.self, raw, service)
    case .configuration: return try configuration(raw, service)
    }
  }

  private func configuration(_ raw: RawRequest, _ service: AuthZENService) throws -> Answer {
    if let url = service.url { return Answer.json(url.metadata) }
    guard let url = AuthZENURL(host: try raw.needed("Host")) else { throw GateProblem.address(.host) }
    return Answer.json(url.metadata)
  }

  // MARK: Evaluations

  private func evaluations(_ raw: RawRequest) throws -> Answer {
    let (batch, trace) = (try readAuthZEN(Evaluations.self, raw.body), TraceParent(raw))
    guard let all = batch.evaluations, !all.isEmpty else {
      return Answer.json(try evaluated(batch.common, trace))
    }
    guard all.count <= Evaluations.maximumCount else {
      throw GateProblem.body("a batch has at most \(Evaluations.maximumCount) evaluations")
    }
    var answers: [EvaluationAnswer] = []
    for evaluation in all {
      answers.append(evaluatedPart(evaluation.filled(from: batch.common), trace))
      if let last = answers.last, batch.semantic.ends(after: last.decision) { break }
    }
    return Answer.json(EvaluationAnswers(evaluations: answers))
  }

  /// The answer to one question of several. A single question that can't be decided is an error; one of
  /// several is denied, with the reason.
  private func evaluatedPart(_ evaluation: Evaluation, _ trace: TraceParent?) -> EvaluationAnswer {
    do { return try evaluated(evaluation, trace) } catch {
      return EvaluationAnswer(.problem(error), .random())
    }
  }

  private func evaluated(
    _ evaluation: Evaluation, _ trace: TraceParent?
  ) throws(GateProblem) -> EvaluationAnswer {
    let began = shared.microseconds()
    let id = DecisionID.random()
    let recognized = recognize(evaluation)
    let request = try recognized.evaluation.request()
    let (outcome, decoy) = decide(request, recognized.decoy)
    let asked = Denial.Request(source: request.source?.description, traceparent: trace?.description)
    keep(outcome, id, status: Answer.status(outcome), source: request.source, trace: trace) { asked }
    if let decoy { report(decoy, id, outcome, source: request.source, asked) }
    note(outcome, began)
    if case .problem(let problem) = outcome { throw problem }
    return EvaluationAnswer(outcome, id)
  }

  // MARK: Search

  private func search<Kind: Search>(
    _ kind: Kind.Type, _ raw: RawRequest, _ service: AuthZENService
  ) throws -> Answer {
    var search = try readAuthZEN(Kind.self, raw.body)
    let page = search.page
    search.page = nil
    // A token continues only this search. The path tells the kind of search.
    let question = Data("\(Kind.self) \(try JSONText.plain(search))".utf8)
    let limit = page?.limit ?? SearchBounds.results
    guard limit >= 0 else { throw GateProblem.body("a page's limit is not below 0") }
    let spot = try page?.token.flatMap { try $0.isEmpty ? nil : service.seal.spot($0, of: question) }
    let decoy = recognize(&search)
    if let decoy {
      let source = try search.context?.address()
      report(decoy, .random(), nil, source: source, Denial.Request(source: source?.description))
    }
    let run = try judge.search(search, limit: min(limit, SearchBounds.results), after: spot)
    let next = try run.next.map { try service.seal.token($0, of: question) }
    return Answer.json(
      SearchAnswer(
        page: SearchAnswer.Page(next_token: next ?? "", count: run.found.count), results: run.found))
  }
}

extension Answer {
  /// The answer with the identifiers of its request, as they came (AuthZEN, section 10.1.3). Characters that
  /// are not allowed in a header (RFC 9110, section 5.5) are left out.
  func identified(as raw: RawRequest) -> Answer {
    var answer = self
    for id in raw.all("X-Request-ID") where id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) {
      answer.headers.append(("X-Request-ID", id))
    }
    return answer
  }
}
