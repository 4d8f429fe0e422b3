internal import Access

/// The six steps of a decision in words: in lower case, without a full stop.
///
/// This is an object, because the words of each step take it along.
final class StepWords {
  private let verdict: Verdict
  private let times: TimeWords
  private let names: NameBook
  private var decision: Decision { verdict.decision }

  init(_ verdict: Verdict, _ times: TimeWords = .utc) {
    self.verdict = verdict
    names = verdict.names
    self.times = times
  }

  func line(_ step: DecisionStep) -> ExplanationLine {
    switch step {
    case .token: line(decision.token, skipped: "no token is named", held: token, failed: token)
    case .limits: line(decision.limits, skipped: "no token is named", held: limits, failed: limits)
    case .user: line(decision.user, held: user, failed: user)
    case .surface: line(decision.surface, held: surface, failed: surface)
    case .catalogue: line(decision.catalogue, held: catalogue, failed: CatalogueWords(verdict).text)
    case .grant: line(decision.grant, held: grant, failed: grant)
    }
  }

  private func line<Basis, Failure>(
    _ result: StepResult<Basis, Failure>, skipped: String = "not asked", held: (Basis) -> String,
    failed: (Failure) -> String
  ) -> ExplanationLine {
    switch result {
    case .held(let basis): ExplanationLine(.held, held(basis))
    case .failed(let failure): ExplanationLine(.failed, failed(failure))
    case .skipped: ExplanationLine(.skipped, skipped)
    case .notEvaluated: ExplanationLine(.notEvaluated, "not looked at: what it needs isn't there")
    case .inconsistent(let what):
      ExplanationLine(.failed, "the store contradicts itself, so that this is denied: \(text(what))")
    }
  }

  // MARK: Token, limits, user

  private var tokenName: String {
    verdict.question.request.token.known.map { quoted($0.name.text) } ?? "the token"
  }

  private func token(_ id: TokenRowID) -> String {
    guard let end = verdict.question.request.token.known?.expiry.timestamp else {
      return "\(tokenName) is live and never expires"
    }
    return "\(tokenName) is live until \(times.told(end))"
  }

  private func token(_ failure: TokenFailure) -> String {
    switch failure {
    case .unknown(.malformed(let problem)): return problem.description
    case .unknown(.tokenID): return "no token has this Token ID"
    case .unknown(.missing): return "the request carries no token"
    case .unknown(.tokenName):
      guard case .token(.named(let name), _) = verdict.request.asker else { return "there is no such token" }
      return "\(owner) has no token named \(quoted(name.text))"
    case .notLive(_, .expired):
      let end = verdict.question.request.token.known?.expiry.timestamp.map { " since \(times.told($0))" }
      return "\(tokenName) is expired\(end ?? "")"
    case .notLive(_, .notYetValid):
      let start = verdict.question.request.token.known?.validFrom.map { ": it begins at \(times.told($0))" }
      return "\(tokenName) is not yet valid\(start ?? "")"
    case .notLive(_, let state): return "\(tokenName) is \(state.rawValue)"
    case .replaced:
      let replaced = verdict.question.request.replaced
      let why =
        replaced?.isReplacedAgain == true
        ? "when the token was rotated again"
        : replaced?.isNewerUsed == true ? "when the newer one was used" : "as was set"
      return "this older Token ID of \(tokenName) ended \(why)"
    }
  }

  private var owner: String { verdict.question.access.map { names.title($0.subject) } ?? "nobody" }

  private func limits(_ basis: LimitsBasis) -> String {
    var parts: [String] = []
    if basis.isLimitedToPlaces { parts.append("\(tokenName) is limited to some places, this one among them") }
    if let network = basis.network { parts.append("the source lies in \(network)") }
    return parts.isEmpty ? "\(tokenName) has no limits" : parts.joined(separator: "; ")
  }

  private func limits(_ failure: LimitsFailure) -> String {
    switch failure {
    case .place: "\(tokenName) is limited to other widgets and endpoints"
    case .noSource: "\(tokenName) is limited to networks, and the source of the request isn't known"
    case .network(_, let source): "\(tokenName) is limited to networks that do not have \(source)"
    }
  }

  private func user(_ subject: SubjectID) -> String {
    if case .team = subject { return "a \(names.title(subject)) is asked about" }
    return "\(names.title(subject)) is enabled"
  }

  private func user(_ failure: UserFailure) -> String {
    guard case .disabled(let id) = failure else { return "" }
    return "\(names.title(.account(id))) is disabled"
  }

  // MARK: Surface, catalogue

  private func surface(_ role: HeldRole) -> String {
    let kind = verdict.question.request.surface.kind
    if isAsked(role.holder) { return "its own role \(names.name(role.role)) opens \(kind.title)" }
    return "\(names.name(role.role)) opens \(kind.title), given to \(names.title(role.holder))"
  }

  private func surface(_ failure: SurfaceFailure) -> String {
    switch failure {
    case .noRole(let kind): return "no system role opens \(kind.title), neither its own nor a team's"
    case .lapsed(let kind, let role, let lapse): return text(role, lapse, kind)
    }
  }

  /// As in `its own role WidgetReader would open widgets: the role ended at 2026-11-27 18:00 UTC`.
  private func text(_ role: HeldRole, _ lapse: Lapse, _ kind: SurfaceKind) -> String {
    let whose = isAsked(role.holder) ? "its own role" : "the role of \(names.title(role.holder)),"
    return
      "\(whose) \(names.name(role.role)) would open \(kind.title): \(text(lapse, of: "the role", role.holder))"
  }

  /// The roles that would open the surface and are not in force.
  var lapsedRoles: [(role: HeldRole, lapse: Lapse, text: String)] {
    guard let access = verdict.question.access else { return [] }
    let kind = verdict.question.request.surface.kind
    return access.roles.filter { $0.opens(kind) }.compactMap { role in
      access.lapse(of: role, at: verdict.question.now).map { (role, $0, text(role, $0, kind)) }
    }
  }

  /// What stands below the line of a step.
  func children(_ step: DecisionStep) -> [ExplanationLine] {
    switch step {
    case .surface: lapsedRoles.map { ExplanationLine(.notEvaluated, $0.text) }
    case .grant: trials
    case .token, .limits, .user, .catalogue: []
    }
  }

  private func isAsked(_ subject: SubjectID) -> Bool { subject == verdict.question.access?.subject }

  private func catalogue(_ connector: ConnectorID) -> String {
    let name = names.connectors[connector]?.text ?? connector.description
    switch verdict.question.request.surface {
    case .widget: return "the widget is there and enabled, on \(quoted(name))"
    case .endpoint: return "the endpoint is there, enabled and takes the method, on \(quoted(name))"
    case .api: return "what is asked for is there, on \(quoted(name))"
    }
  }

  // MARK: Grant

  private func grant(_ basis: GrantBasis) -> String {
    switch basis {
    case .administrator(let subject):
      if isAsked(subject) { return "its own system role Administrator covers everything" }
      return "the system role Administrator, given to \(names.title(subject)), covers everything"
    case .grants(let ids):
      let givers = decision.trials.filter { ids.contains($0.grant) }.map { title($0.subject) }
      return "covered by \(givers.joined(separator: ", and by "))"
    }
  }

  private func grant(_ failure: GrantFailure) -> String {
    switch failure {
    case .noGrant:
      let name = decision.located.flatMap { names.connectors[$0.connector]?.text } ?? "the connector"
      return "nothing was granted on \(quoted(name)), neither to it nor to its teams"
    case .noneCovers:
      // With only one grant, its own shortfall is more informative.
      guard decision.trials.count == 1, let only = decision.trials.first else {
        return "no single grant covers it"
      }
      return trial(only).text
    }
  }

  /// The grants that were considered, one line each.
  var trials: [ExplanationLine] { decision.trials.map(trial) }

  private func title(_ subject: SubjectID) -> String {
    isAsked(subject) ? "its own grant" : "the grant of \(names.title(subject))"
  }

  private func trial(_ trial: GrantTrial) -> ExplanationLine {
    switch trial.outcome {
    case .covers(let block):
      return ExplanationLine(.held, "\(title(trial.subject)) covers \(CoverWords(names: names).text(block))")
    case .lapsed(let lapse):
      return ExplanationLine(
        .failed, "\(title(trial.subject)): \(text(lapse, of: "the grant", trial.subject))")
    case .fails(let condition):
      let lacks = CoverWords(names: names).lacks(condition, decision.located)
      return ExplanationLine(.failed, "\(title(trial.subject)) \(lacks)")
    }
  }

  /// As in `the grant ended at 2026-11-27 18:00 UTC`.
  private func text(_ lapse: Lapse, of thing: String, _ holder: SubjectID) -> String {
    let what = lapse.cause == .itself ? thing : "the membership in \(names.title(holder))"
    return switch lapse.standing {
    case .begins(let start): "\(what) begins at \(times.told(start))"
    case .ended(let end): "\(what) ended at \(times.told(end))"
    case .inForce: "\(what) is in force"
    }
  }

  private func text(_ inconsistency: Inconsistency) -> String {
    switch inconsistency {
    case .tokenOfAnother: "the token belongs to another user"
    case .roleOfAnother: "a role was read that nobody asked about holds"
    case .grantOfAnother: "a grant was read that is somebody else's"
    case .twoGrants: "there are two grants of one subject on one connector"
    case .otherCatalogue: "the catalogue's entries do not belong together"
    case .nobody: "nobody knows whose the token is"
    }
  }
}

extension SurfaceKind {
  /// The surface in words, as in "opens widgets".
  package var title: String { self == .widgets ? "widgets" : "endpoints and the API" }
}
