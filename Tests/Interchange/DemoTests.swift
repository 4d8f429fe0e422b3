import Access
import Administration
import Store
import Testing

@testable import Interchange

@Suite("The demo store")
struct DemoTests {
  let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    try DemoStore.fill(fixture.administration)
  }

  @Test("has 3 connectors, 40 lists, 6 teams and 25 API users")
  func counts() throws {
    try fixture.store.read { reader in
      let connectors = try reader.connectors()
      #expect(connectors.map(\.name.text) == ["Business Central", "Salesforce", "SharePoint"])
      #expect(try connectors.map { try reader.catalogueCounts(of: $0.id).lists }.reduce(0, +) == 40)
      #expect(try connectors.map { try reader.catalogueCounts(of: $0.id).companies } == [3, 2, 0])
      #expect(try reader.teamCount(TeamQuery()) == 6)
      #expect(try reader.accountCount(AccountQuery(kind: .apiUser)) == 25)
    }
  }

  @Test(
    "has the real case: two portals, each with one company and the lists of the group Sales",
    arguments: [("Portal Mexico", "MX"), ("Portal USA", "US")])
  func realCase(name: String, company: String) throws {
    try fixture.store.read { reader in
      let account = try #require(try reader.account(.apiUser, named: NameKey(try Name(name))))
      let subject = SubjectID.account(account.id)
      #expect(try reader.roles(of: subject) == [.builtIn(.widgetReader)])
      let grants = try reader.grants(of: subject)
      let grant = try #require(grants.first)
      #expect(grants.count == 1)
      #expect(grant.permissions.roles == [.user])
      let companies = try reader.companies(of: grant.connector).filter { $0.name.text == company }.map(\.id)
      #expect(grant.permissions.companies == .only(Set(companies)))
      let sales = try reader.lists(of: grant.connector).filter { $0.group?.text == "Sales" }.map(\.id)
      #expect(sales.count == 7)
      #expect(grant.permissions.lists == .only(Set(sales)))
      #expect(try reader.tokens(of: account.id).count == 1)
    }
  }

  @Test("shows tokens in every state that a file can say, and one that ends within a week")
  func tokenStates() throws {
    var states: Set<TokenState> = []
    var endsSoon = 0
    try fixture.store.read { reader in
      try reader.forEachAccount(AccountQuery(kind: .apiUser), now: .start) { account in
        for token in try reader.tokens(of: account.id) {
          states.insert(token.state(at: .start))
          if case .at(let end) = token.expiry, Timestamp.start < end, end < Timestamp.start.adding(days: 8) {
            endsSoon += 1
          }
        }
      }
    }
    #expect(states == [.live, .disabled, .expired])
    #expect(endsSoon > 0)
  }

  @Test("is equal to what it exports, in both formats", arguments: SecurityFileFormat.allCases)
  func stable(format: SecurityFileFormat) throws {
    #expect(try fixture.plan(try fixture.export(format)).text() == [])
  }
}
