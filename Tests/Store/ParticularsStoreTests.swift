import Access
import Store
import TestSupport
import TestTraits
import Testing

@Suite("What is known about API users and tokens is kept", .onEachEngine)
struct ParticularsStoreTests {
  private let fixture: Fixture
  private var store: any Store { fixture.store }

  init() throws { fixture = try Fixture(.current) }

  private func insert(
    _ name: String, owner: Owner? = nil, labels: [String] = [], note: String = ""
  ) throws -> Account {
    var account = try Sample.account(name)
    account.particulars = Particulars(
      owner: owner, note: try Note(note), labels: try Labels(try labels.map { try Label($0) }))
    try store.write { try $0.insert(account) }
    return account
  }

  private func names(_ tests: [Condition.Test], _ order: AccountOrder = .name) throws -> [String] {
    let query = AccountQuery(
      kind: .apiUser, conditions: Conditions(tests.map { Condition($0) }), order: order)
    return try store.read { reader in
      let rows = try reader.accounts(query, .first, limit: 50, now: .start).rows
      #expect(try reader.accountCount(query) == rows.count)
      return rows.map(\.account.name.text)
    }
  }

  @Test("and is read, changed and removed again")
  func roundTrip() throws {
    let user = try Sample.account("ada", .user)
    try store.write { try $0.insert(user) }
    var account = try insert("A", owner: .user(user.id), labels: ["env=prod", "a=1"], note: "one\ntwo")
    #expect(try store.read { try $0.account(account.id) } == account)
    #expect(try store.read { try $0.owningUsers() } == [user.id])
    var made = try Sample.token("t", of: account.id)
    made.token.particulars = account.particulars
    try store.write { try $0.insert(made.token, made.id) }
    #expect(try store.read { try $0.token(made.token.id) } == made.token)
    account.particulars = Particulars(
      owner: .text(try OwnerText("x@y")), labels: try Labels([try Label("b=2")]))
    made.token.particulars = .none
    try store.write {
      try $0.update(account)
      try $0.update(made.token)
    }
    #expect(try store.read { try $0.account(account.id) } == account)
    #expect(try store.read { try $0.token(made.token.id) } == made.token)
    try store.write {
      try $0.delete(account.id, Deletion(number: 1, at: .start))
      try $0.purge(DeletedThing(.apiUser, account.id))
    }
    #expect(try store.read { try $0.owningUsers() } == [])
    #expect(try store.read { try $0.damages() } == [])
  }

  @Test("lists are filtered by labels and owners in each order", arguments: AccountOrder.allCases)
  func filters(order: AccountOrder) throws {
    let user = try Sample.account("ada", .user)
    try store.write { try $0.insert(user) }
    _ = try insert("a", owner: .user(user.id), labels: ["env=prod", "kind=portal"])
    _ = try insert("b", owner: .text(try OwnerText("web")), labels: ["env=prod"])
    let c = try insert("c", labels: ["env=test"])
    let d = try insert("d")
    let ended = try Sample.token("t", of: c.id)
    let other = try Sample.token("t", of: d.id, expiry: .never)
    try store.write {
      try $0.insert(ended.token, ended.id)
      try $0.insert(other.token, other.id)
    }
    let (prod, portal) = (try Label("env=prod"), try Label("kind=portal"))
    #expect(try names([.label(prod)], order) == ["a", "b"])
    #expect(try names([.label(prod), .label(portal)], order) == ["a"])
    #expect(try names([.label(try Label("env=test"))], order) == ["c"])
    #expect(try names([.label(try Label("env=none"))], order) == [])
    #expect(try names([.owners([.user(user.id)])], order) == ["a"])
    let web = Owner.text(try OwnerText("web"))
    #expect(try names([.label(prod), .owners([web])], order) == ["b"])
    #expect(try names([.owners([])], order).sorted() == ["c", "d"])
    #expect(try names([.label(prod), .owners([])], order) == [])
  }

  @Test("a filter goes with a part of a name, and its pages follow one another")
  func pages() throws {
    for number in 0..<7 { _ = try insert("portal \(number)", labels: number % 2 == 0 ? ["env=prod"] : []) }
    let query = AccountQuery(
      kind: .apiUser, matching: SearchText("portal"),
      conditions: Conditions([Condition(.label(try Label("env=prod")))]))
    try store.read { reader in
      let first = try reader.accounts(query, .first, limit: 3, now: .start)
      #expect(first.rows.map(\.account.name.text) == ["portal 0", "portal 2", "portal 4"] && first.hasAfter)
      let cursor = try #require(first.rows.last).cursor
      let rest = try reader.accounts(query, .after(cursor), limit: 3, now: .start)
      #expect(rest.rows.map(\.account.name.text) == ["portal 6"] && !rest.hasAfter)
      #expect(try reader.accountCount(query) == 4)
    }
  }

  @Test(
    "what popsec never writes is refused",
    arguments: [
      "UPDATE account SET owner_user = 5 WHERE kind = 'user'", "UPDATE account SET owner_user = 0",
      "UPDATE account SET owner_user = 5, owner_text = 'x' WHERE kind = 'apiUser'",
      "UPDATE account SET note = 'x' WHERE kind = 'user'", "UPDATE account SET note = ''",
      "UPDATE account SET created_by = ''", "INSERT INTO account_label VALUES (9, 'a', 'b')",
      "INSERT INTO account_label SELECT id, 'a', '' FROM account",
    ])
  func refused(sql: String) throws {
    _ = try insert("A")
    try store.write { try $0.insert(try Sample.account("ada", .user)) }
    #expect(throws: (any Error).self) { try fixture.made.run(sql) }
  }
}
