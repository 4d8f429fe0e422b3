package import Access
internal import Store

/// Finds what the names of laws mean in one state of the store. A name that nothing has so far is kept as a name: for
/// the law it stands for what may come.
package struct LawFinder {
  private let source: AccessSource

  package init(_ source: AccessSource) { self.source = source }

  /// Errors: ``StoreError``.
  package func find(_ law: Law<AsWritten>) throws -> Law<AsFound> {
    var exceptions: [Foreseen<AccountID>: Timestamp] = [:]
    for (name, until) in law.exceptions { exceptions[try account(.apiUser, name)] = until }
    return try Law(
      name: law.name, reason: law.reason, mode: law.mode, form: try find(law.form), exceptions: exceptions)
  }

  private func find(_ form: LawForm<AsWritten>) throws -> LawForm<AsFound> {
    let who = try find(form.who)
    switch form {
    case .never(_, let what): return .never(who, try find(what))
    case .apart(_, let what, let other): return .apart(who, try find(what), try find(other))
    case .within(_, let team): return .within(who, try self.team(team))
    case .tokens(_, let demands): return .tokens(who, demands)
    case .owned: return .owned(who)
    }
  }

  private func find(_ who: LawWho<AsWritten>) throws -> LawWho<AsFound> {
    try LawWho(
      apiUsers: try who.apiUsers.map { try find($0, .apiUser) },
      users: try who.users.map { try find($0, .user) })
  }

  private func find(
    _ selection: LawSelection<AsWritten>, _ kind: AccountKind
  ) throws -> LawSelection<AsFound> {
    switch selection {
    case .all: .all
    case .named(let names): .named(Set(try names.map { try account(kind, $0) }))
    case .labelled(let labels): .labelled(labels)
    case .members(let teams): .members(Set(try teams.map(team)))
    }
  }

  private func account(_ kind: AccountKind, _ name: Name) throws -> Foreseen<AccountID> {
    try source.reader.account(kind, named: NameKey(name)).map { .present($0.id) } ?? .named(name)
  }

  private func team(_ name: Name) throws -> Foreseen<TeamID> {
    try source.reader.team(named: NameKey(name)).map { .present($0.id) } ?? .named(name)
  }

  private func find(_ what: LawWhat<AsWritten>) throws -> LawWhat<AsFound> {
    let connector = try source.connector(Reference<Connector>.named(what.connector))
    func list(_ name: Name) -> Foreseen<ListID> {
      connector?.listIndex[NameKey(name)].map { .present($0.id) } ?? .named(name)
    }
    func item(_ kind: ItemKind, _ item: LawItem<AsWritten>) -> LawItem<AsFound> {
      let list = list(item.list)
      let found = connector?.items(kind, of: list.id).first { NameKey($0.name) == NameKey(item.item) }
      return LawItem(list: list, item: found.map { .present($0.id) } ?? .named(item.item))
    }
    var items: [ItemKind: Coverage<LawItem<AsFound>>] = [:]
    for (kind, coverage) in what.items { items[kind] = coverage.map { item(kind, $0) } }
    return try LawWhat(
      connector: connector.map { .present($0.id) } ?? .named(what.connector),
      companies: what.companies.map { name in
        connector?.companyIndex[NameKey(name)].map { .present($0.id) } ?? .named(name)
      }, lists: what.lists.map(list), items: items)
  }
}
