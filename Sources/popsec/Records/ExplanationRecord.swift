import Access
import Administration

/// The whole trace of a decision as JSON.
struct ExplanationRecord: Encodable {
  struct Step: Encodable {
    let step: String
    /// The result of the step: `held`, `failed`, `skipped` or `notEvaluated`.
    let outcome: String
    let text: String
  }

  struct Trial: Encodable {
    /// The subject that has the grant, as in `team:Sales MX`.
    let grant: String
    let grantID: String
    let allows: Bool
    /// The first of the conditions `a` to `d` that the grant failed.
    let failed: String?
    let text: String
  }

  struct Pair: Encodable {
    let company: Nullable<String>
    let list: String
  }

  let decision: String
  let step: String
  let reason: String
  let by: Nullable<String>
  let connector: Nullable<String>
  let steps: [Step]
  /// Every grant that the decision considered.
  let grants: [Trial]
  let pairs: [Pair]
  /// The smallest changes that would allow the request. Each one is enough by itself.
  let fixes: [String]

  init(_ verdict: Verdict) {
    let explanation = Explanation(verdict)
    let names = verdict.names
    decision = explanation.isAllowed ? "allow" : "deny"
    step = (explanation.deniedStep ?? .grant).rawValue
    reason = explanation.reason
    by = Nullable(explanation.by)
    connector = Nullable(verdict.question.catalogue.connector.flatMap { names.connectors[$0]?.text })
    steps = explanation.steps.map {
      Step(step: $0.step.rawValue, outcome: $0.mark.rawValue, text: $0.text)
    }
    grants = verdict.trials.map { trial, text in
      var failed: String?
      if case .fails(let condition) = trial.outcome { failed = condition.rawValue }
      return Trial(
        grant: names.reference(trial.subject), grantID: trial.grant.description, allows: trial.block != nil,
        failed: failed, text: text)
    }
    pairs = verdict.decision.pairs.map { pair in
      Pair(
        company: Nullable(pair.company.map { names.companies[$0]?.text ?? $0.description }),
        list: names.lists[pair.list]?.text ?? pair.list.description)
    }
    fixes = explanation.fixes
  }
}
