import Access
import Testing

/// Step 6.
@Suite struct GrantStepTests {
  let world = DecisionWorld()

  @Test("a trial names the first of a to d that the grant fails")
  func conditions() {
    let item = world.item([world.items[0]])
    let cases: [(Permissions, GrantCondition?)] = [
      (.none, .role),
      (Permissions(roles: [.reader, .customListAdministrator], companies: .all, lists: .all), .role),
      (Permissions(roles: [.user]), .company),
      (Permissions(roles: [.user], companies: .only([world.states]), lists: .all), .company),
      (Permissions(roles: [.user], companies: .only([world.mexico])), .list),
      (Permissions(roles: [.user], companies: .all, lists: .only([world.invoices])), .list),
      (world.sales, .item),
      (
        Permissions(
          roles: [.user], companies: .all, lists: .all, items: [.detail: .all, .listAction: .all]), .item
      ),
      (Permissions(roles: [.user], companies: .all, lists: .all, items: [.action: .all]), nil),
      (
        Permissions(
          roles: [.user], companies: .all, lists: .only([world.orders]),
          items: [.action: .only([world.items[0]])]), nil
      ),
      (Permissions(roles: [.administrator]), nil),
    ]
    for (permissions, condition) in cases {
      let decision = decide(
        world.askAPI(world.access(permissions), company: world.mexico, list: world.orders, item: item))
      #expect(decision.isAllowed == (condition == nil))
      if let condition { #expect(decision.trials.map(\.outcome) == [.fails(condition)]) }
    }
  }

  @Test("one single grant has to cover everything, and two halves give nothing")
  func neverTheProduct() {
    let mexicoSales = world.grant(
      Permissions(roles: [.user], companies: .only([world.mexico]), lists: .only([world.orders])),
      of: .team(world.team))
    let statesPurchases = world.grant(
      Permissions(roles: [.user], companies: .only([world.states]), lists: .only([world.purchases])),
      of: .team(world.otherTeam))
    let access = world.access(
      nil, teams: [world.team, world.otherTeam], more: [mexicoSales, statesPurchases])
    #expect(decide(world.askAPI(access, company: world.mexico, list: world.orders)).isAllowed)
    #expect(decide(world.askAPI(access, company: world.states, list: world.purchases)).isAllowed)
    let crossed = decide(world.askAPI(access, company: world.states, list: world.orders))
    #expect(crossed.deniedStep == .grant)
    #expect(crossed.trials.map(\.outcome) == [.fails(.company), .fails(.list)])
  }

  @Test("several grants that allow give the union of their pairs, each once, and not the product")
  func union() throws {
    let mexico = world.grant(
      Permissions(roles: [.user], companies: .only([world.mexico]), lists: .only([world.orders])),
      of: .team(world.team))
    let access = world.access(
      Permissions(roles: [.user], companies: .all, lists: .only([world.invoices])), teams: [world.team],
      more: [mexico])
    let decision = decide(try world.askWidget(access))
    #expect(decision.blocks.count == 2)
    #expect(
      decision.pairs == [
        AccessPair(company: world.mexico, list: world.orders),
        AccessPair(company: world.mexico, list: world.invoices),
        AccessPair(company: world.states, list: world.invoices),
      ])
  }

  @Test("grants on other connectors count for nothing")
  func otherConnectors() {
    let elsewhere = world.grant(
      Permissions(roles: [.administrator]), of: .account(world.user), on: world.files)
    let decision = decide(world.askAPI(world.access(nil, more: [elsewhere]), list: world.orders))
    #expect(decision.grant == .failed(.noGrant))
    #expect(decision.trials.isEmpty)
  }

  @Test("a grant or role of somebody else is a denial that says so, even for an Administrator")
  func contradictions() throws {
    let foreign = world.grant(world.sales, of: .team(world.otherTeam))
    for roles in [[BuiltInRole.widgetReader], [.administrator]] {
      let decision = decide(try world.askWidget(world.access(world.sales, roles: roles, more: [foreign])))
      #expect(decision.grant == .inconsistent(.grantOfAnother(foreign.id)))
      #expect(!decision.isAllowed)
    }
    let twin = Grant(
      id: identifier(82), subject: .account(world.user), connector: world.central, permissions: world.sales)
    let twins = decide(try world.askWidget(world.access(world.sales, more: [twin])))
    #expect(twins.grant == .inconsistent(.twoGrants(identifier(81), identifier(82))))
    var roles = world.access(world.sales)
    roles.roles.append(world.role(.widgetReader, of: .team(world.otherTeam)))
    #expect(
      decide(try world.askWidget(roles)).surface == .inconsistent(.roleOfAnother(.team(world.otherTeam))))
    let stranger = SubjectAccess(subject: .account(identifier(52)), kind: .apiUser)
    let token = decide(try world.askWidget(stranger, token: .known(try world.token())))
    #expect(token.token == .inconsistent(.tokenOfAnother(world.tokenID)))
    #expect(decide(try world.askWidget(nil)).token == .inconsistent(.nobody))
  }
}
