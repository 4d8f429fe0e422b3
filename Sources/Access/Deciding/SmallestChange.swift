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

  /// The grant to which a part is added; nil for another addition.
  package var grantPlace: GrantPlace? {
    switch self {
    case .connectorRole(_, let place), .company(_, let place), .list(_, let place), .item(_, _, let place):
      place
    default: nil
    }
  }
}

extension [Addition] {
  /// The additions in their order, those together that follow each other and are added to the same grant.
  package var runs: [ArraySlice<Addition>] {
    var runs: [ArraySlice<Addition>] = []
    var start = startIndex
    for index in indices.dropFirst() {
      if let place = self[start].grantPlace, self[index].grantPlace == place { continue }
      runs.append(self[start..<index])
      start = index
    }
    if start < endIndex { runs.append(self[start...]) }
    return runs
  }
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
  // One more than the limit is looked for, so that the caller learns whether there are more.
  let found = mendings(question, decision, atMost: limit + 1)
  return SmallestChanges(changes: Array(found.prefix(limit)), isCut: found.count > limit)
}

/// The first of the smallest sets of additions; nil where there is none.
package func smallestChange(for question: AccessQuestion, denied decision: Decision) -> [Addition]? {
  mendings(question, decision, atMost: 1).first
}

private func mendings(
  _ question: AccessQuestion, _ decision: Decision, atMost limit: Int
) -> [[Addition]] {
  guard !decision.isAllowed, let access = question.access, let located = decision.located,
    let token = tokenAdditions(question), let place = placeAdditions(question, decision)
  else { return [] }
  let mending = Mending(access, at: question.now)
  guard let surface = mending.surfaceWays(question.request.surface.kind, decision),
    let grant = mending.grantWays(located, decision)
  else { return [] }
  let user: [Addition] =
    if case .failed(.disabled(let id)) = decision.user { [.enableAccount(id)] } else { [] }
  return smallestPairs(surface, grant, limit: limit).map { pair in
    var additions = token
    for more in [user, pair.memberships, pair.role, place, pair.grant] { additions += more }
    return additions
  }
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
