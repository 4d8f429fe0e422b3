import Access
import Store
import TestSupport
import Testing

/// The pages of a list, put together, are what sorting everything gives.
@Suite struct AccountPagingTests {
  @Test("pages from either end are the sorted list", arguments: Engine.searching, 0..<3)
  func pagesAreTheSortedList(engine: Engine, seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let fixture = try Fixture(engine)
    let world = try AccountWorld(count: [1, 7, 60][seed], using: &random)
    try fixture.write { try world.insert(into: $0) }
    for order in AccountOrder.allCases {
      for isDescending in [false, true] {
        for pattern in ["", "a", "é", "ab", "abc", "user", "zzz", "%", "_", "'\"*"] {
          let query = AccountQuery(
            kind: .apiUser, matching: SearchText(pattern), order: order, isDescending: isDescending)
          let expected = world.sorted(query)
          let limit = Int.random(in: 1...20, using: &random)
          let pager = Pager(limit: limit) { position in
            try fixture.read { try $0.accounts(query, position, limit: limit, now: .start) }
          }
          let told: Comment = "\(order) \(isDescending ? "descending" : "ascending") \(pattern)"
          #expect(try pager.forward().map(\.account.name) == expected, told)
          #expect(try pager.backward().map(\.account.name) == expected, told)
          #expect(try fixture.read { try $0.accountCount(query) } == expected.count, told)
        }
      }
    }
  }

  @Test(
    "what a transaction adds, renames and deletes is found so by itself, and afterwards",
    arguments: Engine.searching)
  func isFoundAtOnce(engine: Engine) throws {
    let fixture = try Fixture(engine)
    func found(_ reader: any StoreReader, _ text: String) throws -> [String] {
      let query = AccountQuery(kind: .apiUser, matching: SearchText(text))
      return try reader.accounts(query, .first, limit: 50, now: .start).rows.map(\.account.name.text)
    }
    let accounts = try (10..<22).map { try Sample.account("Portal \($0)") }
    let names = accounts.map(\.name.text)
    var renamed = accounts[0]
    renamed.name = try Name("Kiosk")
    try fixture.write { writer in
      for account in accounts.prefix(6) { try writer.insert(account) }
      #expect(try found(writer, "portal") == Array(names.prefix(6)))
      for account in accounts.dropFirst(6) { try writer.insert(account) }
      try writer.update(renamed)
      #expect(try found(writer, "kiosk") == ["Kiosk"])
      #expect(try found(writer, "portal") == Array(names.dropFirst()))
      try writer.delete(accounts[11].id, .start)
      #expect(try found(writer, "portal") == Array(names[1...10]))
    }
    #expect(try fixture.read { try found($0, "kiosk") } == ["Kiosk"])
    #expect(try fixture.read { try found($0, "portal") } == Array(names[1...10]))
  }

  @Test(
    "the order by expiry follows time and every change, and a page goes on where an end passed meanwhile",
    arguments: Engine.all)
  func expiryFollows(engine: Engine) throws {
    var random = SeededRandom(seed: 7)
    let fixture = try Fixture(engine)
    var world = try AccountWorld(count: 60, using: &random)
    try fixture.write { try world.insert(into: $0) }
    func check(_ told: Comment) throws {
      for days in Int64(-4)...4 {
        for isDescending in [false, true] {
          let now = Timestamp.start.adding(days: days)
          let query = AccountQuery(kind: .apiUser, order: .expiry, isDescending: isDescending)
          let pager = Pager(limit: 7) { position in
            try fixture.read { try $0.accounts(query, position, limit: 7, now: now) }
          }
          #expect(try pager.forward().map(\.account.name) == world.sorted(query, now: now), told)
          let (rows, placed) = try fixture.read { reader in
            (
              try reader.accounts(query, .last, limit: 9, now: now).rows,
              try reader.placedAccounts(query, .last, limit: 9, now: now).rows
            )
          }
          #expect(placed == rows.map { PlacedAccount(account: $0.account, cursor: $0.cursor) }, told)
        }
      }
    }
    try check("as made")
    for index in world.members.indices {
      try fixture.write { try world.change(index, $0, using: &random) }
    }
    try check("changed")
    let gone = world.members.prefix(20)
    try fixture.write { writer in for member in gone { try writer.delete(member.account.id, .start) } }
    world.members.removeFirst(20)
    try check("some deleted")
    try fixture.write { writer in
      for member in gone {
        try writer.restore(
          DeletedThing(.apiUser, member.account.id), as: member.account.name, withParts: false)
      }
    }
    world.members += gone
    try check("restored")
    for member in gone {
      try fixture.write { try $0.delete(member.account.id, .start) }
      try fixture.write { try $0.purge(DeletedThing(.apiUser, member.account.id)) }
    }
    world.members.removeLast(20)
    try check("purged")
    let query = AccountQuery(kind: .apiUser, order: .expiry)
    let ends = world.members.flatMap(\.ends).filter { $0 > .start }
    let later = try #require(ends.min())
    let page = try fixture.read { try $0.accounts(query, .first, limit: 1, now: .start) }
    let cursor = try #require(page.rows.first?.cursor)
    let rest = try fixture.read { try $0.accounts(query, .after(cursor), limit: 99, now: later) }
    #expect(rest.rows.first?.account.name == world.sorted(query, now: later).first)
  }

  @Test("a cursor stays good when its row is deleted", arguments: Engine.all)
  func cursorOutlivesItsRow(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let accounts = try ["a", "b", "c", "d"].map { try Sample.account($0) }
    try fixture.write { writer in for account in accounts { try writer.insert(account) } }
    let query = AccountQuery(kind: .apiUser)
    let page = try fixture.read { try $0.accounts(query, .first, limit: 2, now: .start) }
    let cursor = try #require(page.rows.last?.cursor)
    try fixture.write { try $0.delete(accounts[1].id, .start) }
    let after = try fixture.read { try $0.accounts(query, .after(cursor), limit: 9, now: .start) }
    let before = try fixture.read { try $0.accounts(query, .before(cursor), limit: 9, now: .start) }
    #expect(after.rows.map(\.account.name.text) == ["c", "d"])
    #expect(after.hasBefore && !after.hasAfter)
    #expect(before.rows.map(\.account.name.text) == ["a"])
    #expect(before.hasAfter && !before.hasBefore)
  }

  @Test("users and API users are listed apart", arguments: Engine.all)
  func kindsAreApart(engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.write {
      try $0.insert(try Sample.account("ops", .user))
      try $0.insert(try Sample.account("ops", .apiUser))
      try $0.insert(try Sample.account("portal", .apiUser))
    }
    for (kind, names) in [(AccountKind.user, ["ops"]), (.apiUser, ["ops", "portal"])] {
      let page = try fixture.read {
        try $0.accounts(AccountQuery(kind: kind), .first, limit: 9, now: .start)
      }
      #expect(page.rows.map(\.account.name.text) == names)
      #expect(try fixture.read { try $0.accountCount(AccountQuery(kind: kind)) } == names.count)
    }
  }

  @Test("no more rows come than a page may have", arguments: Engine.all, [-1, 0, 1, 1_000, 5_000])
  func limitIsBounded(engine: Engine, limit: Int) throws {
    let fixture = try Fixture(engine)
    try fixture.write { writer in
      for number in 0..<1_005 { try writer.insert(try Sample.account("user \(number)")) }
    }
    let page = try fixture.read {
      try $0.accounts(AccountQuery(kind: .apiUser), .first, limit: limit, now: .start)
    }
    #expect(page.rows.count == min(max(limit, 0), maximumPageRows))
    #expect(page.hasAfter)
  }
}

/// Reads all pages, one after another.
struct Pager<Row: Sendable & Pageable> {
  let limit: Int
  let page: (PagePosition<Row.Cursor>) throws -> Page<Row>

  func forward() throws -> [Row] {
    var rows: [Row] = []
    var page = try page(.first)
    #expect(!page.hasBefore)
    while let last = page.rows.last {
      rows += page.rows
      guard page.hasAfter else { break }
      #expect(page.rows.count == limit)
      page = try self.page(.after(last.cursor))
      #expect(page.hasBefore && !page.rows.isEmpty)
    }
    return rows
  }

  func backward() throws -> [Row] {
    var rows: [Row] = []
    var page = try page(.last)
    #expect(!page.hasAfter)
    while let first = page.rows.first {
      rows = page.rows + rows
      guard page.hasBefore else { break }
      #expect(page.rows.count == limit)
      page = try self.page(.before(first.cursor))
      #expect(page.hasAfter && !page.rows.isEmpty)
    }
    return rows
  }
}

/// A row that knows its place.
protocol Pageable {
  associatedtype Cursor: Hashable & Sendable
  var cursor: Cursor { get }
}

extension AccountRow: Pageable {}
extension TeamRow: Pageable {}
extension MemberRow: Pageable {}
