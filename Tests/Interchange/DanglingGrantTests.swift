import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("Grants on what left the catalogue", .onEachEngine)
struct DanglingGrantTests {
  static let without =
    "catalogue: {connectors: [{name: C, companies: [US], lists: [{name: M}]}], widgets: []}"
  static let whole =
    "catalogue: {connectors: [{name: C, companies: [MX, US], lists: [{name: L}, {name: M}]}]}"
  static let team = "teams: [{name: T, grants: [{connector: C, roles: [User]}]}]"
  let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    try fixture.apply(PlanTests.base)
  }

  private func permissions() throws -> [Permissions] {
    try fixture.store.read { reader in
      let team = try #require(try reader.team(named: NameKey(try Name("T"))))
      return try reader.grants(of: .team(team.id)).map(\.permissions)
    }
  }

  @Test("are dropped from a grant that a file changes, which the plan tells")
  func parts() throws {
    try fixture.apply("popsec: 1\n" + Self.without)
    let text = "popsec: 1\nteams: [{name: T, grants: [{connector: C, roles: [User, Reader]}]}]"
    #expect(
      try fixture.apply(text).text().contains("      grant on C: parts that left the catalogue: dropped"))
    #expect(try fixture.plan(text).isEmpty)
    #expect(try fixture.plan("popsec: 1\n" + Self.whole).text().allSatisfy { !$0.contains("gives back") })
    try fixture.apply("popsec: 1\n" + Self.whole)
    #expect(try permissions() == [Permissions(roles: [.user, .reader])])
  }

  @Test("stay where a file says of the grant what is there: applying an export changes nothing")
  func unchanged() throws {
    try fixture.apply("popsec: 1\n" + Self.without)
    #expect(try fixture.plan(try fixture.export()).isEmpty)
    #expect(try fixture.plan("popsec: 1\n" + Self.team).isEmpty)
    #expect(try fixture.plan("popsec: 1\n" + Self.whole).text().contains { $0.contains("gives back") })
  }

  @Test("come back with what they name, and the plan tells so")
  func revivals() throws {
    try fixture.apply("popsec: 1\n" + Self.without)
    let lines = try fixture.apply("popsec: 1\n" + Self.whole).text()
    #expect(
      lines.filter { $0.contains("gives back") } == [
        "      company MX: gives back what 1 grant names of it",
        "      list L: gives back what 1 grant names of it",
      ])
    #expect(try permissions().first?.companies.only?.count == 1)
    try fixture.apply("popsec: 1\ncatalogue: {connectors: []}")
    #expect(
      try fixture.plan("popsec: 1\n" + Self.whole).text().contains(
        "      connector C: gives back what 1 grant names of it"))
  }
}
