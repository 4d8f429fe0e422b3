/// Where something is added to a grant, or a grant is made by adding it.
package struct GrantPlace: Hashable, Sendable {
  package let subject: SubjectID
  package let connector: ConnectorID

  package init(subject: SubjectID, connector: ConnectorID) {
    self.subject = subject
    self.connector = connector
  }
}

/// One single change of those that would allow a request. Never an *all*, `Administrator` or a team
/// membership: that could give more than anybody asked for.
package enum Addition: Hashable, Sendable {
  case enableToken(TokenRowID)
  /// A later end.
  case extendToken(TokenRowID)
  case widget(WidgetID, toToken: TokenRowID)
  case endpoint(EndpointID, toToken: TokenRowID)
  case network(IPAddress, toToken: TokenRowID)
  case enableAccount(AccountID)
  case systemRole(BuiltInRole, to: SubjectID)
  case enableWidget(WidgetID)
  case enableEndpoint(EndpointID)
  case connectorRole(ConnectorRole, GrantPlace)
  case company(CompanyID, GrantPlace)
  case list(ListID, GrantPlace)
  case item(ListItem, ItemKind, GrantPlace)
}

/// The smallest changes that would allow a denied request, each of as many additions as the others.
package struct SmallestChanges: Hashable, Sendable {
  /// Each mends all failures by itself. Empty where the request is allowed, or where none would do:
  /// a token unknown or revoked, something that the catalogue lacks.
  package let changes: [[Addition]]
  /// Whether there are more of the same size.
  package let isCut: Bool

  package static let none = SmallestChanges(changes: [], isCut: false)
}

/// The fewest additions that would allow a request, at most `limit` sets of them.
package func smallestChanges(for question: AccessQuestion, limit: Int = 8) -> SmallestChanges {
  let decision = decide(question)
  guard !decision.isAllowed, let access = question.access, let located = decision.located,
    let token = tokenAdditions(question), let place = placeAdditions(question, decision)
  else { return .none }
  guard let surface = surfaceAlternatives(question, decision, access),
    let grant = grantAlternatives(decision, access, located, limit: limit)
  else { return .none }
  let user: [Addition] =
    if case .failed(.disabled(let id)) = decision.user { [.enableAccount(id)] } else { [] }
  let changes = surface.flatMap { role in grant.map { token + user + role + place + $0 } }
  return SmallestChanges(changes: Array(changes.prefix(limit)), isCut: changes.count > limit)
}

/// Steps 1 and 2; nil where nothing mends them.
private func tokenAdditions(_ question: AccessQuestion) -> [Addition]? {
  switch question.request.token {
  case .none: return []
  case .unknown: return nil
  case .known(let token):
    guard token.revokedAt == nil, question.access?.subject == .account(token.account),
      question.request.replaced?.hasEnded(at: question.now) != true
    else { return nil }
    var additions: [Addition] = []
    if token.isDisabled { additions.append(.enableToken(token.id)) }
    if token.expiry.hasPassed(at: question.now) { additions.append(.extendToken(token.id)) }
    if !token.limits.opens(question.request.surface) {
      switch question.request.surface {
      case .widget(.found(let id)): additions.append(.widget(id, toToken: token.id))
      case .endpoint(.found(let id), _): additions.append(.endpoint(id, toToken: token.id))
      case .widget(.unknown), .endpoint(.unknown, _), .api: return nil
      }
    }
    guard !token.limits.networks.isEmpty else { return additions }
    guard let source = question.request.source else { return nil }
    if !token.limits.networks.contains(where: { $0.contains(source) }) {
      additions.append(.network(source, toToken: token.id))
    }
    return additions
  }
}

/// Step 5; nil where the catalogue lacks something.
private func placeAdditions(_ question: AccessQuestion, _ decision: Decision) -> [Addition]? {
  switch decision.catalogue {
  case .held: return []
  case .failed(.disabledWidget(let id)): return [.enableWidget(id)]
  case .failed(.disabledEndpoint(let id)):
    guard case .endpoint(_, let method) = question.request.surface,
      question.catalogue.endpoint?.methods.contains(method.asAsked) == true
    else { return nil }
    return [.enableEndpoint(id)]
  default: return nil
  }
}

/// Step 4, to the subject itself or to any of its teams.
private func surfaceAlternatives(
  _ question: AccessQuestion, _ decision: Decision, _ access: SubjectAccess
) -> [[Addition]]? {
  switch decision.surface {
  case .held: [[]]
  case .failed(.noRole(let kind)): access.subjects.map { [.systemRole(kind.leastRole, to: $0)] }
  case .skipped, .notEvaluated, .inconsistent: nil
  }
}

/// Step 6: what the nearest grants lack.
private func grantAlternatives(
  _ decision: Decision, _ access: SubjectAccess, _ located: Located, limit: Int
) -> [[Addition]]? {
  switch decision.grant {
  case .held: return [[]]
  case .skipped, .notEvaluated, .inconsistent: return nil
  case .failed: break
  }
  let candidates = access.subjects.map { subject in
    let grant = access.grants.first { $0.subject == subject && $0.connector == located.connector }
    return Shortfall(
      of: grant?.permissions ?? .none, against: located,
      at: GrantPlace(subject: subject, connector: located.connector))
  }
  guard let least = candidates.map(\.size).min() else { return nil }
  // One more than the limit, so that the caller can tell that there are more.
  var alternatives: [[Addition]] = []
  for candidate in candidates where candidate.size == least {
    alternatives += candidate.alternatives(limit: limit + 1 - alternatives.count)
    if alternatives.count > limit { break }
  }
  return alternatives
}

/// What one grant lacks to cover what was located.
private struct Shortfall {
  let role: [Addition]
  /// One of these has to be added; the empty one where one is covered.
  let companies: [[Addition]]
  /// Of these, too, one: a list, an item, or both.
  let lists: [[Addition]]

  init(of permissions: Permissions, against located: Located, at place: GrantPlace) {
    role = permissions.giveData ? [] : [.connectorRole(.user, place)]
    if let candidates = located.companies, !candidates.contains(where: permissions.companies.covers) {
      companies = candidates.map { [.company($0, place)] }
    } else {
      companies = [[]]
    }
    let choices = located.lists.flatMap { list -> [[Addition]] in
      let own: [Addition] = permissions.lists.covers(list) ? [] : [.list(list, place)]
      guard let item = located.item else { return [own] }
      return item.items.filter { $0.list == list }.map { part in
        permissions[item.kind].covers(part) ? own : own + [.item(part, item.kind, place)]
      }
    }
    let least = choices.map(\.count).min() ?? 0
    // Of lists that lack nothing none has to be chosen.
    var seen: Set<[Addition]> = []
    lists = least == 0 ? [[]] : choices.filter { $0.count == least && seen.insert($0).inserted }
  }

  var size: Int { role.count + (companies.first?.count ?? 0) + (lists.first?.count ?? 0) }

  func alternatives(limit: Int) -> [[Addition]] {
    var found: [[Addition]] = []
    for company in companies {
      for list in lists {
        if found.count >= limit { return found }
        found.append(role + company + list)
      }
    }
    return found
  }
}
