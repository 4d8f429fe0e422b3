import Access
import Testing

@Suite struct LawTests {
  let world: LawWorld
  var base: DecisionWorld { world.base }

  init() throws { world = try LawWorld() }

  private func subject(
    _ access: SubjectAccess, _ kind: AccountKind = .apiUser, labels: [(String, String)] = []
  ) throws -> LawSubject {
    let account = Account(
      id: base.user, kind: kind, name: try Name("portal"), createdAt: base.now,
      particulars: Particulars(labels: try Labels(labels.map { try Label(key: $0, value: $1) })))
    return LawSubject(account, access: access)
  }

  private func what(
    _ companies: Coverage<Foreseen<CompanyID>> = .all, _ lists: Coverage<Foreseen<ListID>> = .all
  ) throws -> LawWhat<AsFound> {
    try LawWhat(connector: .present(base.central), companies: companies, lists: lists)
  }

  private func breach(
    _ form: LawForm<AsFound>, _ subject: LawSubject, except until: Timestamp? = nil
  ) throws -> LawBreach? {
    let exceptions: [Foreseen<AccountID>: Timestamp] = until.map { [.present(subject.id): $0] } ?? [:]
    let law = try Law<AsFound>(name: world.awaited, form: form, exceptions: exceptions)
    return firstBreach(of: law, by: subject, in: world.ground, at: base.now)
  }

  private var apiUsers: LawWho<AsFound> { get throws { try LawWho(apiUsers: .all) } }

  @Test("Mexico and the US in one hand break the law, by one grant or by two at the same instant")
  func oneCountryEach() throws {
    let form = LawForm<AsFound>.apart(
      try apiUsers, try what(.only([.present(base.mexico)])), try what(.only([.present(base.states)])))
    var both = base.sales
    both.companies = .only([base.mexico, base.states])
    var states = base.sales
    states.companies = .only([base.states])
    func teamed(_ bounds: Bounds) -> SubjectAccess {
      var access = base.access(base.sales, more: [base.grant(states, of: .team(base.team))])
      access.teams = [Bounded(base.team, bounds)]
      return access
    }
    let (soon, later) = (base.now.adding(seconds: 10), base.now.adding(seconds: 20))
    let cases: [(SubjectAccess, Timestamp?)] = [
      (base.access(base.sales), nil), (base.access(both), base.now), (teamed(.always), base.now),
      (teamed(try Bounds(from: soon, until: later)), soon), (teamed(Bounds(until: base.now)), nil),
    ]
    for (access, at) in cases { #expect(try breach(form, subject(access))?.at == at) }
    // Neither a disabled user nor missing roles excuse.
    #expect(try breach(form, subject(base.access(both, isEnabled: false, roles: []))) != nil)
    #expect(try breach(form, subject(base.access(both)), except: soon)?.at == soon)
  }

  @Test("all stands for what may come: only all breaks a law about what does not exist yet")
  func awaited() throws {
    let form = LawForm<AsFound>.never(try apiUsers, try what(.all, .only([.named(world.awaited)])))
    var all = base.sales
    #expect(try breach(form, subject(base.access(all))) == nil)
    all.lists = .all
    let found = try #require(try breach(form, subject(base.access(all))))
    guard case .sees(let sight) = found.finding else {
      Issue.record("\(found.finding)")
      return
    }
    #expect(sight.thing.list == .named(world.awaited))
    #expect(sight.thing.company == .present(base.mexico))
  }

  @Test("an API user who is Administrator breaks what a user who is Administrator is exempt from")
  func administrators() throws {
    let everybody = try LawWho<AsFound>(apiUsers: .all, users: .all)
    let forms: [LawForm<AsFound>] = [
      .never(everybody, try what()), .apart(everybody, try what(), try what()),
      .within(everybody, .present(base.team)),
    ]
    for form in forms {
      for (kind, isBroken) in [(AccountKind.user, false), (.apiUser, true)] {
        let access = base.access(base.sales, roles: [.administrator])
        #expect(try (breach(form, subject(access, kind)) != nil) == isBroken)
      }
    }
  }

  @Test("a law means those whom its words name")
  func who() throws {
    var access = base.access(base.sales)
    access.teams = [Bounded(base.team), Bounded(base.otherTeam, Bounds(until: base.now))]
    let cases: [(AccountKind, LawWho<AsFound>, Bool)] = [
      (.apiUser, try LawWho(apiUsers: .all), true), (.user, try LawWho(apiUsers: .all), false),
      (.user, try LawWho(users: .all), true),
      (.apiUser, try LawWho(apiUsers: .named([.present(base.user)])), true),
      (.apiUser, try LawWho(apiUsers: .named([.named(world.awaited)])), false),
      (.apiUser, try LawWho(apiUsers: .members([.present(base.team)])), true),
      (.apiUser, try LawWho(apiUsers: .members([.present(base.otherTeam), .named(world.awaited)])), false),
      (.apiUser, try LawWho(apiUsers: .labelled(Labels([Label("env=prod")]))), true),
      (.apiUser, try LawWho(apiUsers: .labelled(Labels([Label("env=prod"), Label("kind=portal")]))), false),
    ]
    for (kind, who, isMeant) in cases {
      let subject = try subject(access, kind, labels: [("env", "prod")])
      #expect(try (breach(.never(who, what()), subject) != nil) == isMeant, "\(who)")
    }
  }

  @Test("pairs without a company and pairs of a connector's first companies are never there at once")
  func exclusiveFutures() throws {
    let files = Foreseen.present(base.files)
    let form = LawForm<AsFound>.apart(
      try apiUsers, try LawWhat(connector: files, companies: .only([.named(world.awaited)])),
      try LawWhat(connector: files, lists: .only([.named(world.awaited)])))
    for (companies, isBroken) in [(Coverage<CompanyID>.none, false), (.all, true)] {
      let first = Permissions(roles: [.user], companies: .all, lists: .only([base.documents]))
      let second = Permissions(roles: [.user], companies: companies, lists: .all)
      var access = base.access(nil, teams: [base.team])
      access.grants = [
        base.grant(first, of: .account(base.user), on: base.files),
        base.grant(second, of: .team(base.team), on: base.files),
      ]
      #expect(try (breach(form, subject(access)) != nil) == isBroken)
    }
  }

  @Test("an open widget breaks a law that is for all API users, over what the widget shows")
  func openWidgets() throws {
    var widget = try base.widget(isEnabled: false)
    let orders = try what(.only([.present(base.states)]), .only([.present(base.orders)]))
    let cases: [(Bool, LawForm<AsFound>, Bool)] = [
      (true, .never(try apiUsers, orders), true), (false, .never(try apiUsers, orders), false),
      (true, .never(try LawWho(users: .all), orders), false),
      (true, .never(try apiUsers, try what(.all, .only([.present(base.purchases)]))), false),
    ]
    for (isOpen, form, isBroken) in cases {
      widget.isOpen = isOpen
      let law = try Law<AsFound>(name: world.awaited, form: form)
      let found = firstBreach(of: law, by: widget, in: world.ground, at: base.now)
      #expect((found != nil) == isBroken)
      #expect(found.map { $0.breaker == .openWidget(widget.id) } ?? true)
    }
  }

  @Test("a team that does not exist covers nothing")
  func unknownTeam() throws {
    let form = LawForm<AsFound>.within(try apiUsers, .named(world.awaited))
    #expect(try breach(form, subject(base.access(base.sales)))?.at == base.now)
    #expect(try breach(form, subject(base.access(nil))) == nil)
  }

  @Test("what could mean nothing, or too much, is no law")
  func problems() throws {
    #expect(throws: LawProblem.noSubjects) { try LawWho<AsWritten>() }
    #expect(throws: LawProblem.labelsOfUsers) {
      try LawWho<AsWritten>(users: .labelled(Labels([Label("env=prod")])))
    }
    #expect(throws: LawProblem.emptyPart("labels")) { try LawWho<AsWritten>(apiUsers: .labelled(.none)) }
    #expect(throws: LawProblem.emptyPart("lists")) {
      try LawWhat<AsWritten>(connector: world.awaited, lists: .none)
    }
    #expect(throws: LawProblem.noDemand) { try TokenDemands() }
    #expect(throws: LawProblem.days(0)) { try TokenDemands(maximumDays: 0) }
    #expect(throws: LawProblem.ownersOfUsers) { try LawForm<AsWritten>.owned(checked: LawWho(users: .all)) }
    let many = Set((0...LawBounds.names).map { Foreseen<ListID>.present(identifier(Int64($0 + 1))) })
    #expect(throws: LawProblem.tooManyNames("lists", many.count)) {
      try LawWhat<AsFound>(connector: .any, lists: .only(many))
    }
  }
}
