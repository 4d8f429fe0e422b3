/// Who gives something: a grant, or the system role Administrator.
package enum Giver: Hashable, Sendable {
  case grant(GrantID, of: SubjectID)
  /// Given to that subject.
  case administrator(SubjectID)

  package var subject: SubjectID {
    switch self {
    case .grant(_, let subject), .administrator(let subject): subject
    }
  }
}

/// What one giver gives on one connector: each of these companies with each of these lists, and of
/// the lists these items.
package struct GivenBlock: Hashable, Sendable {
  package let giver: Giver
  package let block: AccessBlock
  package let items: [ListID: Set<ItemID>]
  /// The instant at which the giver ceases to give it; nil where none is fixed.
  package let until: Timestamp?

  package init(giver: Giver, block: AccessBlock, items: [ListID: Set<ItemID>], until: Timestamp? = nil) {
    self.until = until
    self.giver = giver
    self.block = block
    self.items = items
  }
}

/// Everything that a subject may see of one connector, and who gave it.
///
/// Made by the same functions as ``decide(_:)``, so that it lists what that allows.
package struct ConnectorAccess: Hashable, Sendable {
  package let connector: ConnectorID
  /// What the grants give, whether or not a surface opens it.
  package let given: [GivenBlock]
  /// The lists that some surface opens: all of them by the API; else those of enabled widgets.
  package let reachable: Reach
  /// A contradiction among what was handed in: then nothing is given.
  package let inconsistency: Inconsistency?

  package var isEmpty: Bool { given.isEmpty }
}

/// Which lists of a connector a subject can come to, by surface alone.
package struct Reach: Hashable, Sendable {
  /// Whether the API is open, and by it every list.
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

/// What a subject may see of a connector: `whole` is all of it, with the items of its lists. `widgets` are those of the
/// connector, or more.
package func effectiveAccess(
  of access: SubjectAccess, on whole: Located, items: [ListID: [Item]], widgets: [Widget], at now: Timestamp
) -> ConnectorAccess {
  let connector = whole.connector
  let reach = reach(of: access, on: connector, widgets, at: now)
  // A connector without lists has nothing that could be seen.
  guard !whole.lists.isEmpty else {
    return ConnectorAccess(connector: connector, given: [], reachable: reach, inconsistency: nil)
  }
  let step = weigh(access, against: whole, at: now)
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
  /// When something that is in force ceases to count: the earlier end of itself and of the membership.
  func end(of bounds: Bounds, by holder: SubjectID) -> Timestamp? {
    [membership(of: holder)?.until, bounds.until].compactMap { $0 }.min()
  }
}

extension Permissions {
  /// The items that these cover of lists that they cover.
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
  /// Who gives a pair; nobody where it is not given.
  package func givers(of pair: AccessPair) -> [Giver] {
    given.filter { $0.block.contains(pair) }.map(\.giver)
  }

  /// Who gives an item of a list for a company, by the same grant that gives the pair.
  package func givers(of item: ItemID, _ pair: AccessPair) -> [Giver] {
    given.filter { $0.block.contains(pair) && $0.items[pair.list]?.contains(item) == true }.map(\.giver)
  }

  /// The companies of which some list is given, in the order of the whole; nil where the connector has none.
  package func companies(of whole: Located) -> [CompanyID]? {
    guard let companies = whole.companies else { return nil }
    let given = given.reduce(into: Set<CompanyID>()) { $0.formUnion($1.block.companies ?? []) }
    return companies.filter(given.contains)
  }

  /// The lists that are given for a company, in the order of the whole.
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
