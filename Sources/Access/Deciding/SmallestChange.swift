/// The grant to which something is added. The addition makes the grant where it does not exist yet.
package struct GrantPlace: Hashable, Sendable {
  package let subject: SubjectID
  package let connector: ConnectorID

  package init(subject: SubjectID, connector: ConnectorID) {
    self.subject = subject
    self.connector = connector
  }
}

/// A single change among those that would allow a request. It never gives an *all*, `Administrator` or a team
/// membership, because these could give more than anybody asked for.
package enum Addition: Hashable, Sendable {
  case enableToken(TokenRowID)
  /// Gives the token a later end.
  case extendToken(TokenRowID)
  /// Gives the token an earlier beginning.
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
  /// Gives a later end to something that has ended, or an earlier beginning to something that has not begun,
  /// as its standing tells. The addition names no instant.
  case putInForce(BoundedThing, Standing)

  var isPuttingInForce: Bool { if case .putInForce = self { true } else { false } }
}

/// A thing that has bounds, other than a token.
package enum BoundedThing: Hashable, Sendable {
  case membership(TeamID, of: AccountID)
  case role(SystemRole, of: SubjectID)
  case grant(GrantPlace)
}

/// The smallest changes that would allow a denied request. All of them have the same number of additions.
package struct SmallestChanges: Hashable, Sendable {
  /// The changes, each of which mends all failures by itself. There is none where the request is allowed, or
  /// where no change would help: the token is unknown or revoked, or the catalogue lacks something.
  package let changes: [[Addition]]
  /// Whether there are more changes of the same size.
  package let isCut: Bool

  package static let none = SmallestChanges(changes: [], isCut: false)
}

/// The smallest sets of additions that would allow a request, at most `limit` of them.
package func smallestChanges(for question: AccessQuestion, limit: Int = 8) -> SmallestChanges {
  smallestChanges(for: question, denied: decide(question), limit: limit)
}

/// Does the same for a caller that has the decision about the question.
package func smallestChanges(
  for question: AccessQuestion, denied decision: Decision, limit: Int
) -> SmallestChanges {
  guard !decision.isAllowed, let access = question.access, let located = decision.located,
    let token = tokenAdditions(question), let place = placeAdditions(question, decision)
  else { return .none }
  let mending = Mending(access, at: question.now)
  guard let surface = mending.surfaceWays(question.request.surface.kind, decision),
    let grant = mending.grantWays(located, decision)
  else { return .none }
  let user: [Addition] =
    if case .failed(.disabled(let id)) = decision.user { [.enableAccount(id)] } else { [] }
  // One more than the limit is looked for, so that the caller learns whether there are more.
  let found = smallestPairs(surface, grant, limit: limit + 1)
  let changes = found.map { token + user + $0.memberships + $0.role + place + $0.grant }
  return SmallestChanges(changes: Array(changes.prefix(limit)), isCut: changes.count > limit)
}

/// The additions that mend steps 1 and 2; nil where nothing mends them.
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

/// The additions that mend step 5; nil where the catalogue lacks something.
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
