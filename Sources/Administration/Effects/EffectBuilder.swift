internal import Access
internal import Store
private import Synchronization

/// Compares two states of the store for those whom changes touched.
struct EffectBuilder {
  let before: AccessSource
  let after: AccessSource
  let operating: Operator
  let now: Timestamp
  let bounds: EffectBounds

  func effect(of touched: Touched) throws -> AccessEffect {
    var effect = AccessEffect()
    if touched.isCatalogueTouched { effect.warnings += try lastCompanies() }
    let accounts = try self.accounts(touched, &effect)
    for id in accounts {
      let moments = try moments(of: id)
      effect.add(compare(id, moments), bounds)
      effect.warnings += warnings(id, moments)
    }
    effect.examined = accounts.count
    let names = before.names.merging(after.names)
    effect.accounts.sort { names.title(.account($0.account)) < names.title(.account($1.account)) }
    effect.names = names
    return effect
  }

  /// The connectors that lost their last company. Grants that gave nothing there give their lists from then
  /// on.
  private func lastCompanies() throws -> [EffectWarning] {
    try after.reader.connectors().compactMap { connector in
      guard try after.reader.companies(of: connector.id).isEmpty,
        try !before.reader.companies(of: connector.id).isEmpty
      else { return nil }
      let widened = try WidenedGrants(on: connector.id, after.reader)
      return widened.count > 0 ? .lastCompany(connector.name, widened) : nil
    }
  }

  /// What an account reaches now, and at each later instant at which that may become something else.
  private func moments(of id: AccountID) throws -> Moments {
    let present = Moment(
      at: now, was: try before.reach(of: id, at: now), becomes: try after.reach(of: id, at: now))
    let instants = present.was.instants.union(present.becomes.instants).sorted()
    let later = try instants.prefix(Moments.most).map { instant in
      Moment(
        at: instant, was: try before.reach(of: id, at: instant), becomes: try after.reach(of: id, at: instant)
      )
    }
    return Moments(present: present, later: later)
  }

  private func compare(_ id: AccountID, _ moments: Moments) -> AccountEffect {
    let (was, becomes) = (moments.present.was, moments.present.becomes)
    let tokens = Set(was.tokens.keys).union(becomes.tokens.keys).sorted().compactMap {
      token -> TokenEffect? in
      let (old, new) = (was.tokens[token] ?? [], becomes.tokens[token] ?? [])
      guard old != new else { return nil }
      return TokenEffect(
        token: token, gained: new.subtracting(old), lost: old.subtracting(new),
        losesLast: !old.isEmpty && new.isEmpty)
    }
    return AccountEffect(
      account: id, kind: becomes.account?.kind ?? was.account?.kind ?? .apiUser,
      gainedPairs: moments.times { $0.becomes.pairs.subtracting($0.was.pairs) },
      lostPairs: moments.times { $0.was.pairs.subtracting($0.becomes.pairs) },
      gainedItems: moments.times { $0.becomes.items.subtracting($0.was.items) },
      lostItems: moments.times { $0.was.items.subtracting($0.becomes.items) },
      tokens: tokens)
  }

  private func warnings(_ id: AccountID, _ moments: Moments) -> [EffectWarning] {
    var warnings: [EffectWarning] = []
    let (was, becomes) = (moments.present.was, moments.present.becomes)
    if moments.all.contains(where: { $0.becomes.isAdministrator && !$0.was.isAdministrator }) {
      warnings.append(
        becomes.account?.kind == .apiUser ? .administratorToAPIUser(id) : .administratorToUser(id))
    }
    if was.isAdministrator, !becomes.isAdministrator, let account = was.account, account.kind == .user,
      account.id == operating.user
    {
      warnings.append(.noLongerAdministrator(id))
    }
    return warnings
  }

  // MARK: The accounts to compare

  /// The accounts to compare, API users before users, up to the limit.
  private func accounts(_ touched: Touched, _ effect: inout AccessEffect) throws -> [AccountID] {
    var found = touched.accounts
    for id in touched.tokens {
      if let token = try before.reader.token(id) ?? after.reader.token(id) { found.insert(token.account) }
    }
    for team in touched.teams { try addMembers(of: team, to: &found) }
    for role in touched.roles { try addHolders(of: .custom(role), to: &found) }
    if touched.isCatalogueTouched { try addGranted(to: &found) }
    effect.isCut = found.count > bounds.examined
    return Array(found.sorted().prefix(bounds.examined))
  }

  private func isFull(_ found: Set<AccountID>) -> Bool { found.count > bounds.examined }

  private func addMembers(of team: TeamID, to found: inout Set<AccountID>) throws {
    for source in [before, after] {
      var paging = Paging(by: \MemberRow.cursor)
      while !isFull(found),
        let rows = try paging.next({
          try source.reader.members(MemberQuery(team: team), $0, limit: maximumPageRows)
        })
      { found.formUnion(rows.map(\.account.id)) }
    }
  }

  private func addHolders(of role: SystemRole, to found: inout Set<AccountID>) throws {
    for source in [before, after] where !isFull(found) {
      for holder in try source.reader.subjects(with: role, limit: bounds.examined + 1) {
        try add(holder.id, to: &found)
      }
    }
  }

  /// Adds every account with a grant on any connector, before or after, and the Administrators.
  private func addGranted(to found: inout Set<AccountID>) throws {
    for source in [before, after] {
      for connector in try source.reader.connectors() {
        var paging = Paging(by: \GrantHolder.cursor)
        while !isFull(found),
          let rows = try paging.next({
            try source.reader.grantHolders(on: connector.id, naming: nil, $0, limit: maximumPageRows)
          })
        {
          for holder in rows { try add(holder.grant.subject, to: &found) }
        }
      }
    }
    try addHolders(of: .builtIn(.administrator), to: &found)
  }

  private func add(_ subject: SubjectID, to found: inout Set<AccountID>) throws {
    switch subject {
    case .account(let id): found.insert(id)
    case .team(let id): try addMembers(of: id, to: &found)
    }
  }
}

extension Administration {
  /// The effect of changes on who may see what. The changes are carried out completely, by the same use
  /// cases, in a transaction that is undone. What they throw is thrown.
  ///
  /// Nobody else can write meanwhile, so the number of compared accounts is limited.
  package func effect(
    of changes: (Administration) throws -> Void, bounds: EffectBounds = EffectBounds()
  ) throws -> AccessEffect {
    try rehearse(changes, bounds: bounds).effect
  }

  /// Does the same as ``effect(of:bounds:)``, and returns what the changes return, too.
  func rehearse<Result>(
    _ changes: (Administration) throws -> Result, bounds: EffectBounds = EffectBounds()
  ) throws -> (result: Result, effect: AccessEffect) {
    try read { _ in }
    let log = TouchLog()
    let found = Mutex(AccessEffect())
    let rehearsal = RehearsalStore(base: store) { [store, operating, now] writer in
      let effect = try store.read { reader in
        try EffectBuilder(
          before: AccessSource(reader), after: AccessSource(writer), operating: operating, now: now,
          bounds: bounds
        ).effect(of: log.touched)
      }
      found.withLock { $0 = effect }
    }
    let result = try changes(rehearsing(on: rehearsal, log))
    var effect = found.withLock { $0 }
    let touched = log.touched
    effect.takesTwo = touched.takesTwo
    effect.warnings.insert(contentsOf: touched.consequences.warnings, at: 0)
    return (result, effect)
  }
}
