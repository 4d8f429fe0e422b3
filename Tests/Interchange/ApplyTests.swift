import Access
import Administration
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("Applying a plan", .onEachEngine)
struct ApplyTests {
  @Test("needs every permission, and so does exporting", arguments: Permission.allCases)
  func permissions(missing: Permission) throws {
    let fixture = try Fixture()
    let operating = fixture.operating(with: Set(Permission.allCases).subtracting([missing]))
    let file = try SecurityFile("popsec: 1")
    let apply = #expect(throws: AdministrationError.self) {
      try operating.apply(file, expecting: Plan(changes: []))
    }
    #expect(apply?.exitStatus == .notPermitted)
    let export = #expect(throws: AdministrationError.self) { try operating.export(.yaml) }
    #expect(export?.message == "you may not export a security file")
  }

  @Test("a plan that was confirmed for another state is refused, and nothing is done")
  func changedMeanwhile() throws {
    let fixture = try Fixture()
    let file = try SecurityFile("popsec: 1\nteams: [{name: A}]")
    let plan = try fixture.administration.plan(file)
    try fixture.apply("popsec: 1\nteams: [{name: B}]")
    let before = try fixture.export()
    let error = #expect(throws: Trouble.self) { try fixture.administration.apply(file, expecting: plan) }
    #expect(error?.message == "the store changed meanwhile, so that the file would now do something else")
    #expect(try fixture.export() == before)
  }

  @Test("a file that adds a token is refused without the seal key, and nothing is done")
  func withoutSealKey() throws {
    let problem = SealingError.missing(path: "seal.key")
    let keys = TokenKeys(lookup: TokenKeys.ephemeral().lookup, seal: .failure(problem))
    let fixture = try Fixture(keys: keys)
    #expect(throws: problem) {
      try fixture.apply("popsec: 1\napiUsers: [{name: a}, {name: b, tokens: [{name: t}]}]")
    }
    #expect(try fixture.plan("popsec: 1\napiUsers: []").isEmpty)
    try fixture.apply("popsec: 1\napiUsers: [{name: a}]")
  }

  @Test("tells its progress up to the whole")
  func progress() throws {
    let fixture = try Fixture()
    let file = try SecurityFile(PlanTests.base)
    let plan = try fixture.administration.plan(file)
    var told: [[Int]] = []
    try fixture.administration.apply(file, expecting: plan) { told.append([$0, $1]) }
    #expect(told == (0...plan.changes.count).map { [$0, plan.changes.count] })
  }

  @Test("audits every change, in one unbroken chain")
  func audit() throws {
    let fixture = try Fixture()
    try fixture.apply(PlanTests.base)
    let records = try fixture.store.read { try $0.auditRecords(after: 0, limit: 1_000) }
    for action in [
      "catalogue.add", "role.add", "team.add", "team.grant", "apiUser.add", "token.add", "user.roles",
    ] {
      #expect(records.contains { $0.action == action })
    }
    var head: (sequence: Int64, hash: [UInt8])?
    for record in records {
      #expect(AuditChain.holds(record, after: head))
      head = (record.sequence, record.hash)
    }
  }

  @Test("gives a new token 90 days and leaves an old one's expiry, where the file says none")
  func expiry() throws {
    let fixture = try Fixture()
    try fixture.apply("popsec: 1\napiUsers: [{name: a, tokens: [{name: t}, {name: u, expires: never}]}]")
    #expect(try fixture.tokens(of: "a").map(\.expiry) == [.at(Timestamp.start.adding(days: 90)), .never])
    try fixture.apply("popsec: 1\napiUsers: [{name: a, tokens: [{name: t, expires: 2026-01-01}, {name: u}]}]")
    let tokens = try fixture.tokens(of: "a")
    #expect(tokens.map { $0.state(at: .start) } == [.expired, .live])
    #expect(tokens.map(\.expiry.timestamp?.day) == ["2026-01-01", nil])
  }

  @Test("revokes for good what a list of tokens lacks, and makes a new token of that name")
  func revoke() throws {
    let fixture = try Fixture()
    let text = "popsec: 1\napiUsers: [{name: a, tokens: [{name: t}]}]"
    try fixture.apply(text)
    let first = try #require(try fixture.tokens(of: "a").first)
    try fixture.apply("popsec: 1\napiUsers: [{name: a, tokens: []}]")
    try fixture.apply(text)
    let tokens = try fixture.tokens(of: "a")
    #expect(tokens.map { $0.state(at: .start) } == [.live, .revoked])
    #expect(tokens.last?.id == first.id)
  }

  @Test("leaves tokens alone where the file says nothing of them, and their Token IDs always")
  func tokensAlone() throws {
    let fixture = try Fixture()
    try fixture.apply("popsec: 1\napiUsers: [{name: a, tokens: [{name: t}]}]")
    let before = try fixture.tokens(of: "a")
    try fixture.apply("popsec: 1\napiUsers: [{name: a, enabled: false}]")
    #expect(try fixture.tokens(of: "a") == before)
    try fixture.apply("popsec: 1\napiUsers: [{name: a, tokens: [{name: T, disabled: true}]}]")
    let after = try fixture.tokens(of: "a")
    #expect(after.map(\.id) == before.map(\.id))
    #expect(after.map(\.hint) == before.map(\.hint))
    #expect(after.map(\.name.text) == ["T"])
  }

  @Test("passes Unix accounts from one user to another")
  func unixAccounts() throws {
    let fixture = try Fixture()
    try fixture.apply("popsec: 1\nusers: [{name: a, unix: x}, {name: b, unix: y}, {name: c, unix: z}]")
    let text = "popsec: 1\nusers: [{name: a, unix: y}, {name: b, unix: x}, {name: d, unix: z}]"
    try fixture.apply(text)
    #expect(try fixture.plan(text).isEmpty)
  }

  @Test("a grant that is all empty is none")
  func emptyGrant() throws {
    let fixture = try Fixture()
    try fixture.apply(PlanTests.base)
    #expect(
      try fixture.plan("popsec: 1\napiUsers: [{name: A, teams: [T]}, {name: B, grants: [{connector: C}]}]")
        .isEmpty)
  }

  @Test("an entry that comes back to the catalogue brings back no grant that the file does not have")
  func revival() throws {
    let fixture = try Fixture()
    try fixture.apply(PlanTests.base)
    // Goes by a change of the catalogue alone: the team's grant still names it.
    try fixture.apply(
      "popsec: 1\ncatalogue: {connectors: [{name: C, companies: [MX, US], lists: [{name: M}]}], widgets: []}")
    let text = """
      popsec: 1
      catalogue: {connectors: [{name: C, companies: [MX, US], lists: [{name: L}, {name: M}]}]}
      teams: [{name: T, grants: [{connector: C, roles: [User], companies: [MX]}]}]
      """
    try fixture.apply(text)
    #expect(try fixture.plan(text).text() == [])
    #expect(try !fixture.export().contains("      lists:\n        - L"))
  }

  @Test("a widget whose connector left the catalogue is not exported, not removed, and can come back")
  func dangling() throws {
    let fixture = try Fixture()
    try fixture.apply(PlanTests.base)
    try fixture.apply("popsec: 1\ncatalogue: {connectors: []}")
    let text = try fixture.export()
    #expect(text.contains("  widgets: []\n"))
    try fixture.apply(text)
    try fixture.apply(
      "popsec: 1\ncatalogue: {connectors: [{name: D}], widgets: [{name: w, url: 'https://e.org/w', connector: D}]}"
    )
    #expect(
      try fixture.export().contains("    - name: w\n      url: \"https://e.org/w\"\n      connector: D\n"))
  }
}
