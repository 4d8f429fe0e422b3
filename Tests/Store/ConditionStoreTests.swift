import Access
import Store
import TestSupport
import Testing

@Suite("Conditions find in the store what looking at everything finds")
struct ConditionStoreTests {
  private func conditions(_ tests: [Condition.Test], _ random: inout SeededRandom) -> [Conditions] {
    let now = ConditionWorld.now
    let single = tests.flatMap { test in
      [false, true].map { Conditions([Condition(test, isNegated: $0)], at: now) }
    }
    let several = (0..<20).map { _ in
      Conditions(
        tests.shuffled(using: &random).prefix(3).map {
          Condition($0, isNegated: .random(using: &random))
        }, at: now)
    }
    return [Conditions([], at: now)] + single + several
  }

  @Test("among all tokens, page by page from either end", arguments: Engine.searching, [5, 30])
  func tokens(engine: Engine, count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let fixture = try Fixture(engine)
    let world = try ConditionWorld(count: count, using: &random)
    try fixture.write { try world.insert(into: $0) }
    for (number, conditions) in conditions(try world.tests(.tokens), &random).enumerated() {
      let limit = Int.random(in: 1...30, using: &random)
      let order = number % 2 == 0 ? TokenOrder.account : .end(after: ConditionWorld.now)
      let expected = world.listed(conditions, order).map(\.id)
      let pager = Pager(limit: limit) { position in
        try fixture.read {
          try $0.tokens(TokenQuery(conditions: conditions, order: order), position, limit: limit)
        }
      }
      #expect(try pager.forward().map(\.token.id) == expected, "\(order) \(conditions)")
      #expect(try pager.backward().map(\.token.id) == expected, "\(order) \(conditions)")
      #expect(try fixture.read { try $0.tokenCount(conditions) } == expected.count, "\(conditions)")
    }
  }

  @Test("among accounts in each order, and teams", arguments: Engine.searching, [5, 30])
  func accounts(engine: Engine, count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let fixture = try Fixture(engine)
    let world = try ConditionWorld(count: count, using: &random)
    try fixture.write { try world.insert(into: $0) }
    let orders = AccountOrder.allCases
    for (number, conditions) in conditions(try world.tests(.apiUsers), &random).enumerated() {
      for kind in AccountKind.allCases {
        let expected = world.accounts(kind, conditions).map(\.id)
        for order in [orders[number % orders.count], .name] {
          let query = AccountQuery(kind: kind, conditions: conditions, order: order)
          let pager = Pager(limit: 7) { position in
            try fixture.read { try $0.accounts(query, position, limit: 7, now: .start) }
          }
          let found = try pager.forward().map(\.account.id)
          #expect(Set(found) == Set(expected) && found.count == expected.count, "\(order) \(conditions)")
          if order == .name { #expect(found == expected, "\(conditions)") }
          #expect(try fixture.read { try $0.accountCount(query) } == expected.count, "\(conditions)")
        }
      }
    }
    for conditions in conditions(try world.tests(.teams), &random) {
      let query = TeamQuery(conditions: conditions)
      try fixture.read { reader in
        let rows = try reader.teams(query, .first, limit: 9).rows
        #expect(rows.map(\.team.id) == world.teams(conditions).map(\.id), "\(conditions)")
        #expect(try reader.teamCount(query) == rows.count)
      }
    }
  }

  @Test("and neither deleted accounts nor their tokens", arguments: Engine.all)
  func deleted(engine: Engine) throws {
    var random = SeededRandom(seed: 9)
    let fixture = try Fixture(engine)
    let world = try ConditionWorld(count: 6, using: &random)
    try fixture.write { writer in
      try world.insert(into: writer)
      for account in world.accounts { try writer.delete(account.id, .start) }
    }
    for conditions in conditions(try world.tests(.tokens), &random) {
      let page = try fixture.read { try $0.tokens(TokenQuery(conditions: conditions), .first, limit: 9) }
      #expect(page.rows.isEmpty && !page.hasAfter)
      #expect(try fixture.read { try $0.tokenCount(conditions) } == 0, "\(conditions)")
    }
  }

  @Test("a page has no more rows than it may", arguments: [-1, 0, 1, 5_000])
  func limit(_ limit: Int) throws {
    let fixture = try Fixture(.sqlite)
    let account = try Sample.account("a")
    try fixture.write { writer in
      try writer.insert(account)
      for number in 0..<1_005 {
        let made = try Sample.token("t \(number)", of: account.id)
        try writer.insert(made.token, made.id)
      }
    }
    let page = try fixture.read { try $0.tokens(TokenQuery(), .first, limit: limit) }
    #expect(page.rows.count == min(max(limit, 0), maximumPageRows) && page.hasAfter)
  }
}

extension ListedToken: Pageable {}
