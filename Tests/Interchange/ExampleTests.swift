import Access
import Administration
import Store
import Testing

@testable import Interchange

@Suite("The example of the format's description")
struct ExampleTests {
  @Test("applies to an empty store, and says what it means")
  func applies() throws {
    let fixture = try Fixture()
    let plan = try fixture.apply(Self.text)
    #expect(plan.count(.added) == plan.changes.count)
    #expect(try fixture.plan(Self.text).text() == [])
    #expect(try fixture.plan(try fixture.export()).text() == [])
    let token = try #require(try fixture.tokens(of: "Portal Mexico").first)
    #expect(token.expiry.text == "2027-02-21T00:00:00Z")
    #expect(token.limits.networks == Set([Network("10.0.0.0/8")].compactMap { $0 }))
    #expect(token.limits.requestsPerMinute == 600)
    try fixture.store.read { reader in
      let team = try #require(try reader.team(named: NameKey(try Name("Sales MX"))))
      let permissions = try #require(try reader.grants(of: .team(team.id)).first?.permissions)
      #expect(permissions[.detail] == .all)
      #expect(permissions[.action].only?.count == 1)
      #expect(permissions[.listAction].isNone)
      let user = try #require(try reader.account(.user, named: NameKey(try Name("ops"))))
      #expect(user.unixAccount?.text == "ops")
    }
  }

  static let text = """
    popsec: 1                       # format version, required
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]       # may be absent: the connector has no companies
          lists:
            - name: Sales Orders
              group: Sales
              actions: [Release order]
              details: [Order lines]
              listActions: [Export to Excel]
      widgets:
        - name: Sales MX
          url: https://portal.example.com/widgets/sales     # absolute; see Addresses
          connector: Business Central
          lists: [Sales Orders]
          enabled: true             # default
          open: false               # default; true: no token is asked
          parameters: {company: company, list: list}   # query parameters that narrow a request; default none
      endpoints:
        - name: sales-orders
          url: https://portal.example.com/api/sales-orders
          methods: [GET]            # default [GET]
          connector: Business Central
          list: Sales Orders
          enabled: true             # default
          match: prefix             # default; or exact
    roles:                          # system roles beyond the built-in ones
      - name: Auditor
        description: sees everything, changes nothing
        permissions: [security.read, audit.read]
    teams:
      - name: Sales MX
        description: people who sell in Mexico
        roles: [WidgetReader]
        grants:
          - connector: Business Central
            roles: [User]
            companies: [MX]                       # a list, or the word all; absent or empty: none
            lists: [Sales Orders]                 # a list, or all
            actions: [{list: Sales Orders, name: Release order}]   # or all: of the granted lists
            details: all
            listActions: []
    apiUsers:
      - name: Portal Mexico
        enabled: true
        teams: [Sales MX]
        roles: []
        grants: []
        tokens:
          - name: portal
            expires: 2027-02-21T00:00:00Z         # or never; absent: 90 days from when it is made; may lie in the past
            disabled: false
            widgets: [Sales MX]                   # with endpoints: all that it opens; both absent or empty: no limit
            endpoints: []
            networks: [10.0.0.0/8]                # absent or empty: no limit
            ratePerMinute: 600                    # absent: no limit; enforced by the gate
    users:
      - name: ops
        unix: ops                               # Unix account, optional
        keys: ["ssh-ed25519 AAAA… ops@laptop"]  # optional
        enabled: true
        teams: []
        roles: [Administrator]
        grants: []
        tokens: []                # as for API users
    """
}
