import Access
import Testing

extension AccessQuestion {
  /// What would be asked after some additions: how the tests read them, apart from what proposes them.
  func after(_ additions: [Addition]) -> AccessQuestion {
    var question = self
    for addition in additions { question.add(addition) }
    return question
  }

  private mutating func add(_ addition: Addition) {
    switch addition {
    case .enableToken: changeToken { $0.isDisabled = false }
    case .extendToken:
      let later = now.adding(seconds: 1)
      changeToken { $0.expiry = .at(later) }
    case .bringTokenForward:
      let earlier = now
      changeToken { $0.validFrom = earlier }
    case .widget(let id, _): changeToken { $0.limits.widgets.insert(id) }
    case .endpoint(let id, _): changeToken { $0.limits.endpoints.insert(id) }
    case .network(let source, _): changeToken { $0.limits.networks.insert(Network("\(source)")!) }
    case .enableAccount: access?.isEnabled = true
    case .systemRole(let role, let holder):
      access?.roles.append(HeldRole(role: .builtIn(role), holder: holder, permissions: role.permissions))
    case .enableWidget: catalogue.widget?.isEnabled = true
    case .enableEndpoint: catalogue.endpoint?.isEnabled = true
    case .connectorRole(let role, let place): changeGrant(place) { $0.roles.insert(role) }
    case .company(let id, let place):
      changeGrant(place) { $0.companies = .only(($0.companies.only ?? []).union([id])) }
    case .list(let id, let place): changeGrant(place) { $0.lists = .only(($0.lists.only ?? []).union([id])) }
    case .item(let item, let kind, let place):
      changeGrant(place) { $0[kind] = .only(($0[kind].only ?? []).union([item])) }
    case .putInForce(.membership(let team, _), _):
      guard let index = access?.teams.firstIndex(where: { $0.value == team }) else { return }
      access?.teams[index].bounds = .always
    case .putInForce(.role(let role, let holder), _):
      guard let index = access?.roles.firstIndex(where: { $0.role == role && $0.holder == holder }),
        let held = access?.roles[index], case .builtIn(let builtIn) = held.role
      else { return }
      access?.roles[index] = HeldRole(role: role, holder: holder, permissions: builtIn.permissions)
    case .putInForce(.grant(let place), _): changeGrant(place) { $0.bounds = .always }
    }
  }

  private mutating func changeToken(_ body: (inout Token) -> Void) {
    guard case .known(var token) = request.token else { return }
    body(&token)
    request.token = .known(token)
  }

  private mutating func changeGrant(_ place: GrantPlace, _ body: (inout Permissions) -> Void) {
    guard var access else { return }
    if let index = access.grants.firstIndex(where: {
      $0.subject == place.subject && $0.connector == place.connector
    }) {
      body(&access.grants[index].permissions)
    } else {
      var permissions = Permissions.none
      body(&permissions)
      access.grants.append(
        Grant(
          id: .random(), subject: place.subject, connector: place.connector, permissions: permissions))
    }
    self.access = access
  }

  /// Every single addition that there is in this small world, of whatever use.
  func everyAddition(in world: DecisionWorld) -> [Addition] {
    var all: [Addition] = [
      .enableToken(world.tokenID), .extendToken(world.tokenID), .bringTokenForward(world.tokenID),
      .widget(world.widgetID, toToken: world.tokenID), .endpoint(world.endpointID, toToken: world.tokenID),
      .enableAccount(world.user), .enableWidget(world.widgetID), .enableEndpoint(world.endpointID),
    ]
    if let source = request.source { all.append(.network(source, toToken: world.tokenID)) }
    for subject in access?.subjects ?? [] {
      let place = GrantPlace(subject: subject, connector: world.central)
      all += [.systemRole(.widgetReader, to: subject), .systemRole(.apiReader, to: subject)]
      all.append(.connectorRole(.user, place))
      all += world.companies.map { .company($0, place) } + world.lists.map { .list($0, place) }
      all += world.items.map { .item($0, .action, place) }
    }
    return all + everyPuttingInForce()
  }
}

extension AccessQuestion {
  /// All that can be put in force without giving `Administrator`.
  fileprivate func everyPuttingInForce() -> [Addition] {
    guard let access else { return [] }
    func isLapsed(_ bounds: Bounds) -> Bool { !bounds.contains(now) }
    func hasEnded(_ bounds: Bounds) -> Bool { bounds.until.map { $0 <= now } ?? false }
    let lapsed = Standing.ended(now)
    let teams = access.teams.filter { isLapsed($0.bounds) }.filter { team in
      !access.roles.contains {
        $0.holder == .team(team.value) && $0.isAdministrator && !hasEnded($0.bounds)
      }
        && !access.grants.contains {
          $0.subject == .team(team.value) && $0.permissions.roles.contains(.administrator)
            && !hasEnded($0.permissions.bounds)
        }
    }
    let roles = access.roles.filter { isLapsed($0.bounds) && !$0.isAdministrator }
    let grants = access.grants.filter {
      isLapsed($0.permissions.bounds) && !$0.permissions.roles.contains(.administrator)
    }
    return teams.map { .putInForce(.membership($0.value, of: identifier(51)), lapsed) }
      + roles.map { .putInForce(.role($0.role, of: $0.holder), lapsed) }
      + grants.map {
        .putInForce(.grant(GrantPlace(subject: $0.subject, connector: $0.connector)), lapsed)
      }
  }
}

@Suite struct SmallestChangeTests {
  let world = DecisionWorld()

  @Test("each proposed change allows the request, and all are of one size")
  func allows() throws {
    for seed in 0..<3_000 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      let question = try random.question()
      let smallest = smallestChanges(for: question)
      for change in smallest.changes {
        #expect(decide(question.after(change)).isAllowed, "seed \(seed): \(change)")
      }
      #expect(Set(smallest.changes.map(\.count)).count <= 1, "seed \(seed)")
      #expect(Set(smallest.changes).count == smallest.changes.count, "seed \(seed)")
      #expect(smallest.changes.isEmpty || !decide(question).isAllowed, "seed \(seed)")
      #expect(
        smallestChange(for: question, denied: decide(question)) == smallest.changes.first, "seed \(seed)")
      for change in smallest.changes {
        #expect(change.runs.flatMap { $0 } == change, "seed \(seed)")
        #expect(change.runs.allSatisfy { Set($0.map(\.grantPlace)).count == 1 }, "seed \(seed)")
      }
    }
  }

  @Test("no smaller change is enough: no one or two additions are, where more or none are proposed")
  func nothingSmaller() throws {
    for seed in 0..<700 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      let question = try random.question()
      guard !decide(question).isAllowed else { continue }
      let size = smallestChanges(for: question).changes.first?.count ?? .max
      let all = question.everyAddition(in: world)
      for (index, first) in all.enumerated() where size > 1 {
        #expect(!decide(question.after([first])).isAllowed, "seed \(seed): \(first)")
        guard size > 2 else { continue }
        for second in all[(index + 1)...] {
          #expect(!decide(question.after([first, second])).isAllowed, "seed \(seed): \(first) \(second)")
        }
      }
    }
  }

  @Test("all equally small changes are proposed, up to the limit")
  func several() throws {
    let access = world.access(world.sales, teams: [world.team])
    let place = GrantPlace(subject: .account(world.user), connector: world.central)
    let other = world.askAPI(access, company: world.states, list: world.orders)
    #expect(smallestChanges(for: other).changes == [[.company(world.states, place)]])
    let noRole = try world.askWidget(world.access(world.sales, roles: [], teams: [world.team]))
    #expect(
      smallestChanges(for: noRole).changes == [
        [.systemRole(.widgetReader, to: .account(world.user))],
        [.systemRole(.widgetReader, to: .team(world.team))],
      ])
    let nothing = try world.askWidget(world.access(nil))
    let cut = smallestChanges(for: nothing, limit: 3)
    #expect(cut.changes.count == 3)
    #expect(cut.isCut)
    #expect(smallestChanges(for: nothing, limit: 4).changes.count == 4)
    #expect(!smallestChanges(for: nothing, limit: 4).isCut)
  }

  @Test("the smallest change mends all failures at once")
  func mendsAll() throws {
    let limits = TokenLimits(widgets: [identifier(99)], networks: [try #require(Network("10.0.0.0/8"))])
    let token = try world.token(expiry: .at(.distantPast), isDisabled: true, limits: limits)
    let question = try world.askWidget(
      world.access(nil, isEnabled: false, roles: []), company: world.mexico, list: world.orders,
      token: .known(token), source: IPAddress("192.0.2.1"), isEnabled: false)
    let change = try #require(smallestChanges(for: question).changes.first)
    #expect(change.count == 10)
    #expect(decide(question.after(change)).isAllowed)
  }

  @Test("a thing that ended is prolonged, one that has not begun is brought forward, and no instant is named")
  func puttingInForce() throws {
    let (past, future) = (world.now.adding(seconds: -60), world.now.adding(seconds: 60))
    let place = GrantPlace(subject: .account(world.user), connector: world.central)
    let cases: [(Bounds, Standing)] = [
      (Bounds(until: past), .ended(past)), (try Bounds(from: future), .begins(future)),
    ]
    for (bounds, standing) in cases {
      var permissions = world.sales
      permissions.bounds = bounds
      let grant = world.askAPI(world.access(permissions), company: world.mexico, list: world.orders)
      #expect(smallestChanges(for: grant).changes == [[.putInForce(.grant(place), standing)]])
      var access = world.access(nil, roles: [])
      access.teams = [Bounded(world.team, bounds)]
      access.roles = [world.role(.apiReader, of: .team(world.team))]
      access.grants = [world.grant(world.sales, of: .team(world.team))]
      let member = world.askAPI(access, company: world.mexico, list: world.orders)
      #expect(
        smallestChanges(for: member).changes
          == [[.putInForce(.membership(world.team, of: world.user), standing)]],
        "one membership mends both steps")
      access.roles = [world.role(.apiReader, of: nil, bounds)]
      access.teams = [Bounded(world.team)]
      let role = world.askAPI(access, company: world.mexico, list: world.orders)
      let mending = smallestChanges(for: role).changes
      #expect(mending.first == [.putInForce(.role(.builtIn(.apiReader), of: .account(world.user)), standing)])
      #expect(mending.dropFirst().allSatisfy { $0 == [.systemRole(.apiReader, to: .team(world.team))] })
    }
  }

  @Test("a membership or role that would give Administrator is never put in force")
  func neverAdministrator() throws {
    let bounds = Bounds(until: world.now)
    var access = world.access(nil, roles: [])
    access.teams = [Bounded(world.team, bounds)]
    access.roles = [
      world.role(.administrator, of: .team(world.team)), world.role(.administrator, of: nil, bounds),
    ]
    var administrator = Permissions(roles: [.administrator])
    administrator.bounds = bounds
    access.grants = [world.grant(administrator, of: .account(world.user))]
    let changes = smallestChanges(for: world.askAPI(access, list: world.orders)).changes
    for addition in changes.joined() {
      if case .putInForce = addition { Issue.record("\(addition)") }
    }
  }

  @Test("no change is proposed for a revoked or unknown token, or where the catalogue lacks something")
  func nothingToPropose() throws {
    let access = world.access(world.sales)
    let limited = try world.token(limits: TokenLimits(widgets: [world.widgetID]))
    let networked = try world.token(
      limits: TokenLimits(networks: [try #require(Network("10.0.0.0/8"))]))
    var unknownItem = world.askAPI(access, list: world.orders)
    unknownItem.request.item = world.item([])
    let post = try #require(HTTPMethod(rawValue: "POST"))
    let questions = [
      try world.askWidget(access, token: .known(try world.token(isRevoked: true))),
      try world.askWidget(nil, token: .unknown(.tokenID)),
      try world.askWidget(access, token: .unknown(.tokenName)),
      // A limited token can't be made to open the API, and nobody knows where the other comes from.
      world.askAPI(access, list: world.orders, token: .known(limited)),
      try world.askWidget(access, token: .known(networked)),
      unknownItem,
      try world.askEndpoint(access, method: post),
      try world.askEndpoint(access, method: post, isEnabled: false),
      try world.askWidget(access, list: world.purchases),
    ]
    for question in questions {
      #expect(!decide(question).isAllowed)
      #expect(smallestChanges(for: question) == .none)
    }
  }
}
