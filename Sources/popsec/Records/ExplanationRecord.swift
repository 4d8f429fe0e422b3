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
    /// When it begins to be in force, where it is not yet.
    let begins: String?
    /// When it ceased to be in force.
    let ended: String?
    let text: String
  }

  /// A system role that would open the surface and is not in force.
  struct LapsedRole: Encodable {
    let role: String
    /// Who has it, as in `team:Sales MX`.
    let holder: String
    let begins: String?
    let ended: String?
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
  let rolesNotInForce: [LapsedRole]
  /// When what is allowed becomes something else by the passing of time alone; null where that is never.
  let until: Nullable<String>
  let pairs: [Pair]
  /// The smallest changes that would allow the request. Each one is enough by itself.
  let fixes: [String]
  /// Of each of the fixes, the command lines that make it; none where a command can't make all of it.
  let commands: [[String]]

  init(_ verdict: Verdict) {
    let explanation = Explanation(verdict, withFixes: false)
    let found = verdict.fixesByCommand()
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
      var standing: Standing?
      if case .lapsed(let lapse) = trial.outcome { standing = lapse.standing }
      return Trial(
        grant: names.reference(trial.subject), grantID: trial.grant.description, allows: trial.block != nil,
        failed: failed, begins: standing?.begins, ended: standing?.ended, text: text)
    }
    rolesNotInForce = verdict.lapsedRoles.map { role, lapse, text in
      LapsedRole(
        role: names.name(role.role), holder: names.reference(role.holder), begins: lapse.standing.begins,
        ended: lapse.standing.ended, text: text)
    }
    until = Nullable(verdict.until?.description)
    pairs = verdict.decision.pairs.map { pair in
      Pair(
        company: Nullable(pair.company.map { names.companies[$0]?.text ?? $0.description }),
        list: names.lists[pair.list]?.text ?? pair.list.description)
    }
    fixes = found.map(\.text)
    commands = found.map(\.commandLines)
  }
}

extension Standing {
  fileprivate var begins: String? { if case .begins(let start) = self { start.description } else { nil } }
  fileprivate var ended: String? { if case .ended(let end) = self { end.description } else { nil } }
}
