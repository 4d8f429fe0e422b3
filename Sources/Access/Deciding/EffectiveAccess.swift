/// What gives access: a grant, or the system role Administrator.
package enum Giver: Hashable, Sendable {
  case grant(GrantID, of: SubjectID)
  /// The system role Administrator, which this subject was given.
  case administrator(SubjectID)

  package var subject: SubjectID {
    switch self {
    case .grant(_, let subject), .administrator(let subject): subject
    }
  }
}

/// What one giver gives on one connector: each of these companies with each of these lists, and these items
/// of the lists.
package struct GivenBlock: Hashable, Sendable {
  package let giver: Giver
  package let block: AccessBlock
  package let items: [ListID: Set<ItemID>]
  /// The instant at which the giver ceases to give this block; nil where no such instant is fixed.
  package let until: Timestamp?

  package init(giver: Giver, block: AccessBlock, items: [ListID: Set<ItemID>], until: Timestamp? = nil) {
    self.until = until
    self.giver = giver
    self.block = block
    self.items = items
  }
}

/// Everything that a subject may see of one connector, with its givers.
///
/// The same functions make this list and decide in ``decide(_:)``, so the list has exactly what a decision
/// allows.
package struct ConnectorAccess: Hashable, Sendable {
  package let connector: ConnectorID
  /// What the grants give, whether or not a surface opens it.
  package let given: [GivenBlock]
  /// The lists that some surface opens. The API opens all lists; widgets open the lists of enabled widgets.
  package let reachable: Reach
  /// A contradiction in the arguments, because of which nothing is given.
  package let inconsistency: Inconsistency?

  package var isEmpty: Bool { given.isEmpty }
}

/// The lists of a connector that a subject can reach, judged by the surfaces only.
package struct Reach: Hashable, Sendable {
  /// Whether the API is open, which opens every list.
  package let isAPIOpen: Bool
  /// The lists of enabled widgets, where widgets are open.
  package let widgetLists: Set<ListID>

  package static let none = Reach(isAPIOpen: false, widgetLists: [])

  package init(isAPIOpen: Bool, widgetLists: Set<ListID>) {
    self.isAPIOpen = isAPIOpen
    self.widgetLists = widgetLists
  }

  package func includes(_ list: ListID) -> Bool { isAPIOpen || widgetLists.contains(list) }
}

/// What a subject may see of a connector. `whole` is all of the connector, and `items` has the items of its
/// lists. `widgets` has at least the connector's widgets.
package func effectiveAccess(
  of access: SubjectAccess, on whole: Located, items: [ListID: [Item]], widgets: [Widget], at now: Timestamp
) -> ConnectorAccess {
  let connector = whole.connector
  let reach = reach(of: access, on: connector, widgets, at: now)
  // A connector without lists has nothing that could be seen.
  guard !whole.lists.isEmpty else {
    return ConnectorAccess(connector: connector, given: [], reachable: reach, inconsistency: nil)
  }
  let step = weigh(access, SubjectSet(access), against: whole, at: now)
  if case .inconsistent(let what) = step.result {
    return ConnectorAccess(connector: connector, given: [], reachable: reach, inconsistency: what)
  }
  var given = step.trials.compactMap { trial in
    trial.block.flatMap { block in
      access.grants.first { $0.id == trial.grant && $0.subject == trial.subject }.map { grant in
        GivenBlock(
          giver: .grant(grant.id, of: grant.subject), block: block,
          items: grant.permissions.items(of: block.lists, among: items),
          until: access.end(of: grant.permissions.bounds, by: grant.subject))
      }
    }
  }
  if case .held(.administrator(let holder)) = step.result, let role = access.administrator(at: now) {
    let block = AccessBlock(companies: whole.companies, lists: whole.lists)
    let items = items.mapValues { Set($0.map(\.id)) }
    given.insert(
      GivenBlock(
        giver: .administrator(holder), block: block, items: items,
        until: access.end(of: role.bounds, by: holder)), at: 0)
  }
  return ConnectorAccess(connector: connector, given: given, reachable: reach, inconsistency: nil)
}

private func reach(
  of access: SubjectAccess, on connector: ConnectorID, _ widgets: [Widget], at now: Timestamp
) -> Reach {
  guard access.isEnabled else { return .none }
  let open =
    access.role(opening: .widgets, at: now) == nil
    ? [] : widgets.filter { $0.isEnabled && $0.connector == connector }
  return Reach(
    isAPIOpen: access.role(opening: .api, at: now) != nil,
    widgetLists: open.reduce(into: []) { $0.formUnion($1.lists) })
}

extension SubjectAccess {
  /// The instant at which something in force ceases to count: its own end or the membership's, whichever is
  /// earlier.
  func end(of bounds: Bounds, by holder: SubjectID) -> Timestamp? {
    [membership(of: holder)?.until, bounds.until].compactMap { $0 }.min()
  }
}

extension Permissions {
  /// The items that these permissions cover, of lists that they cover.
  fileprivate func items(of lists: [ListID], among all: [ListID: [Item]]) -> [ListID: Set<ItemID>] {
    var covered: [ListID: Set<ItemID>] = [:]
    for list in lists {
      let items = (all[list] ?? []).filter { item in
        roles.contains(.administrator) || self[item.kind].covers(ListItem(list: list, item: item.id))
      }
      if !items.isEmpty { covered[list] = Set(items.map(\.id)) }
    }
    return covered
  }
}

extension ConnectorAccess {
  /// The givers of a pair; none where the pair is not given.
  package func givers(of pair: AccessPair) -> [Giver] {
    given.filter { $0.block.contains(pair) }.map(\.giver)
  }

  /// The givers of an item of a list for a company. The same grant must give both the pair and the item.
  package func givers(of item: ItemID, _ pair: AccessPair) -> [Giver] {
    given.filter { $0.block.contains(pair) && $0.items[pair.list]?.contains(item) == true }.map(\.giver)
  }

  /// The companies for which some list is given, in the order of `whole`; nil where the connector has none.
  package func companies(of whole: Located) -> [CompanyID]? {
    guard let companies = whole.companies else { return nil }
    let given = given.reduce(into: Set<CompanyID>()) { $0.formUnion($1.block.companies ?? []) }
    return companies.filter(given.contains)
  }

  /// The lists that are given for a company, in the order of `whole`.
  package func lists(of company: CompanyID?, in whole: Located) -> [ListID] {
    let given = given.reduce(into: Set<ListID>()) { lists, given in
      if given.block.covers(company) { lists.formUnion(given.block.lists) }
    }
    return whole.lists.filter(given.contains)
  }
}

extension AccessBlock {
  package func covers(_ company: CompanyID?) -> Bool {
    guard let companies, let company else { return companies == nil && company == nil }
    return companies.contains(company)
  }

  package func contains(_ pair: AccessPair) -> Bool { covers(pair.company) && lists.contains(pair.list) }
}
