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
  /// An earlier beginning.
  case bringTokenForward(TokenRowID)
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
  /// A later end of something that has ended, or an earlier beginning of something that has not begun: as the
  /// standing tells. It names no instant.
  case putInForce(BoundedThing, Standing)

  var isPuttingInForce: Bool { if case .putInForce = self { true } else { false } }
}

/// What has bounds, beside a token.
package enum BoundedThing: Hashable, Sendable {
  case membership(TeamID, of: AccountID)
  case role(SystemRole, of: SubjectID)
  case grant(GrantPlace)
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
  let mending = Mending(access, at: question.now)
  guard let surface = mending.surfaceWays(question.request.surface.kind, decision),
    let grant = mending.grantWays(located, decision)
  else { return .none }
  let user: [Addition] =
    if case .failed(.disabled(let id)) = decision.user { [.enableAccount(id)] } else { [] }
  // One more than the limit, so that it can be told that there are more.
  let found = smallestPairs(surface, grant, limit: limit + 1)
  let changes = found.map { token + user + $0.memberships + $0.role + place + $0.grant }
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
    switch token.bounds.standing(at: question.now) {
    case .inForce: break
    case .begins: additions.append(.bringTokenForward(token.id))
    case .ended: additions.append(.extendToken(token.id))
    }
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
