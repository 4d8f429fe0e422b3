import Access

/// A random state with a law, and what a random change makes of it.
struct RandomChange {
  let world: LawWorld
  let former: LawWorld
  let law: Law<AsFound>
  /// What the names of the law meant before; nil where they meant the same.
  let lawBefore: Law<AsFound>?
  let subject: LawSubject
  let subjectBefore: LawSubject?
  let ground: LawGround
  let groundBefore: LawGround

  init(seed: UInt64) throws {
    var random = try RandomLaws(seed: seed &+ 1 << 32)
    let former = random.anyWorld()
    let world = random.random.generator.flip() ? former : random.anyWorld()
    random.world = former
    let (first, firstTeam) = (try random.subject().fitting(former, &random), random.teamGrants())
    let (second, secondTeam) = (try random.subject(), random.teamGrants())
    subject = first.mixed(with: second, &random).fitting(world, &random)
    subjectBefore = random.random.generator.flip(12) ? nil : first
    random.world = world
    let form = try random.form()
    law = try random.law(form)
    lawBefore = random.random.generator.flip(6) ? try random.law(try random.form(like: form)) : nil
    var (ground, groundBefore) = (world.ground, former.ground)
    let formerGrants = firstTeam.map { $0.fitting(former, &random) }
    let team = random.random.generator.flip() ? formerGrants : secondTeam
    groundBefore.teamGrants = formerGrants
    ground.teamGrants = team.map { $0.fitting(world, &random) }
    (self.world, self.former, self.ground, self.groundBefore) = (world, former, ground, groundBefore)
  }

  var now: Timestamp { world.base.now }

  var breach: LawBreach? {
    newBreach(
      of: law, by: subject, in: ground, before: subjectBefore.map { ($0, groundBefore) },
      lawBefore: lawBefore,
      at: now)
  }

  var expected: NewBreaches {
    let instants = [subject, subjectBefore].compactMap { $0?.access.instants(after: now) }
    let team = (ground.teamGrants + groundBefore.teamGrants).flatMap {
      [$0.permissions.bounds.from, $0.permissions.bounds.until]
    }
    let ends = [law, lawBefore].flatMap { $0.map { Array($0.exceptions.values) } ?? [] }
    let all = instants.reduce(Set(team.compactMap { $0 } + ends)) { $0.union($1) }.union([now])
    let sorted = all.filter { now <= $0 }.sorted()
    return NewBreaches(
      after: LawReading(
        world: world, law: law, subject: subject, teamGrants: ground.teamGrants, instants: sorted,
        words: world),
      before: subjectBefore.map {
        LawReading(
          world: former, law: lawBefore ?? law, subject: $0, teamGrants: groundBefore.teamGrants,
          instants: sorted, words: world)
      })
  }
}

extension RandomLaws {
  /// A catalogue in which parts may be added or gone.
  mutating func anyWorld() -> LawWorld {
    var world = world
    guard !random.generator.flip(3) else { return world }
    let (list, company): (ListID, CompanyID) = (identifier(25), identifier(13))
    if random.generator.flip(3) {
      world.lists[base.central]?.append(list)
      world.items.append(ListItem(list: list, item: identifier(34)))
    }
    if random.generator.flip(4) { world.lists[base.central]?.removeAll { $0 == base.orders } }
    if random.generator.flip(3) { world.companies[base.central]?.append(company) }
    if random.generator.flip(4) { world.companies[base.central]?.removeAll { $0 == base.mexico } }
    if random.generator.flip(5) { world.companies[base.central] = nil }
    if random.generator.flip(4) { world.companies[base.files] = [identifier(14)] }
    if random.generator.flip(4) { world.lists[world.newcomer] = [identifier(26)] }
    if random.generator.flip(5) { world.items.removeAll { $0.item == base.post } }
    return world
  }

  /// A form of the same kind, as if the names meant other things.
  mutating func form(like form: LawForm<AsFound>) throws -> LawForm<AsFound> {
    let who = try LawWho<AsFound>(
      apiUsers: random.generator.flip(3) ? .named([.present(identifier(52))]) : .all, users: .all)
    switch form {
    case .never: return .never(who, try what())
    case .apart(_, _, let other): return .apart(who, try what(), other)
    case .within(_, let team): return .within(who, team)
    case .tokens(_, let demands): return .tokens(who, demands)
    case .owned: return .owned(who)
    }
  }
}

extension Permissions {
  /// These permissions in a catalogue: without what is gone, and maybe with what was added.
  fileprivate func fitting(
    _ world: LawWorld, _ connector: ConnectorID, _ random: inout RandomLaws
  ) -> Permissions {
    func fitted<Element: Comparable>(_ coverage: Coverage<Element>, _ existing: [Element]) -> Coverage<
      Element
    > {
      guard let some = coverage.only else { return .all }
      let added = existing.filter { $0 > (some.max() ?? $0) && random.random.generator.flip() }
      return .only(some.intersection(existing).union(added))
    }
    var fitting = self
    fitting.lists = fitted(lists, world.presentLists(connector))
    fitting.companies = fitted(companies, world.companies[connector] ?? [])
    let items = world.items.filter { world.presentLists(connector).contains($0.list) }
    for kind in ItemKind.allCases { fitting[kind] = fitted(self[kind], items) }
    return fitting
  }
}

extension Grant {
  fileprivate func fitting(_ world: LawWorld, _ random: inout RandomLaws) -> Grant {
    var grant = self
    grant.permissions = permissions.fitting(world, connector, &random)
    return grant
  }
}

extension LawSubject {
  fileprivate func fitting(_ world: LawWorld, _ random: inout RandomLaws) -> LawSubject {
    var subject = self
    subject.access.grants = access.grants.map { $0.fitting(world, &random) }
    return subject
  }

  /// This subject, with some of what the other has in place of its own.
  fileprivate func mixed(with other: LawSubject, _ random: inout RandomLaws) -> LawSubject {
    func mixed<Value, Key: Hashable>(_ path: KeyPath<SubjectAccess, [Value]>, by key: (Value) -> Key)
      -> [Value]
    {
      let mine = Dictionary(grouping: access[keyPath: path], by: key)
      let others = Dictionary(grouping: other.access[keyPath: path], by: key)
      let keys = (access[keyPath: path] + other.access[keyPath: path]).map(key)
      return keys.indices.filter { keys.firstIndex(of: keys[$0]) == $0 }.flatMap { place in
        (random.random.generator.flip(3) ? others : mine)[keys[place]] ?? []
      }
    }
    var subject = self
    subject.access.teams = mixed(\.teams) { $0.value }
    let subjects = Set(subject.access.subjects)
    subject.access.grants = mixed(\.grants) { $0.id }.filter { subjects.contains($0.subject) }
    subject.access.roles = mixed(\.roles) { $0.holder }.filter { subjects.contains($0.holder) }
    return subject
  }
}
