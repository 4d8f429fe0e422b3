package import Access
internal import Store

/// Finds what the names of laws mean in one state of the store. A name that nothing has so far is kept as a name: for
/// the law it stands for what may come.
package struct LawFinder {
  private let source: AccessSource
  /// A later state. A name that nothing has so far means what is new there under that name, and not what has another
  /// name so far.
  private let later: AccessSource?

  package init(_ source: AccessSource, later: AccessSource? = nil) {
    (self.source, self.later) = (source, later)
  }

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
    let key = NameKey(name)
    if let id = try source.reader.account(kind, named: key)?.id { return .present(id) }
    guard let new = try later?.reader.account(kind, named: key)?.id, try source.reader.account(new) == nil
    else {
      return .named(name)
    }
    return .present(new)
  }

  private func team(_ name: Name) throws -> Foreseen<TeamID> {
    let key = NameKey(name)
    if let id = try source.reader.team(named: key)?.id { return .present(id) }
    guard let new = try later?.reader.team(named: key)?.id, try source.reader.team(new) == nil else {
      return .named(name)
    }
    return .present(new)
  }

  private func find(_ what: LawWhat<AsWritten>) throws -> LawWhat<AsFound> {
    let reference = Reference<Connector>.named(what.connector)
    let connector = try source.connector(reference)
    var new: ConnectorCatalogue?
    if let present = connector {
      new = try later?.connector(present.id)
    } else if let found = try later?.connector(reference), try source.connector(found.id) == nil {
      new = found
    }
    let names = CatalogueNames(present: connector, new: new)
    var items: [ItemKind: Coverage<LawItem<AsFound>>] = [:]
    for (kind, coverage) in what.items {
      items[kind] = coverage.map { LawItem(list: names.list($0.list), item: names.item(kind, $0)) }
    }
    return try LawWhat(
      connector: (connector ?? new).map { .present($0.id) } ?? .named(what.connector),
      companies: what.companies.map(names.company), lists: what.lists.map(names.list), items: items)
  }
}

/// What the names within a connector mean.
private struct CatalogueNames {
  let present: ConnectorCatalogue?
  /// The connector in a later state.
  let new: ConnectorCatalogue?

  func company(_ name: Name) -> Foreseen<CompanyID> {
    let key = NameKey(name)
    if let company = present?.companyIndex[key] { return .present(company.id) }
    guard let company = new?.companyIndex[key], present?.companyIndex[company.id] == nil else {
      return .named(name)
    }
    return .present(company.id)
  }

  func list(_ name: Name) -> Foreseen<ListID> {
    let key = NameKey(name)
    if let list = present?.listIndex[key] { return .present(list.id) }
    guard let list = new?.listIndex[key], present?.listIndex[list.id] == nil else { return .named(name) }
    return .present(list.id)
  }

  func item(_ kind: ItemKind, _ item: LawItem<AsWritten>) -> Foreseen<ItemID> {
    let list = list(item.list).id
    if let found = self.item(kind, item.item, of: list, in: present) { return .present(found) }
    guard let found = self.item(kind, item.item, of: list, in: new),
      present?.items(kind, of: list).contains(where: { $0.id == found }) != true
    else { return .named(item.item) }
    return .present(found)
  }

  private func item(
    _ kind: ItemKind, _ name: Name, of list: ListID?, in connector: ConnectorCatalogue?
  ) -> ItemID? {
    connector?.items(kind, of: list).first { NameKey($0.name) == NameKey(name) }?.id
  }
}
