import Access
import Administration

/// The whole trace of a decision as JSON.
struct ExplanationRecord: PrintedObject {
  struct Step: PrintedObject {
    let step: Word<DecisionStep>
    let outcome: Word<ExplanationMark>
    let text: String

    static let columns: [Column<Self>] = [
      .data("step") { $0.step },
      .data("outcome") { $0.outcome },
      .data("text") { $0.text },
    ]
  }

  struct Trial: PrintedObject {
    /// The subject that has the grant, as in `team:Sales MX`.
    let grant: String
    let grantID: String
    let allows: Bool
    /// The first of the conditions `a` to `d` that the grant failed.
    let failed: String?
    /// When it begins to be in force, where it is not yet.
    let begins: Instant?
    /// When it ceased to be in force.
    let ended: Instant?
    let text: String

    static let columns: [Column<Self>] = [
      .data("grant") { $0.grant },
      .data("grantID") { $0.grantID },
      .data("allows") { $0.allows },
      .dataIfAny("failed") { $0.failed },
      .dataIfAny("begins") { $0.begins },
      .dataIfAny("ended") { $0.ended },
      .data("text") { $0.text },
    ]
  }

  /// A system role that would open the surface and is not in force.
  struct LapsedRole: PrintedObject {
    let role: String
    /// Who has it, as in `team:Sales MX`.
    let holder: String
    let begins: Instant?
    let ended: Instant?
    let text: String

    static let columns: [Column<Self>] = [
      .data("role") { $0.role },
      .data("holder") { $0.holder },
      .dataIfAny("begins") { $0.begins },
      .dataIfAny("ended") { $0.ended },
      .data("text") { $0.text },
    ]
  }

  struct Pair: PrintedObject {
    let company: String?
    let list: String

    static let columns: [Column<Self>] = [
      .data("company") { $0.company },
      .data("list") { $0.list },
    ]
  }

  let decision: String
  let step: Word<DecisionStep>
  let reason: String
  let by: String?
  let connector: String?
  let steps: [Step]
  /// Every grant that the decision considered.
  let grants: [Trial]
  let rolesNotInForce: [LapsedRole]
  /// When what is allowed becomes something else by the passing of time alone; null where that is never.
  let until: Instant?
  let pairs: [Pair]
  /// The smallest changes that would allow the request. Each one is enough by itself.
  let fixes: [String]
  /// Of each of the fixes, the command lines that make it; none where a command can't make all of it.
  let commands: [[String]]

  static let columns: [Column<Self>] = [
    .data("decision") { $0.decision },
    .data("step") { $0.step },
    .data("reason") { $0.reason },
    .data("by") { $0.by },
    .data("connector") { $0.connector },
    .data("steps") { $0.steps },
    .data("grants") { $0.grants },
    .data("rolesNotInForce") { $0.rolesNotInForce },
    .data("until") { $0.until },
    .data("pairs") { $0.pairs },
    .data("fixes") { $0.fixes },
    .data("commands") { $0.commands },
  ]

  init(_ verdict: Verdict) {
    let explanation = Explanation(verdict, withFixes: false)
    let found = verdict.fixesByCommand()
    let names = verdict.names
    decision = explanation.isAllowed ? "allow" : "deny"
    step = Word(explanation.deniedStep ?? .grant)
    reason = explanation.reason
    by = explanation.by
    connector = verdict.question.catalogue.connector.flatMap { names.connectors[$0]?.text }
    steps = explanation.steps.map {
      Step(step: Word($0.step), outcome: Word($0.mark), text: $0.text)
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
    until = verdict.until?.printed
    pairs = verdict.decision.pairs.map { pair in
      Pair(
        company: pair.company.map { names.companies[$0]?.text ?? $0.description },
        list: names.lists[pair.list]?.text ?? pair.list.description)
    }
    fixes = found.map(\.text)
    commands = found.map(\.commandLines)
  }
}

extension Standing {
  fileprivate var begins: Instant? { if case .begins(let start) = self { start.printed } else { nil } }
  fileprivate var ended: Instant? { if case .ended(let end) = self { end.printed } else { nil } }
}
