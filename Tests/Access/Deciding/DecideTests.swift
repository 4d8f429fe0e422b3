import Access
import Testing

/// The six steps, as `domain.md` words them.
@Suite struct DecideTests {
  let world = DecisionWorld()

  @Test("the real case: Mexico sees the Sales lists of MX, by widget and by API, and nothing else")
  func mexico() throws {
    let access = world.access(world.sales)
    let widget = decide(try world.askWidget(access))
    #expect(widget.isAllowed)
    #expect(
      widget.pairs == [
        AccessPair(company: world.mexico, list: world.orders),
        AccessPair(company: world.mexico, list: world.invoices),
      ])
    #expect(decide(world.askAPI(access, company: world.mexico, list: world.orders)).isAllowed)
    #expect(decide(world.askAPI(access, company: world.states, list: world.orders)).deniedStep == .grant)
    #expect(decide(world.askAPI(access, company: world.mexico, list: world.purchases)).deniedStep == .grant)
  }

  @Test("a token that is not live fails step 1, and the later steps are evaluated all the same")
  func tokens() throws {
    let cases: [(Token, TokenState?)] = [
      (try world.token(), nil), (try world.token(isDisabled: true), .disabled),
      (try world.token(isRevoked: true), .revoked), (try world.token(expiry: .at(world.now)), .expired),
      (try world.token(expiry: .at(world.now.adding(seconds: 1))), nil),
    ]
    for (token, state) in cases {
      let decision = decide(try world.askWidget(world.access(world.sales), token: .known(token)))
      #expect(decision.isAllowed == (state == nil))
      #expect(decision.token == state.map { .failed(.notLive(token.id, $0)) } ?? .held(token.id))
      #expect(decision.grant.passes)
      #expect(decision.pairs.isEmpty == (state != nil))
    }
  }

  @Test("an unknown token is denied in step 1 without anybody to decide about; the catalogue is looked at")
  func unknownToken() throws {
    for how in [UnknownToken.tokenID, .malformed(.checksum)] {
      let decision = decide(try world.askWidget(nil, token: .unknown(how)))
      #expect(decision.deniedStep == .token)
      #expect(decision.token == .failed(.unknown(how)))
      #expect(decision.catalogue == .held(world.central))
      #expect(decision.grant == .notEvaluated)
    }
    let named = decide(try world.askWidget(world.access(world.sales), token: .unknown(.tokenName)))
    #expect(named.deniedStep == .token)
    #expect(named.limits == .notEvaluated)
    #expect(named.grant.passes)
  }

  @Test("a token limited to places opens these and not the API")
  func placeLimits() throws {
    let access = world.access(world.sales)
    let cases: [(TokenLimits, widget: Bool, endpoint: Bool, api: Bool)] = [
      (.none, true, true, true),
      (TokenLimits(widgets: [world.widgetID]), true, false, false),
      (TokenLimits(endpoints: [world.endpointID]), false, true, false),
      (TokenLimits(widgets: [world.widgetID], endpoints: [world.endpointID]), true, true, false),
      (TokenLimits(widgets: [identifier(99)]), false, false, false),
    ]
    for (limits, widget, endpoint, api) in cases {
      let token = PresentedToken.known(try world.token(limits: limits))
      let decisions = [
        decide(try world.askWidget(access, token: token)),
        decide(try world.askEndpoint(access, token: token)),
        decide(world.askAPI(access, list: world.orders, token: token)),
      ]
      #expect(decisions.map(\.isAllowed) == [widget, endpoint, api])
      #expect(decisions.allSatisfy { $0.isAllowed || $0.deniedStep == .limits })
    }
  }

  @Test(
    "a token limited to networks needs a source in one of them",
    arguments: [
      ("10.1.2.3", true), ("11.0.0.1", false), (nil, false), ("::ffff:10.0.0.1", true), ("2001:db8::1", true),
      ("2001:db9::1", false),
    ] as [(String?, Bool)])
  func networks(source: String?, isAllowed: Bool) throws {
    let limits = TokenLimits(networks: [
      try #require(Network("10.0.0.0/8")), try #require(Network("2001:db8::/32")),
    ])
    let question = try world.askWidget(
      world.access(world.sales), token: .known(try world.token(limits: limits)),
      source: source.flatMap { IPAddress($0) })
    #expect(decide(question).isAllowed == isAllowed)
    #expect(decide(question).deniedStep == (isAllowed ? nil : .limits))
  }

  @Test("a disabled user is denied in step 3; a team is always enabled")
  func disabledUser() throws {
    let decision = decide(try world.askWidget(world.access(world.sales, isEnabled: false)))
    #expect(decision.deniedStep == .user)
    #expect(decision.user == .failed(.disabled(world.user)))
    let team = SubjectAccess(
      subject: .team(world.team), kind: nil, isEnabled: false,
      roles: [world.role(.widgetReader, of: .team(world.team))],
      grants: [world.grant(world.sales, of: .team(world.team))])
    #expect(decide(try world.askWidget(team)).isAllowed)
  }

  @Test("a surface is opened by a role with its permission, of the user or of a team")
  func surfaces() throws {
    let opening: [BuiltInRole: Set<SurfaceKind>] = [
      .administrator: [.widgets, .api], .widgetReader: [.widgets], .widgetContributor: [.widgets],
      .widgetAdministrator: [.widgets], .apiReader: [.api],
    ]
    for role in BuiltInRole.allCases {
      let surfaces = opening[role] ?? []
      let access = world.access(world.sales, roles: [role])
      #expect(decide(try world.askWidget(access)).surface.passes == surfaces.contains(.widgets))
      for question in [try world.askEndpoint(access), world.askAPI(access, list: world.orders)] {
        #expect(decide(question).surface.passes == surfaces.contains(.api))
      }
    }
    var byTeam = world.access(world.sales, roles: [], teams: [world.team])
    byTeam.roles = [world.role(.widgetReader, of: .team(world.team))]
    #expect(decide(try world.askWidget(byTeam)).surface == .held(byTeam.roles[0]))
  }

  @Test("the Administrator passes 4 and 6 and sees all pairs located, but not past 1, 2, 3 and 5")
  func administrator() throws {
    let access = world.access(nil, roles: [.administrator])
    let decision = decide(try world.askWidget(access))
    #expect(decision.grant == .held(.administrator(.account(world.user))))
    #expect(decision.pairs.count == 4)
    let disabled = world.access(nil, isEnabled: false, roles: [.administrator])
    #expect(decide(try world.askWidget(disabled)).deniedStep == .user)
    #expect(decide(try world.askWidget(access, isEnabled: false)).deniedStep == .catalogue)
    let revoked = PresentedToken.known(try world.token(isRevoked: true))
    #expect(decide(try world.askWidget(access, token: revoked)).deniedStep == .token)
    let limited = PresentedToken.known(try world.token(limits: TokenLimits(widgets: [identifier(99)])))
    #expect(decide(try world.askWidget(access, token: limited)).deniedStep == .limits)
  }
}
