/// What a subject may see of a connector, pair by pair: the grid of companies and lists.
///
/// No table is kept. A cell is made of the grants when somebody asks for the cell, so that the cost of a picture
/// depends on its cells, and not on how many lists and companies there are.
package struct AccessMatrix: Sendable {
  /// What is seen of a pair of a company and a list.
  package enum Cell: Hashable, Sendable, CaseIterable {
    /// Nothing gives the pair.
    case notGiven
    /// The pair is given, but no surface is open that leads to the list.
    case unreachable
    /// The pair is seen, without at least one item of the list.
    case someItems
    /// The pair is seen with all items of the list; also where the list has none.
    case allItems
  }

  /// What one grant, or the system role Administrator, gives.
  struct Block: Sendable {
    let given: GivenBlock
    let companies: Set<CompanyID>?
    let lists: Set<ListID>

    init(_ given: GivenBlock) {
      self.given = given
      companies = given.block.companies.map(Set.init)
      lists = Set(given.block.lists)
    }

    func covers(_ company: CompanyID?) -> Bool {
      guard let companies, let company else { return companies == nil && company == nil }
      return companies.contains(company)
    }

    func contains(_ pair: AccessPair) -> Bool { lists.contains(pair.list) && covers(pair.company) }
    func contains(_ item: ItemID, of list: ListID) -> Bool { given.items[list]?.contains(item) == true }
  }

  let blocks: [Block]
  private let reach: Reach
  private let items: [ListID: [Item]]

  /// - Parameters:
  ///   - access: what the subject may see of the connector; nil where nothing is given.
  ///   - items: the items of the connector's lists.
  package init(_ access: ConnectorAccess?, items: [ListID: [Item]]) {
    blocks = access?.given.map(Block.init) ?? []
    reach = access?.reachable ?? .none
    self.items = items
  }

  package func cell(_ pair: AccessPair) -> Cell {
    let covering = blocks.filter { $0.contains(pair) }
    if covering.isEmpty { return .notGiven }
    if !isReachable(pair.list) { return .unreachable }
    return items(of: pair.list).allSatisfy { Self.isGiven($0, of: pair, by: covering) }
      ? .allItems : .someItems
  }

  /// Whether the list is given for some company.
  package func gives(_ list: ListID) -> Bool { blocks.contains { $0.lists.contains(list) } }

  /// What gives a pair, each with its end; none where the pair is not given.
  package func givers(of pair: AccessPair) -> [GivenBlock] {
    blocks.filter { $0.contains(pair) }.map(\.given)
  }

  /// The items of the list that are given for a pair. The same grant must give both the pair and the item.
  package func items(givenFor pair: AccessPair) -> [Item] {
    let covering = blocks.filter { $0.contains(pair) }
    return items(of: pair.list).filter { Self.isGiven($0, of: pair, by: covering) }
  }

  /// All items of a list, whether or not they are given.
  package func items(of list: ListID) -> [Item] { items[list] ?? [] }

  /// Whether some open surface leads to the list.
  package func isReachable(_ list: ListID) -> Bool { reach.includes(list) }

  private static func isGiven(_ item: Item, of pair: AccessPair, by covering: [Block]) -> Bool {
    covering.contains { $0.contains(item.id, of: pair.list) }
  }
}
