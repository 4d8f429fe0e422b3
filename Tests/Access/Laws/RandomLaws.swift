import Access

/// Random subjects and laws over ``LawWorld``.
struct RandomLaws {
  var world: LawWorld
  var random: RandomQuestions
  var base: DecisionWorld { world.base }

  init(seed: UInt64) throws {
    world = try LawWorld()
    random = RandomQuestions(seed: seed)
  }

  private mutating func flip(_ chance: Int = 2) -> Bool { random.generator.flip(chance) }

  private mutating func permissions(on connector: ConnectorID) -> Permissions {
    if connector == base.central { return random.permissions() }
    return Permissions(
      roles: flip(8) ? [.administrator] : flip(6) ? [.reader] : [.user], companies: flip() ? .all : .none,
      lists: random.generator.coverage(of: [base.documents]),
      items: flip() ? [.action: .all] : [:], bounds: random.bounds())
  }

  private mutating func grants(of subject: SubjectID, _ chance: Int = 2) -> [Grant] {
    var grants: [Grant] = []
    for connector in [base.central, base.files] where flip(chance) {
      let made = base.grant(permissions(on: connector), of: subject, on: connector)
      grants.append(
        Grant(
          id: identifier(made.id.rawValue * 10 + connector.rawValue), subject: subject, connector: connector,
          permissions: made.permissions))
    }
    return grants
  }

  mutating func subject() throws -> LawSubject {
    let kind: AccountKind = flip(3) ? .user : .apiUser
    let teams = [base.team, base.otherTeam].filter { _ in flip() }
    var access = SubjectAccess(
      subject: .account(base.user), kind: kind, isEnabled: !flip(4),
      teams: teams.map { Bounded($0, random.bounds()) })
    for subject in [SubjectID.account(base.user)] + teams.map(SubjectID.team) {
      access.grants += grants(of: subject)
      if flip(10) { access.roles.append(base.role(.administrator, of: subject, random.bounds())) }
    }
    let account = Account(id: base.user, kind: kind, name: try Name("portal"), createdAt: base.now)
    return LawSubject(account, access: access)
  }

  /// The grants of the team that `within` names: mostly one that gives much.
  mutating func teamGrants() -> [Grant] {
    grants(of: .team(base.otherTeam), 1).map { grant in
      guard flip() else { return grant }
      var wide = grant
      wide.permissions.roles = [.user]
      wide.permissions.lists = .all
      wide.permissions.companies = flip(3) ? wide.permissions.companies : .all
      for kind in ItemKind.allCases where flip() { wide.permissions[kind] = .all }
      wide.permissions.bounds = flip() ? .always : random.bounds()
      return wide
    }
  }

  mutating func what() throws -> LawWhat<AsFound> {
    let connector =
      flip(8) ? world.newcomer : flip(3) ? base.files : base.central
    let found: Foreseen<ConnectorID> =
      world.lists[connector] == nil ? .named(world.awaited) : .present(connector)
    let companies = (world.companies[connector] ?? []).map(Foreseen.present) + [.named(world.awaited)]
    let lists = world.presentLists(connector).map(Foreseen.present) + [.named(world.awaited)]
    var items: [ItemKind: Coverage<LawItem<AsFound>>] = [:]
    if flip(3) {
      let kind = flip() ? ItemKind.action : .detail
      let named = lists.map { LawItem<AsFound>(list: $0, item: .named(world.awaited)) }
      let present = world.items.map { LawItem<AsFound>(list: .present($0.list), item: .present($0.item)) }
      items[kind] = some(of: named + (connector == base.central && kind == .action ? present : []))
    }
    return try LawWhat(
      connector: found, companies: some(of: companies), lists: some(of: lists), items: items)
  }

  private mutating func some<Element: Hashable & Sendable>(of elements: [Element]) -> Coverage<Element> {
    let chosen = random.generator.some(of: elements)
    return chosen.isEmpty || flip(3) ? .all : .only(chosen)
  }

  mutating func law(_ form: LawForm<AsFound>) throws -> Law<AsFound> {
    let until = base.now.adding(
      seconds: [-10, 0, 5, 10, 15, 20].randomElement(using: &random.generator) ?? 0)
    return try Law(
      name: world.awaited, form: form, exceptions: flip(4) ? [.present(base.user): until] : [:])
  }

  mutating func form() throws -> LawForm<AsFound> {
    let everybody = try LawWho<AsFound>(apiUsers: .all, users: .all)
    switch Int.random(in: 0..<3, using: &random.generator) {
    case 0: return .never(everybody, try what())
    case 1: return .apart(everybody, try what(), try what())
    default: return .within(everybody, .present(base.otherTeam))
    }
  }
}
