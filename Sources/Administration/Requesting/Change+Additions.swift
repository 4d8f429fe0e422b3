internal import Access
internal import Store

/// Makes the additions of a smallest change by the use cases that people use.
extension Change {
  /// - Parameters:
  ///   - end: the end of what comes into being, or is prolonged; nil for none.
  ///   - verdict: the decision that they mend.
  func make(_ additions: [Addition], until end: Timestamp?, _ verdict: Verdict) throws {
    try checkEnd(end, of: additions, AdditionWords(names: verdict.names))
    var grants = PendingGrants()
    for addition in additions {
      switch addition {
      case .enableToken(let id): try setDisabled(false, id)
      case .extendToken(let id): try setExpiry(try expiry(end), of: id)
      case .bringTokenForward(let id):
        try setValidity(from: verdict.question.now, try existing(id).expiry, of: id)
      case .widget(let widget, let id): try limit(id) { $0.widgets.insert(widget) }
      case .endpoint(let endpoint, let id): try limit(id) { $0.endpoints.insert(endpoint) }
      case .network(let source, let id):
        // The address alone, and not the network around it, which nobody asked for.
        guard let network = Network(source.description) else { throw RequestProblem.mendsNothing }
        try limit(id) { $0.networks.insert(network) }
      case .enableAccount(let id): try setEnabled(true, id)
      case .systemRole(let role, let subject):
        try bound(.builtIn(role), of: subject) { _ in Bounds(until: end) }
      case .enableWidget(let id): try enable(id)
      case .enableEndpoint(let id): try enable(id)
      case .connectorRole(let role, let place): try grants.change(place, self, end) { $0.roles.insert(role) }
      case .company(let id, let place): try grants.change(place, self, end) { $0.companies.insert(id) }
      case .list(let id, let place): try grants.change(place, self, end) { $0.lists.insert(id) }
      case .item(let item, let kind, let place):
        try grants.change(place, self, end) { $0[kind].insert(item) }
      case .putInForce(let thing, let standing):
        let moving = try Moving(standing, to: verdict.question.now, end)
        try putInForce(thing, moving, &grants)
      }
    }
    try grants.save(self)
  }

  private func checkEnd(_ end: Timestamp?, of additions: [Addition], _ words: AdditionWords) throws {
    if let end, end <= now { throw RequestProblem.endPassed(end) }
    for addition in additions {
      let use = try addition.endUse(among: additions) { place in
        try writer.grant(of: place.subject, on: place.connector) != nil
      }
      switch use {
      case .needs: if end == nil { throw RequestProblem.needsEnd }
      case .takes: break
      case .ignores: if end != nil { throw RequestProblem.takesNoEnd(words.text([addition])) }
      }
    }
  }

  private func expiry(_ end: Timestamp?) throws -> Expiry {
    guard let end else { throw RequestProblem.needsEnd }
    return .at(end)
  }

  private func existing(_ id: TokenRowID) throws -> Token {
    guard let token = try writer.token(id) else {
      throw AdministrationError.missing(kind: "token", name: id.description)
    }
    return token
  }

  private func limit(_ id: TokenRowID, _ body: (inout TokenLimits) -> Void) throws {
    var limits = try existing(id).limits
    body(&limits)
    try setLimits(limits, of: id)
  }

  private func enable(_ id: WidgetID) throws {
    guard let widget = try writer.widget(id) else {
      throw AdministrationError.missing(kind: "widget", name: id.description)
    }
    let was = WidgetGeneral(widget)
    var becomes = was
    becomes.isEnabled = true
    try saveGeneral(id, Edit(was: was, becomes: becomes))
  }

  private func enable(_ id: EndpointID) throws {
    guard let endpoint = try writer.endpoint(id) else {
      throw AdministrationError.missing(kind: "endpoint", name: id.description)
    }
    var enabled = endpoint
    enabled.isEnabled = true
    try update(enabled, was: endpoint)
  }

  private func bound(
    _ role: SystemRole, of subject: SubjectID, _ bounds: (Bounds?) throws -> Bounds
  ) throws {
    let was = try writer.roles(of: subject)
    var becomes = was
    becomes[role] = try bounds(was[role])
    try saveRoles(of: subject, bounded: Edit(was: was, becomes: becomes))
  }

  private func putInForce(_ thing: BoundedThing, _ moving: Moving, _ grants: inout PendingGrants) throws {
    switch thing {
    case .role(let role, let subject): try bound(role, of: subject, moving.moved)
    case .grant(let place): try grants.change(place, self, nil) { $0.bounds = try moving.moved($0.bounds) }
    case .membership(let team, let account):
      let was = try writer.members(of: team, among: [account])
      try saveMembers(
        of: team, bounded: BoundedSet(account, try moving.moved(was[account])), removing: [])
    }
  }
}

/// How the bounds of something are moved, so that it is in force.
private struct Moving {
  private let from: Timestamp?
  private let until: Timestamp?

  /// - Parameters:
  ///   - instant: the instant at which it has to be in force.
  ///   - end: the end of what is prolonged.
  init(_ standing: Standing, to instant: Timestamp, _ end: Timestamp?) throws {
    switch standing {
    case .begins: (from, until) = (instant, nil)
    case .ended:
      guard let end else { throw RequestProblem.needsEnd }
      (from, until) = (nil, end)
    case .inForce: throw RequestProblem.changedMeanwhile
    }
  }

  func moved(_ bounds: Bounds?) throws -> Bounds {
    guard let bounds else { throw RequestProblem.changedMeanwhile }
    do { return try Bounds(from: from ?? bounds.from, until: until ?? bounds.until) } catch {
      throw AdministrationError.bounds(error)
    }
  }
}

/// The grants as they are to be, so that each is saved once.
private struct PendingGrants {
  private var places: [GrantPlace] = []
  private var permissions: [GrantPlace: Permissions] = [:]

  /// - Parameter end: the end of a grant that is new.
  mutating func change(
    _ place: GrantPlace, _ change: Change, _ end: Timestamp?, _ body: (inout Permissions) throws -> Void
  ) throws {
    var pending: Permissions
    if let known = permissions[place] {
      pending = known
    } else {
      let present = try change.writer.grant(of: place.subject, on: place.connector)?.permissions
      pending = present ?? Permissions(bounds: Bounds(until: end))
      places.append(place)
    }
    try body(&pending)
    permissions[place] = pending
  }

  func save(_ change: Change) throws {
    for place in places {
      guard let permissions = permissions[place] else { continue }
      try change.setGrant(of: place.subject, on: place.connector, permissions)
    }
  }
}

extension Coverage {
  fileprivate mutating func insert(_ element: Element) {
    if case .only(let set) = self { self = .only(set.union([element])) }
  }
}
