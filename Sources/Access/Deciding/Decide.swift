/// Decides a request. Enforcing, explaining and planning all use this one function.
///
/// The function is pure, and has an answer for every question. The six steps are those of `domain.md`, "When
/// access is allowed". Each step is evaluated where it can be, and the first that fails is the reason of a
/// denial. A question that contradicts itself is denied, too.
package func decide(_ question: AccessQuestion) -> Decision {
  let catalogue = locate(question.request, in: question.catalogue)
  let surface = question.request.surface
  guard let access = question.access else {
    return Decision(unknownSubjectOf: question.request, catalogue)
  }
  let subjects = SubjectSet(access)
  let weighed = catalogue.located.map { weigh(access, subjects, against: $0, at: question.now) }
  return Decision(
    token: tokenStep(question.request, of: access, at: question.now),
    limits: limitsStep(question.request, surface),
    user: userStep(access),
    surface: surfaceStep(surface.kind, access, subjects, at: question.now),
    catalogue: catalogue.result,
    grant: weighed?.result ?? .notEvaluated,
    located: catalogue.located,
    trials: weighed?.trials ?? [])
}

extension Decision {
  /// Makes the decision where nobody knows who asks, so that only the catalogue can be looked at.
  fileprivate init(unknownSubjectOf request: AccessRequest, _ catalogue: CatalogueStep) {
    if case .unknown(let how) = request.token {
      token = .failed(.unknown(how))
    } else {
      token = .inconsistent(.nobody)
    }
    (limits, user, surface, grant) = (.notEvaluated, .notEvaluated, .notEvaluated, .notEvaluated)
    (self.catalogue, located, trials) = (catalogue.result, catalogue.located, [])
  }
}

private func tokenStep(
  _ request: AccessRequest, of access: SubjectAccess, at now: Timestamp
) -> StepResult<TokenRowID, TokenFailure> {
  switch request.token {
  case .none: return .skipped
  case .unknown(let how): return .failed(.unknown(how))
  case .known(let token):
    guard access.subject == .account(token.account) else { return .inconsistent(.tokenOfAnother(token.id)) }
    let state = token.state(at: now)
    guard state == .live else { return .failed(.notLive(token.id, state)) }
    return request.replaced?.hasEnded(at: now) == true ? .failed(.replaced(token.id)) : .held(token.id)
  }
}

private func limitsStep(
  _ request: AccessRequest, _ surface: RequestedSurface
) -> StepResult<LimitsBasis, LimitsFailure> {
  switch request.token {
  case .none: return .skipped
  case .unknown: return .notEvaluated
  case .known(let token):
    guard token.limits.opens(surface) else { return .failed(.place(token.id)) }
    let isLimited = token.limits.isLimitedToPlaces
    guard !token.limits.networks.isEmpty else {
      return .held(LimitsBasis(isLimitedToPlaces: isLimited, network: nil))
    }
    guard let source = request.source else { return .failed(.noSource(token.id)) }
    // The narrowest network is chosen, so that the order of the networks does not matter.
    let networks = token.limits.networks.filter { $0.contains(source) }
    guard let network = networks.max(by: { $0.prefixBits < $1.prefixBits }) else {
      return .failed(.network(token.id, source))
    }
    return .held(LimitsBasis(isLimitedToPlaces: isLimited, network: network))
  }
}

private func userStep(_ access: SubjectAccess) -> StepResult<SubjectID, UserFailure> {
  if case .account(let id) = access.subject, !access.isEnabled { return .failed(.disabled(id)) }
  return .held(access.subject)
}

private func surfaceStep(
  _ kind: SurfaceKind, _ access: SubjectAccess, _ subjects: SubjectSet, at now: Timestamp
) -> StepResult<HeldRole, SurfaceFailure> {
  var opening: HeldRole?
  var lapsed: (role: HeldRole, lapse: Lapse)?
  for role in access.roles {
    guard let membership = subjects.membership(of: role.holder) else {
      return .inconsistent(.roleOfAnother(role.holder))
    }
    guard opening == nil, role.opens(kind) else { continue }
    if let lapse = Lapse(membership: membership, own: role.bounds, at: now) {
      if lapsed == nil { lapsed = (role, lapse) }
    } else {
      opening = role
    }
  }
  if let opening { return .held(opening) }
  return .failed(lapsed.map { .lapsed(kind, $0.role, $0.lapse) } ?? .noRole(kind))
}

extension RequestedSurface {
  package var kind: SurfaceKind { if case .widget = self { .widgets } else { .api } }
}

extension TokenLimits {
  package var isLimitedToPlaces: Bool { !widgets.isEmpty || !endpoints.isEmpty }

  /// Whether the token's limits let it open a surface. A token that is limited to widgets and endpoints opens
  /// only these, and not the API.
  package func opens(_ surface: RequestedSurface) -> Bool {
    guard isLimitedToPlaces else { return true }
    switch surface {
    case .widget(.found(let id)): return widgets.contains(id)
    case .endpoint(.found(let id), _): return endpoints.contains(id)
    case .widget(.unknown), .endpoint(.unknown, _), .api: return false
    }
  }
}
