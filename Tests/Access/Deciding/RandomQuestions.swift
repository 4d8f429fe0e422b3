import Access

/// Random questions over ``DecisionWorld``, of everything that a step can turn on.
struct RandomQuestions {
  let world = DecisionWorld()
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Mostly none; otherwise some of the instants at and around the time of the question.
  mutating func bounds() -> Bounds {
    guard generator.flip(3) else { return .always }
    let instants = [-20, -10, 0, 10, 20].map { world.now.adding(seconds: $0) }
    let from = generator.flip() ? instants.randomElement(using: &generator) : nil
    let until = generator.flip() ? instants.randomElement(using: &generator) : nil
    return (try? Bounds(from: from, until: until)) ?? Bounds(until: until)
  }

  mutating func permissions() -> Permissions {
    let roles =
      generator.flip()
      ? [ConnectorRole.user] : generator.some(of: ConnectorRole.allCases.shuffled(using: &generator))
    let lists = generator.coverage(of: world.lists)
    let items = Dictionary(
      uniqueKeysWithValues: ItemKind.allCases.map { ($0, generator.coverage(of: world.items)) })
    return Permissions(
      roles: Set(roles), companies: generator.coverage(of: world.companies), lists: lists, items: items,
      bounds: bounds())
  }

  mutating func access() -> SubjectAccess {
    let teams = [world.team, world.otherTeam].filter { _ in generator.flip() }
    let subjects = [SubjectID.account(world.user)] + teams.map(SubjectID.team)
    var access = SubjectAccess(
      subject: .account(world.user), kind: .apiUser, isEnabled: !generator.flip(4),
      teams: teams.map { Bounded($0, bounds()) })
    for subject in subjects {
      if generator.flip() { access.grants.append(world.grant(permissions(), of: subject)) }
      if generator.flip() { access.roles.append(world.role(.widgetReader, of: subject, bounds())) }
      if generator.flip() { access.roles.append(world.role(.apiReader, of: subject, bounds())) }
      if generator.flip(20) { access.roles.append(world.role(.administrator, of: subject, bounds())) }
    }
    return access
  }

  mutating func token() throws -> PresentedToken {
    if generator.flip() { return .none }
    if generator.flip(8) { return .unknown(.tokenName) }
    let limits = TokenLimits(
      widgets: generator.flip(3) ? [generator.flip() ? world.widgetID : identifier(99)] : [],
      endpoints: generator.flip(3) ? [world.endpointID] : [],
      networks: Set(generator.flip(3) ? [Network("10.0.0.0/8")].compactMap { $0 } : []))
    let from = generator.flip(6) ? world.now.adding(seconds: generator.flip() ? 1 : -1) : nil
    let end = world.now.adding(seconds: generator.flip() && from.map { $0 < world.now } ?? true ? 0 : 5)
    return .known(
      try world.token(
        from: from, expiry: generator.flip(4) ? .at(end) : .never, isDisabled: generator.flip(4),
        isRevoked: generator.flip(8), limits: limits))
  }

  mutating func question() throws -> AccessQuestion {
    let access = access()
    let company = generator.flip() ? world.companies.randomElement(using: &generator) : nil
    let list = world.lists.randomElement(using: &generator) ?? world.orders
    var question: AccessQuestion
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      question = try world.askWidget(
        access, company: company, list: generator.flip() ? list : nil, isEnabled: !generator.flip(6))
    case 1: question = try world.askEndpoint(access, isEnabled: !generator.flip(6))
    default: question = world.askAPI(access, company: company, list: list)
    }
    question.request.token = try token()
    question.request.source = generator.flip(3) ? nil : IPAddress(generator.flip() ? "10.1.1.1" : "192.0.2.1")
    if generator.flip(3) {
      let lists = question.catalogue.lists
      let name = [world.items[0].item, world.items[1].item]
      let found = world.items.filter {
        lists.contains($0.list) && (generator.flip(8) || name.contains($0.item))
      }
      question.request.item = RequestedItem(kind: .action, found: found)
    }
    return question
  }
}
