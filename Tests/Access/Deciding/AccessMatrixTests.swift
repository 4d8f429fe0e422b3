import Access
import Testing

@Suite("The access matrix has exactly what is decided") struct AccessMatrixTests {
  let world = DecisionWorld()

  private var whole: Located {
    Located(connector: world.central, companies: world.companies, lists: world.lists)
  }
  private var pairs: [AccessPair] { AccessBlock(companies: world.companies, lists: world.lists).pairs }

  private func items() throws -> [ListID: [Item]] {
    let name = try Name("any")
    return Dictionary(
      grouping: world.items.map { Item(id: $0.item, list: $0.list, kind: .action, name: name) }, by: \.list)
  }

  private func effective(_ access: SubjectAccess) throws -> ConnectorAccess {
    effectiveAccess(of: access, on: whole, items: try items(), widgets: [try world.widget()], at: world.now)
  }

  @Test("each cell is what deciding about the pair and each of its items comes to")
  func cells() throws {
    var seen: Set<AccessMatrix.Cell> = []
    for seed in 0..<2_000 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      let access = random.access()
      let effective = try effective(access)
      let matrix = AccessMatrix(effective, items: try items())
      for pair in pairs {
        let cell = matrix.cell(pair)
        seen.insert(cell)
        let own = world.items.filter { $0.list == pair.list }
        let wanted: AccessMatrix.Cell =
          try world.isAllowed(pair, nil, to: access)
          ? try own.allSatisfy { try world.isAllowed(pair, $0, to: access) } ? .allItems : .someItems
          : effective.givers(of: pair).isEmpty ? .notGiven : .unreachable
        #expect(cell == wanted, "seed \(seed)")
        #expect(matrix.givers(of: pair).map(\.giver) == effective.givers(of: pair), "seed \(seed)")
        #expect(
          Set(matrix.items(givenFor: pair).map(\.id))
            == Set(own.map(\.item).filter { !effective.givers(of: $0, pair).isEmpty }), "seed \(seed)")
      }
    }
    #expect(seen == Set(AccessMatrix.Cell.allCases))
  }

  @Test("what only one of two is given is found, pair by pair and item by item")
  func differences() throws {
    var seen: Set<AccessDifference.Cell> = []
    for seed in 0..<2_000 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      let (one, other) = (try effective(random.access()), try effective(random.access()))
      let items = try items()
      let difference = AccessDifference(
        AccessMatrix(one, items: items), AccessMatrix(other, items: items))
      let parts = difference.parts(in: whole)
      for pair in pairs {
        let cell = difference.cell(pair)
        seen.insert(cell)
        #expect(cell == wanted(pair, one, other), "seed \(seed)")
        #expect(told(pair, parts.onlyFirst) == alone(pair, one, other), "seed \(seed)")
        #expect(told(pair, parts.onlySecond) == alone(pair, other, one), "seed \(seed)")
      }
    }
    #expect(seen == Set(AccessDifference.Cell.allCases))
  }

  private func told(_ pair: AccessPair, _ parts: [AccessDifference.Part]) -> Set<AccessDifference.Part.Kind> {
    Set(parts.filter { $0.list == pair.list && $0.companies.contains(pair.company) }.map(\.kind))
  }

  private func wanted(
    _ pair: AccessPair, _ one: ConnectorAccess, _ other: ConnectorAccess
  ) -> AccessDifference.Cell {
    switch (one.givers(of: pair).isEmpty, other.givers(of: pair).isEmpty) {
    case (true, true): .neither
    case (false, true): .onlyFirst
    case (true, false): .onlySecond
    case (false, false): alone(pair, one, other) == [] && alone(pair, other, one) == [] ? .alike : .different
    }
  }

  /// What one subject has of a pair and the other has not, without the means of the difference.
  private func alone(
    _ pair: AccessPair, _ one: ConnectorAccess, _ other: ConnectorAccess
  ) -> Set<AccessDifference.Part.Kind> {
    if one.givers(of: pair).isEmpty { return [] }
    if other.givers(of: pair).isEmpty { return [.list] }
    let items = world.items.filter { item in
      item.list == pair.list && !one.givers(of: item.item, pair).isEmpty
        && other.givers(of: item.item, pair).isEmpty
    }
    let isOnlyReach = one.reachable.includes(pair.list) && !other.reachable.includes(pair.list)
    return Set(items.map { .item($0.item) } + (isOnlyReach ? [.reach] : []))
  }
}
