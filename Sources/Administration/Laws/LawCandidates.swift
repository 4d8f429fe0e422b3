internal import Access
internal import Store

/// Finds those who may break laws, so that the others need not be looked at. Whoever breaks a law is among them; others may
/// be, too.
extension LawChecker {
  /// Calls the body with each breach in the store: of open widgets, of API users, of users.
  ///
  /// Errors: ``StoreError``.
  package func forEachBreach(_ body: (Broken) throws -> Void) throws {
    for widget in try source.loadedPlaces().widgets { try breaches(by: widget).forEach(body) }
    let wide = laws.indices.filter { laws[$0].form.looksAtAll }
    try forEachMeant(by: wide) { try breaches(by: $0, of: $1, before: nil).forEach(body) }
    for index in laws.indices where !laws[index].form.looksAtAll {
      for id in try holders(index).sorted() {
        try breaches(by: id, of: [index], before: nil).forEach(body)
        source.forgetPeople()
      }
    }
  }

  /// Calls the body with each account that steps touched in such a way that it may have come to break a law, and with the
  /// places of the laws for which that is so.
  func forEachTouched(_ touched: Touched, _ body: (AccountID, [Int]) throws -> Void) throws {
    var accounts = touched.accounts
    for id in touched.tokens { if let token = try source.reader.token(id) { accounts.insert(token.account) } }
    for id in accounts.sorted() { try body(id, Array(laws.indices)) }
    try forEachOwned(by: accounts, body)
    for index in laws.indices {
      for team in touched.teams { try forEachMember(of: team, touching: index) { try body($0, [index]) } }
      if touched.isDataTouched, laws[index].form.isAboutSight {
        for id in try holders(index).sorted() { try body(id, [index]) }
      }
    }
  }

  /// Calls the body with the API users whose owner was touched.
  private func forEachOwned(
    by accounts: Set<AccountID>, _ body: (AccountID, [Int]) throws -> Void
  ) throws {
    let indices = laws.indices.filter { if case .owned = laws[$0].form { true } else { false } }
    guard !indices.isEmpty else { return }
    for id in accounts where try source.reader.account(id)?.kind != .apiUser {
      let owned = Conditions([Condition(.owners([.user(id)]))], at: now)
      try source.reader.forEachAccount(AccountQuery(kind: .apiUser, conditions: owned), now: now) {
        try body($0.id, indices)
      }
    }
  }

  /// Calls the body with those for whom a touched team may matter to a law.
  private func forEachMember(
    of team: TeamID, touching index: Int, _ body: (AccountID) throws -> Void
  ) throws {
    guard let present = try source.reader.team(team) else { return }
    if case .within(_, let covering) = laws[index].form, NameKey(covering) == NameKey(present.name) {
      return try forEachMeant(by: [index]) { id, _ in try body(id) }
    }
    guard try laws[index].form.who.names(present) || mayMatter(.team(team), to: index) else { return }
    try source.reader.forEachMember(of: team) { member in
      if laws[index].form.who[member.account.kind] != nil { try body(member.account.id) }
    }
  }

  /// Whether what a subject has itself may let it see something that a law is about.
  private func mayMatter(_ subject: SubjectID, to index: Int) throws -> Bool {
    let form = try found(index).law.form
    if form.isAboutSight, try source.reader.roles(of: subject).contains(.builtIn(.administrator)) {
      return true
    }
    let grants = try source.lawGrants(of: subject).filter(\.permissions.giveData)
    switch form {
    case .never(_, let what): return try grants.contains { try reaches($0, what) }
    case .apart(_, let what, let other):
      return try grants.contains { try reaches($0, what) || reaches($0, other) }
    case .within: return !grants.isEmpty
    case .tokens, .owned: return false
    }
  }

  private func reaches(_ grant: Grant, _ what: LawWhat<AsFound>) throws -> Bool {
    guard what.connector == .present(grant.connector) else { return false }
    return grant.permissions.reach(what, in: LawGround(parts: try source.parts([grant.connector])))
  }

  // MARK: The whole store

  /// Those who may break a law by what they can see: of `apart` those who may see something of both.
  private func holders(_ index: Int) throws -> Set<AccountID> {
    switch try found(index).law.form {
    case .never(_, let what): return try holders(of: what, index)
    case .apart(_, let what, let other):
      let first = try holders(of: what, index)
      return first.isEmpty ? [] : first.intersection(try holders(of: other, index))
    case .within, .tokens, .owned:
      var all: Set<AccountID> = []
      try forEachMeant(by: [index]) { id, _ in all.insert(id) }
      return all
    }
  }

  private func holders(of what: LawWhat<AsFound>, _ index: Int) throws -> Set<AccountID> {
    var found: Set<AccountID> = []
    for holder in try source.reader.subjects(with: .builtIn(.administrator), limit: .max) {
      try add(holder.id, to: &found, index)
    }
    guard let connector = what.connector.id else { return found }
    let ground = LawGround(parts: try source.parts([connector]))
    try source.reader.forEachGrantHolder(on: connector) { holder in
      try whileGoing()
      if holder.grant.permissions.giveData, holder.grant.permissions.reach(what, in: ground) {
        try add(holder.grant.subject, to: &found, index)
      }
    }
    return found
  }

  private func add(_ subject: SubjectID, to found: inout Set<AccountID>, _ index: Int) throws {
    switch subject {
    case .account(let id): found.insert(id)
    case .team(let id):
      try source.reader.forEachMember(of: id) { member in
        try whileGoing()
        if laws[index].form.who[member.account.kind] != nil { found.insert(member.account.id) }
      }
    }
  }

  /// Calls the body with the accounts that laws mean, and with the places of these laws. Those that a law names, or means as
  /// members of teams, are found by that; one look at all accounts does for the other laws.
  private func forEachMeant(by indices: [Int], _ body: (AccountID, [Int]) throws -> Void) throws {
    for kind in [AccountKind.apiUser, .user] {
      var rest: [Int] = []
      for index in indices {
        guard let selection = laws[index].form.who[kind] else { continue }
        guard let found = try chosen(selection, kind) else {
          rest.append(index)
          continue
        }
        for id in found.sorted() {
          try whileGoing()
          try body(id, [index])
          source.forgetPeople()
        }
      }
      guard !rest.isEmpty else { continue }
      try source.reader.forEachAccount(AccountQuery(kind: kind), now: now) { account in
        try whileGoing()
        let meant = rest.filter { laws[$0].mayMean(account) }
        guard !meant.isEmpty else { return }
        try body(account.id, meant)
        source.forgetPeople()
      }
    }
  }

  /// The accounts that are named, or are members of teams; nil where any account may be meant.
  private func chosen(_ selection: LawSelection<AsWritten>, _ kind: AccountKind) throws -> Set<AccountID>? {
    var found: Set<AccountID> = []
    switch selection {
    case .all, .labelled: return nil
    case .named(let names):
      for name in names {
        if let account = try source.reader.account(kind, named: NameKey(name)) { found.insert(account.id) }
      }
    case .members(let teams):
      for name in teams {
        guard let team = try source.reader.team(named: NameKey(name)) else { continue }
        try source.reader.forEachMember(of: team.id) { member in
          try whileGoing()
          if member.account.kind == kind { found.insert(member.account.id) }
        }
      }
    }
    return found
  }
}

extension LawForm {
  /// Whether each one whom the law means must be looked at.
  fileprivate var looksAtAll: Bool {
    switch self {
    case .within, .tokens, .owned: true
    case .never, .apart: false
    }
  }
}

extension LawWho<AsWritten> {
  /// Whether the law means the members of the team because they are its members.
  fileprivate func names(_ team: Team) -> Bool {
    [apiUsers, users].contains { selection in
      guard case .members(let teams)? = selection else { return false }
      return teams.contains { NameKey($0) == NameKey(team.name) }
    }
  }
}
