import Access

/// One pair or item of an imagined catalogue.
struct ImaginedThing: Hashable {
  var connector: ConnectorID
  /// Nil where the connector has no companies.
  var company: CompanyID?
  var list: ListID
  var kind: ItemKind?
  var item: ItemID?
}

/// ``DecisionWorld`` with all that may come: of each kind of thing one that a law names before it exists, and one that
/// nobody names. The connector `files` has no companies, and may come to have some. A third connector may come.
struct LawWorld {
  let base = DecisionWorld()
  let newcomer: ConnectorID = identifier(3)
  let awaited: Name
  /// The companies of the connectors that have some.
  var companies: [ConnectorID: [CompanyID]]
  /// The lists of the connectors that exist.
  var lists: [ConnectorID: [ListID]]
  var items: [ListItem]

  init() throws {
    awaited = try Name("Awaited")
    companies = [base.central: base.companies]
    lists = [base.central: base.lists, base.files: [base.documents]]
    items = base.items
  }

  var connectors: [ConnectorID] { [base.central, base.files, newcomer] }

  func presentLists(_ connector: ConnectorID) -> [ListID] { lists[connector] ?? [] }

  // Ids of what may come are made of the id of what has it.
  func comingCompany(_ connector: ConnectorID, isNamed: Bool) -> CompanyID {
    identifier(connector.rawValue * 1_000 + (isNamed ? 1 : 2))
  }
  func comingList(_ connector: ConnectorID, isNamed: Bool) -> ListID {
    identifier(connector.rawValue * 1_000 + (isNamed ? 3 : 4))
  }
  func comingItem(_ list: ListID, _ kind: ItemKind, isNamed: Bool) -> ItemID {
    let place = ItemKind.allCases.firstIndex(of: kind).map(Int64.init) ?? 0
    return identifier(list.rawValue * 100_000 + place * 10 + (isNamed ? 1 : 2))
  }

  /// All pairs and items of one future, in which these connectors have their first companies.
  func things(firstCompanies: Set<ConnectorID>) -> [ImaginedThing] {
    connectors.flatMap { connector -> [ImaginedThing] in
      let coming = [true, false].map { comingCompany(connector, isNamed: $0) }
      let companies: [CompanyID?] =
        companies[connector].map { $0 + coming } ?? (firstCompanies.contains(connector) ? coming : [nil])
      let lists = presentLists(connector) + [true, false].map { comingList(connector, isNamed: $0) }
      return companies.flatMap { company in
        lists.flatMap { list in
          [ImaginedThing(connector: connector, company: company, list: list)]
            + ItemKind.allCases.flatMap { kind in
              items(list, kind).map {
                ImaginedThing(connector: connector, company: company, list: list, kind: kind, item: $0)
              }
            }
        }
      }
    }
  }

  /// Each connector without companies may come to have some, whatever becomes of others.
  var futures: [Set<ConnectorID>] {
    connectors.filter { companies[$0] == nil }.reduce([[]]) { sets, connector in
      sets + sets.map { $0.union([connector]) }
    }
  }

  /// Whether a thing was there in some future: a pair without a company never was on a connector with companies.
  func has(_ thing: ImaginedThing) -> Bool { companies[thing.connector] == nil || thing.company != nil }

  /// The random grants of ``RandomQuestions`` name the same items under each kind.
  private func items(_ list: ListID, _ kind: ItemKind) -> [ItemID] {
    items.filter { $0.list == list }.map(\.item)
      + [true, false].map { comingItem(list, kind, isNamed: $0) }
  }

  /// Whether step 6 of the decision itself holds.
  func sees(_ access: SubjectAccess, _ thing: ImaginedThing, at instant: Timestamp) -> Bool {
    let item = thing.kind.flatMap { kind in
      thing.item.map { RequestedItem(kind: kind, found: [ListItem(list: thing.list, item: $0)]) }
    }
    let request = AccessRequest(
      surface: .api(.found(thing.connector)), company: thing.company.map(Sought.found),
      list: .found(thing.list),
      item: item)
    let facts = CatalogueFacts(
      connector: thing.connector, hasCompanies: thing.company != nil,
      companies: thing.company.map { [$0] } ?? [],
      lists: [thing.list])
    return decide(AccessQuestion(request: request, access: access, catalogue: facts, now: instant)).grant
      .passes
  }

  /// Whether a law means a thing, read from its words alone.
  func means(_ what: LawWhat<AsFound>, _ thing: ImaginedThing) -> Bool {
    let connector: Foreseen<ConnectorID> =
      lists[thing.connector] == nil ? .named(awaited) : .present(thing.connector)
    guard what.connector == connector, what.items.isEmpty == (thing.item == nil) else { return false }
    if let companies = what.companies.only {
      guard let company = thing.company, companies.contains(foreseen(company, of: thing.connector)) else {
        return false
      }
    }
    let list = foreseen(thing.list, of: thing.connector)
    guard what.lists.covers(list) else { return false }
    guard let kind = thing.kind, let item = thing.item else { return true }
    guard let items = what.items[kind] else { return false }
    let isNamed = item == comingItem(thing.list, kind, isNamed: true)
    let isComing = isNamed || item == comingItem(thing.list, kind, isNamed: false)
    let found: Foreseen<ItemID> = isNamed ? .named(awaited) : isComing ? .any : .present(item)
    return items.covers(LawItem(list: list, item: found))
  }

  private func foreseen(_ company: CompanyID, of connector: ConnectorID) -> Foreseen<CompanyID> {
    if company == comingCompany(connector, isNamed: true) { return .named(awaited) }
    return company == comingCompany(connector, isNamed: false) ? .any : .present(company)
  }

  private func foreseen(_ list: ListID, of connector: ConnectorID) -> Foreseen<ListID> {
    if list == comingList(connector, isNamed: true) { return .named(awaited) }
    return list == comingList(connector, isNamed: false) ? .any : .present(list)
  }

  /// The thing of a counterexample.
  func thing(_ seen: SeenThing) -> ImaginedThing {
    let connector = seen.connector.id ?? newcomer
    let list = seen.list.id ?? comingList(connector, isNamed: seen.list == .named(awaited))
    return ImaginedThing(
      connector: connector,
      company: seen.company.map { $0.id ?? comingCompany(connector, isNamed: $0 == .named(awaited)) },
      list: list,
      kind: seen.item?.kind,
      item: seen.item.map { $0.item.id ?? comingItem(list, $0.kind, isNamed: $0.item == .named(awaited)) })
  }

  var ground: LawGround {
    let items = items.map { Item(id: $0.item, list: $0.list, kind: .action, name: awaited) }
    let byList = Dictionary(grouping: items, by: \.list)
    let parts = lists.map { connector, lists in
      let whole = Located(connector: connector, companies: companies[connector], lists: lists)
      return (connector, LawGround.Part(whole: whole, items: byList.filter { lists.contains($0.key) }))
    }
    return LawGround(parts: Dictionary(uniqueKeysWithValues: parts))
  }
}
