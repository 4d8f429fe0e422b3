import Access
import Testing

@Suite struct NewBreachTests {
  let world: LawWorld
  var base: DecisionWorld { world.base }

  init() throws { world = try LawWorld() }

  /// A state: what a subject has, and what there is.
  private struct State {
    var access: SubjectAccess
    var world: LawWorld
    var teamGrants: [Grant] = []
    var tokens: [Token] = []
    var ownership = Ownership.owned
  }

  private func subject(_ state: State) throws -> LawSubject {
    let account = Account(id: base.user, kind: .apiUser, name: try Name("portal"), createdAt: base.now)
    return LawSubject(account, access: state.access, ownership: state.ownership, tokens: state.tokens)
  }

  private func law(_ form: LawForm<AsFound>, except until: Timestamp? = nil) throws -> Law<AsFound> {
    try Law(name: world.awaited, form: form, exceptions: until.map { [.present(base.user): $0] } ?? [:])
  }

  private func breach(
    _ law: Law<AsFound>, _ before: State, _ after: State, lawBefore: Law<AsFound>? = nil
  ) throws -> LawBreach? {
    func ground(_ state: State) -> LawGround {
      LawGround(parts: state.world.ground.parts, teamGrants: state.teamGrants)
    }
    return newBreach(
      of: law, by: try subject(after), in: ground(after), before: (try subject(before), ground(before)),
      lawBefore: lawBefore, at: base.now)
  }

  private func state(_ permissions: Permissions?, more: [Grant] = []) -> State {
    State(access: base.access(permissions, teams: [base.team], more: more), world: world)
  }

  private func sales(_ change: (inout Permissions) -> Void = { _ in }) -> Permissions {
    var permissions = base.sales
    change(&permissions)
    return permissions
  }

  private func what(
    _ companies: Coverage<Foreseen<CompanyID>> = .all, _ lists: Coverage<Foreseen<ListID>> = .all,
    on connector: ConnectorID? = nil
  ) throws -> LawWhat<AsFound> {
    try LawWhat(connector: .present(connector ?? base.central), companies: companies, lists: lists)
  }

  private var apiUsers: LawWho<AsFound> { get throws { try LawWho(apiUsers: .all) } }

  @Test("a pair that broke the law before is no new breach; each other pair is one")
  func pairs() throws {
    let never = try law(.never(try apiUsers, try what()))
    let later = try Bounds(from: base.now.adding(seconds: 10))
    let ofTeam = base.grant(base.sales, of: .team(base.team))
    let cases: [(String, State, State, Bool)] = [
      ("nothing changes", state(sales()), state(sales()), false),
      ("another giver", state(sales()), state(nil, more: [ofTeam]), false),
      ("earlier", state(sales { $0.bounds = later }), state(sales()), false),
      ("later", state(sales()), state(sales { $0.bounds = later }), false),
      ("less", state(sales()), state(sales { $0.lists = .only([base.orders]) }), false),
      ("another list", state(sales()), state(sales { $0.lists = .only([base.purchases]) }), true),
      ("another company", state(sales()), state(sales { $0.companies = .only([base.states]) }), true),
      ("all lists, for what may come", state(sales()), state(sales { $0.lists = .all }), true),
      ("it gave no data before", state(sales { $0.roles = [.reader] }), state(sales()), true),
      ("it was over before", state(sales { $0.bounds = Bounds(until: base.now) }), state(sales()), true),
    ]
    for (name, before, after, isNew) in cases {
      #expect(try (breach(never, before, after) != nil) == isNew, "\(name)")
    }
  }

  @Test("the counterexample is the new pair, and one that exists goes before what may come")
  func counterexample() throws {
    let never = try law(.never(try apiUsers, try what()))
    let found = try breach(never, state(sales()), state(sales { ($0.companies, $0.lists) = (.all, .all) }))
    guard case .sees(let sight)? = found?.finding else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(sight.thing.company == .present(base.states))
    #expect(sight.thing.list == .present(base.orders))
  }

  @Test("what was excused, or not meant, did not break the law")
  func excused() throws {
    let form = LawForm<AsFound>.never(try apiUsers, try what())
    let cases: [(Law<AsFound>, Bool)] = [
      (try law(form), false), (try law(form, except: base.now.adding(days: 1)), false),
      (try law(.never(try LawWho(apiUsers: .named([.named(world.awaited)])), try what())), true),
    ]
    for (lawBefore, isNew) in cases {
      let found = try breach(try law(form), state(sales()), state(sales()), lawBefore: lawBefore)
      #expect((found != nil) == isNew)
    }
    // An exception up to an instant excuses only what ends before it does.
    let day = Bounds(until: base.now.adding(seconds: 60))
    let excepted = try law(form, except: base.now.adding(days: 1))
    let (before, after) = (state(sales { $0.bounds = day }), state(sales { $0.bounds = day }))
    #expect(try breach(try law(form), before, after, lawBefore: excepted) != nil)
  }

  @Test("before its list exists a law's name is covered by all lists, and by no list")
  func cameToExist() throws {
    var grown = world
    grown.lists[base.central]?.append(identifier(25))
    let never = try law(.never(try apiUsers, try what(.all, .only([.present(identifier(25))]))))
    for (lists, isNew) in [(Coverage<ListID>.all, false), (base.sales.lists, true)] {
      var after = state(sales { $0.lists = .all })
      after.world = grown
      #expect(try (breach(never, state(sales { $0.lists = lists }), after) != nil) == isNew)
    }
  }

  @Test("a list that is given a name of the law breaks the law by what was harmless before")
  func renamed() throws {
    let lawBefore = try law(.never(try apiUsers, try what(.all, .only([.named(world.awaited)]))))
    let never = try law(.never(try apiUsers, try what(.all, .only([.present(base.orders)]))))
    #expect(try breach(never, state(sales()), state(sales()), lawBefore: lawBefore) != nil)
    #expect(try breach(never, state(sales()), state(sales())) == nil)
  }

  @Test("the first company of a connector, and the loss of the last one, make new pairs")
  func companies() throws {
    let never = try law(.never(try apiUsers, try what(on: base.files)))
    var first = world
    first.companies[base.files] = [identifier(14)]
    func files(_ companies: Coverage<CompanyID>, _ world: LawWorld) -> State {
      let permissions = Permissions(roles: [.user], companies: companies, lists: .only([base.documents]))
      let grant = base.grant(permissions, of: .account(base.user), on: base.files)
      return State(access: base.access(nil, more: [grant]), world: world)
    }
    let company = Coverage<CompanyID>.only([identifier(14)])
    let cases: [(State, State, Bool)] = [
      (files(.all, world), files(.all, first), false), (files(.none, world), files(company, first), true),
      (files(.none, world), files(.none, first), false), (files(company, first), files(.none, world), true),
      (files(.all, first), files(.all, world), true),
    ]
    for (place, (before, after, isNew)) in cases.enumerated() {
      #expect(try (breach(never, before, after) != nil) == isNew, "case \(place)")
    }
  }

  @Test("two pairs that were seen before break the law anew where they are seen together now")
  func together() throws {
    let apart = try law(
      .apart(try apiUsers, try what(.only([.present(base.mexico)])), try what(.only([.present(base.states)])))
    )
    let soon = base.now.adding(seconds: 10)
    func both(_ bounds: Bounds, _ lists: Coverage<ListID> = .only([identifier(21)])) -> State {
      let states = Permissions(roles: [.user], companies: .only([base.states]), lists: lists, bounds: bounds)
      return state(
        sales { $0.bounds = Bounds(until: soon) }, more: [base.grant(states, of: .team(base.team))])
    }
    let (after, within) = (try Bounds(from: soon), Bounds.always)
    let cases: [(State, State, Bool)] = [
      (both(after), both(after), false), (both(after), both(within), true),
      (both(within), both(within), false),
      (both(within), both(within, .only([base.invoices])), true),
    ]
    for (place, (before, after, isNew)) in cases.enumerated() {
      #expect(try (breach(apart, before, after) != nil) == isNew, "case \(place)")
    }
  }

  @Test("what the team lost, and the subject has, is new; what was beyond the team before is not")
  func beyondTeam() throws {
    let within = try law(.within(try apiUsers, .present(base.otherTeam)))
    func covered(_ lists: Set<ListID>) -> State {
      var state = state(sales())
      state.teamGrants = [base.grant(sales { $0.lists = .only(lists) }, of: .team(base.otherTeam))]
      return state
    }
    let (more, less) = (covered([base.orders, base.invoices]), covered([base.orders]))
    for (before, after, isNew) in [(more, less, true), (less, less, false), (less, more, false)] {
      #expect(try (breach(within, before, after) != nil) == isNew)
    }
    var administrator = less
    administrator.access.roles = [base.role(.administrator)]
    #expect(try breach(within, less, administrator) != nil)
    #expect(try breach(within, administrator, administrator) == nil)
  }

  @Test("another token that fails is new, and the same one is not; so with owners")
  func tokensAndOwners() throws {
    let tokens = try law(.tokens(try apiUsers, try TokenDemands(isExpiring: true)))
    func holding(_ tokens: [Token]) -> State {
      var state = state(nil)
      state.tokens = tokens
      return state
    }
    let token = try base.token()
    let other = Token(
      id: identifier(72), account: base.user, name: token.name, expiry: .never, createdAt: base.now,
      hint: token.hint)
    #expect(try breach(tokens, holding([token]), holding([token])) == nil)
    let found = try breach(tokens, holding([token]), holding([token, other]))
    #expect(found?.finding == .token(other.id, .neverExpires))
    let owned = try law(LawForm.owned(checked: try apiUsers))
    func owning(_ ownership: Ownership) -> State {
      var state = state(nil)
      state.ownership = ownership
      return state
    }
    #expect(try breach(owned, owning(.none), owning(.deletedUser)) == nil)
    #expect(try breach(owned, owning(.owned), owning(.deletedUser)) != nil)
  }

  @Test("an open widget that shows another list of the law, or was closed before, breaks the law anew")
  func widgets() throws {
    let never = try law(.never(try apiUsers, try what()))
    func widget(_ lists: Set<ListID>, isOpen: Bool = true) throws -> Widget {
      var widget = try base.widget()
      (widget.isOpen, widget.lists) = (isOpen, lists)
      return widget
    }
    let orders = try widget([base.orders])
    let cases: [(Widget, Widget, Bool)] = [
      (orders, orders, false), (orders, try widget([base.orders, base.invoices]), true),
      (try widget([base.orders], isOpen: false), orders, true),
      (try widget([base.orders, base.invoices]), orders, false),
    ]
    for (before, after, isNew) in cases {
      let found = newBreach(
        of: never, by: after, in: world.ground, before: (before, world.ground), at: base.now)
      #expect((found != nil) == isNew)
    }
  }
}
