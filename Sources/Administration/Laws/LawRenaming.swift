internal import Access
internal import Store

/// A thing that laws may name was given another name, be it by a rename or by being restored under another name. The laws
/// follow, so that no rename takes anything out of a law.
struct LawRenaming {
  enum Kind {
    case account(AccountKind)
    case team, connector
    case company(connector: NameKey)
    case list(connector: NameKey)
    case item(ItemKind, list: NameKey, connector: NameKey)
  }

  let kind: Kind
  let thing: DeletedThing
  let from: Name
  let to: Name

  /// The renaming that a step makes; nil where it makes none that concerns laws.
  ///
  /// - Parameter entry: finds an entry of the catalogue, which tells where a renamed one stands.
  init?(_ step: UndoStep, _ entry: (DeletedThing) throws -> CatalogueEntry?) rethrows {
    let found: (kind: Kind, thing: DeletedThing, names: Names)? =
      switch step.change {
      case .account(let id, let isUser, let turn):
        Names(turn).map {
          (.account(isUser ? .user : .apiUser), DeletedThing(isUser ? .user : .apiUser, id), $0)
        }
      case .team(let id, let turn): Names(turn).map { (.team, DeletedThing(.team, id), $0) }
      case .entry(let turn):
        if let became = turn.became, let names = Names(turn) {
          try Self.kind(of: became, entry).map { ($0, became.thing, names) }
        } else {
          nil
        }
      default: nil
      }
    guard let found else { return nil }
    (kind, thing, from, to) = (found.kind, found.thing, found.names.from, found.names.to)
  }

  /// What a turn gave another name.
  private struct Names {
    let from: Name
    let to: Name

    /// Nil where the thing has no name any more, had none before, or has the same.
    init?<Value: NamedValue>(_ turn: UndoStep.Turn<Value>) {
      guard let from = turn.was?.name ?? turn.formerName, let to = turn.became?.name, from != to else {
        return nil
      }
      (self.from, self.to) = (from, to)
    }
  }

  /// Whether the names differ by more than the case of their letters.
  var isOfAnotherKey: Bool { NameKey(from) != NameKey(to) }

  private static func kind(
    of renamed: CatalogueEntry, _ entry: (DeletedThing) throws -> CatalogueEntry?
  ) rethrows -> Kind? {
    switch renamed {
    case .connector: return .connector
    case .company(let company):
      return try entry(DeletedThing(.connector, company.connector)).map {
        .company(connector: NameKey($0.name))
      }
    case .list(let list):
      return try entry(DeletedThing(.connector, list.connector)).map { .list(connector: NameKey($0.name)) }
    case .item(let item):
      guard case .list(let list)? = try entry(DeletedThing(.list, item.list)),
        let connector = try entry(DeletedThing(.connector, list.connector))
      else { return nil }
      return .item(item.kind, list: NameKey(list.name), connector: NameKey(connector.name))
    case .widget, .endpoint: return nil
    }
  }

  fileprivate func renamed(_ name: Name) -> Name { NameKey(name) == NameKey(from) ? to : name }
}

extension Law<AsWritten> {
  /// The law with the new name wherever it names the renamed thing.
  func following(_ renaming: LawRenaming) throws(LawProblem) -> Self {
    var exceptions = exceptions
    if case .account(.apiUser) = renaming.kind {
      exceptions = Dictionary(
        self.exceptions.map { (renaming.renamed($0.key), $0.value) }, uniquingKeysWith: min)
    }
    return try Law(
      name: name, reason: reason, mode: mode, form: try form.following(renaming), exceptions: exceptions)
  }
}

extension LawForm<AsWritten> {
  fileprivate func following(_ renaming: LawRenaming) throws(LawProblem) -> Self {
    let who = try who.following(renaming)
    switch self {
    case .never(_, let what): return .never(who, try what.following(renaming))
    case .apart(_, let what, let other):
      return .apart(who, try what.following(renaming), try other.following(renaming))
    case .within(_, let team):
      if case .team = renaming.kind { return .within(who, renaming.renamed(team)) }
      return .within(who, team)
    case .tokens(_, let demands): return .tokens(who, demands)
    case .owned: return .owned(who)
    }
  }
}

extension LawWho<AsWritten> {
  fileprivate func following(_ renaming: LawRenaming) throws(LawProblem) -> Self {
    try LawWho(
      apiUsers: apiUsers?.following(renaming, .apiUser), users: users?.following(renaming, .user))
  }
}

extension LawSelection<AsWritten> {
  fileprivate func following(_ renaming: LawRenaming, _ own: AccountKind) -> Self {
    switch (self, renaming.kind) {
    case (.named(let names), .account(own)): .named(Set(names.map(renaming.renamed)))
    case (.members(let teams), .team): .members(Set(teams.map(renaming.renamed)))
    default: self
    }
  }
}

extension LawWhat<AsWritten> {
  fileprivate func following(_ renaming: LawRenaming) throws(LawProblem) -> Self {
    var (connector, companies, lists, items) = (connector, companies, lists, items)
    let own = NameKey(connector)
    switch renaming.kind {
    case .connector: connector = renaming.renamed(connector)
    case .company(own): companies = companies.map(renaming.renamed)
    case .list(own):
      lists = lists.map(renaming.renamed)
      items = items.mapValues { $0.map { LawItem(list: renaming.renamed($0.list), item: $0.item) } }
    case .item(let kind, let list, own):
      items[kind] = items[kind]?.map {
        NameKey($0.list) == list ? LawItem(list: $0.list, item: renaming.renamed($0.item)) : $0
      }
    default: break
    }
    return try LawWhat(connector: connector, companies: companies, lists: lists, items: items)
  }
}
