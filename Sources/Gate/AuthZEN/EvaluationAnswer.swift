internal import Access
internal import Administration

/// The answer to a question of AuthZEN, with the trace in its context.
struct EvaluationAnswer: Encodable {
  struct Step: Encodable {
    let step: String
    let mark: String
    let text: String
  }

  struct Pair: Encodable {
    let company: String?
    let list: String
  }

  struct Context: Encodable {
    var id: String
    var step: String?
    var reason: String
    var by: String?
    var connector: String?
    var pairs: [Pair]?
    /// The instant at which what is allowed becomes something else by the passing of time alone.
    var until: String?
    var trace: [Step]?
    /// The status of a question that could not be decided.
    var status: Int?
  }

  let decision: Bool
  let context: Context

  /// The greatest number of pairs of company and list in an answer.
  private static let maximumPairs = 1_000

  init(_ outcome: GateOutcome, _ id: DecisionID) {
    decision = outcome.isAllowed
    switch outcome {
    case .allowed(let verdict, _), .denied(let verdict), .tooMany(let verdict, _):
      let words = Explanation(verdict, withFixes: false)
      var reason = words.reason
      if case .tooMany = outcome { reason = "too many requests with this token" }
      context = Context(
        id: id.rawValue, step: outcome.step?.rawValue, reason: reason, by: decision ? words.by : nil,
        connector: verdict.decision.located.flatMap { verdict.names.connectors[$0.connector]?.text },
        pairs: decision ? Self.pairs(verdict) : [], until: verdict.until?.description,
        trace: words.steps.map { Step(step: $0.step.rawValue, mark: $0.mark.rawValue, text: $0.text) })
    case .open(let widget, _):
      context = Context(id: id.rawValue, reason: "the widget \(widget.name.text) is open")
    case .unknownSubject:
      context = Context(
        id: id.rawValue, step: outcome.step?.rawValue, reason: GateOutcome.unknownSubjectText, pairs: [])
    case .problem(let problem):
      context = Context(id: id.rawValue, reason: problem.text, status: problem.status)
    }
  }

  private static func pairs(_ verdict: Verdict) -> [Pair] {
    verdict.decision.pairs.prefix(maximumPairs).map { pair in
      Pair(
        company: pair.company.flatMap { verdict.names.companies[$0]?.text },
        list: verdict.names.lists[pair.list]?.text ?? "")
    }
  }
}

struct EvaluationAnswers: Encodable {
  let evaluations: [EvaluationAnswer]
}

extension Answer {
  /// The answer as JSON. The status tells of errors, and the body of decisions (AuthZEN, section 10).
  static func json(_ value: some Encodable) -> Answer {
    guard let text = try? JSONText.plain(value) else { return Answer(status: 500) }
    var answer = Answer(
      status: 200, headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
    answer.body = text
    return answer
  }
}
