/// A future that a connector may have. A connector without companies may come to have some, and then its pairs without
/// a company are no more, so these two never stand side by side.
enum CatalogueFuture: Hashable, CaseIterable {
  /// The catalogue as it is, with all that may be added to it.
  case grown
  /// A connector without companies that was given its first ones.
  case firstCompanies
}

extension LawGround.Part {
  static func nothing(of connector: ConnectorID) -> Self {
    Self(whole: Located(connector: connector, companies: nil, lists: []), items: [:])
  }

  var futures: [CatalogueFuture] { whole.companies == nil ? CatalogueFuture.allCases : [.grown] }
}

/// Finds what permissions let one see of a part of the catalogue, by the conditions a to d of step 6, where *all* stands
/// for what may come, too.
struct Sighting {
  let permissions: Permissions
  /// Nil for a connector that may come.
  let part: LawGround.Part?
  let connector: Foreseen<ConnectorID>

  var isAdministrator: Bool { permissions.roles.contains(.administrator) }
  var lists: Coverage<ListID> { isAdministrator ? .all : permissions.lists }
  var futures: [CatalogueFuture] { part?.futures ?? CatalogueFuture.allCases }

  func items(_ kind: ItemKind) -> Coverage<ListItem> { isAdministrator ? .all : permissions[kind] }

  /// The companies that are covered in a future. Nil: the connector has none, and its lists are covered without one.
  func companies(in future: CatalogueFuture) -> Coverage<CompanyID>? {
    guard part?.whole.companies == nil else { return isAdministrator ? .all : permissions.companies }
    if future == .grown { return nil }
    // What exists has no company, so that only *all* covers the first ones.
    return isAdministrator || permissions.companies == .all ? .all : Coverage.none
  }

  /// One thing of `what` that can be seen in a future; nil where none can. What exists goes before what may come.
  func first(of what: LawWhat<AsFound>, in future: CatalogueFuture) -> SeenThing? {
    guard let company = firstCompany(of: what.companies, in: future) else { return nil }
    if what.items.isEmpty {
      return first(of: what.lists, lists, part?.whole.lists).map { thing(company, $0) }
    }
    for kind in ItemKind.allCases {
      guard let wanted = what.items[kind], let found = firstItem(kind, of: wanted, in: what.lists) else {
        continue
      }
      return thing(company, found.list, SeenItem(kind: kind, item: found.item))
    }
    return nil
  }

  func thing(_ company: SeenCompany, _ list: Foreseen<ListID>, _ item: SeenItem? = nil) -> SeenThing {
    SeenThing(connector: connector, company: company.company, list: list, item: item)
  }

  func firstCompany(
    of wanted: Coverage<Foreseen<CompanyID>>, in future: CatalogueFuture
  ) -> SeenCompany? {
    guard let covered = companies(in: future) else { return wanted == .all ? SeenCompany(nil) : nil }
    return first(of: wanted, covered, part?.whole.companies).map(SeenCompany.init)
  }

  /// One thing that is wanted and covered; `known` are the present things of which *all* may name one.
  private func first<ID: Comparable>(
    of wanted: Coverage<Foreseen<ID>>, _ covered: Coverage<ID>, _ known: [ID]?
  ) -> Foreseen<ID>? {
    switch (wanted, covered) {
    case (.all, .all): known?.first.map(Foreseen.present) ?? .any
    case (.all, .only(let set)): set.min().map(Foreseen.present)
    case (.only(let wanted), _):
      wanted.lazy.compactMap(\.id).filter(covered.covers).min().map(Foreseen.present)
        ?? (covered == .all ? wanted.firstToCome() : nil)
    }
  }

  private func firstItem(
    _ kind: ItemKind, of wanted: Coverage<LawItem<AsFound>>, in wantedLists: Coverage<Foreseen<ListID>>
  ) -> (list: Foreseen<ListID>, item: Foreseen<ItemID>)? {
    let covered = items(kind)
    switch (wanted, covered) {
    case (.all, .all):
      return first(of: wantedLists, lists, part?.whole.lists).map { list in (list, anyItem(kind, of: list)) }
    case (.all, .only(let set)):
      let item = set.filter { wantedLists.covers(.present($0.list)) && lists.covers($0.list) }.min()
      return item.map { (.present($0.list), .present($0.item)) }
    case (.only(let wanted), _):
      let seen = wanted.filter { wantedLists.covers($0.list) && covers($0, covered) }
      return seen.min { $0.rank < $1.rank }.map { ($0.list, $0.item) }
    }
  }

  private func covers(_ item: LawItem<AsFound>, _ covered: Coverage<ListItem>) -> Bool {
    guard let list = item.list.id else { return lists == .all && covered == .all }
    guard lists.covers(list) else { return false }
    return item.item.id.map { covered.covers(ListItem(list: list, item: $0)) } ?? (covered == .all)
  }

  /// An item of a list of which all are covered.
  func anyItem(_ kind: ItemKind, of list: Foreseen<ListID>) -> Foreseen<ItemID> {
    let known = list.id.flatMap { part?.items[$0] }?.first { $0.kind == kind }
    return known.map { .present($0.id) } ?? .any
  }
}

/// The company of a pair; nil for a pair without one.
struct SeenCompany {
  let company: Foreseen<CompanyID>?

  init(_ company: Foreseen<CompanyID>?) { self.company = company }
}

extension Set {
  /// The first name, by its text, of what does not exist yet.
  fileprivate func firstToCome<ID>() -> Foreseen<ID>? where Element == Foreseen<ID> {
    compactMap { if case .named(let name) = $0 { name } else { nil } }.min { $0.text < $1.text }.map(
      Foreseen.named)
  }
}

extension LawItem<AsFound> {
  /// What exists goes first, in a fixed order.
  fileprivate var rank: (Int64, Int64) {
    (list.id?.rawValue ?? .max, item.id?.rawValue ?? .max)
  }
}

extension Permissions {
  /// Whether these permissions let one see something of `what`, in some future.
  package func reach(_ what: LawWhat<AsFound>, in ground: LawGround) -> Bool {
    let sighting = Sighting(self, on: what.connector, in: ground)
    return sighting.futures.contains { sighting.first(of: what, in: $0) != nil }
  }
}
