import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("The last company that leaves a connector", .onEachEngine)
struct LastCompanyTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    try fixture.apply(
      """
      popsec: 1
      catalogue: {connectors: [{name: C, companies: [MX, US], lists: [{name: L}, {name: M}]}]}
      teams:
        - {name: None, grants: [{connector: C, roles: [User], companies: [], lists: all}]}
        - {name: Some, grants: [{connector: C, roles: [User], companies: [MX], lists: [L]}]}
        - {name: Every, grants: [{connector: C, roles: [User], companies: all, lists: all}]}
        - {name: Boss, grants: [{connector: C, roles: [Administrator]}]}
        - {name: Reader, grants: [{connector: C, roles: [Reader], lists: all}]}
        - {name: Nothing, grants: [{connector: C, roles: [User], companies: [US]}]}
      apiUsers: [{name: A, teams: [None], roles: [APIReader]}]
      users: [{name: root, unix: root, roles: [Administrator]}]
      """)
  }

  private static let words =
    "the last company leaves: gives 2 grants their lists whole, narrowed to no company: "
    + "team “None” (all lists), team “Some” (1 list)"

  private func told(_ connectors: String) throws -> [String] {
    try fixture.plan("popsec: 1\ncatalogue: {connectors: \(connectors)}").text()
      .filter { $0.contains("last company") }
  }

  @Test("the loss of the last company is told as what it gives, and to whom")
  func gives() throws {
    #expect(try told("[{name: C, lists: [{name: L}, {name: M}]}]") == ["      \(Self.words)"])
    #expect(try told("[{name: C, companies: [], lists: [{name: L}]}]").count == 1)
  }

  @Test("there is no such loss where a company stays, another comes, or the connector goes")
  func keeps() throws {
    for connectors in [
      "[{name: C, companies: [US], lists: [{name: L}, {name: M}]}]", "[]",
      "[{name: C, companies: [DE], lists: [{name: L}, {name: M}]}]", "[{name: D, lists: [{name: L}]}]",
    ] { #expect(try told(connectors) == [], "\(connectors)") }
  }

  @Test("the effect warns of the loss, both in applying and in undoing")
  func effect() throws {
    let file = try SecurityFile(
      "popsec: 1\ncatalogue: {connectors: [{name: C, lists: [{name: L}, {name: M}]}]}")
    let plan = try fixture.administration.plan(file)
    let lines = EffectWords(
      try fixture.administration.effect(of: { try $0.apply(file, expecting: plan) })
    ).lines
    #expect(lines.first?.tone == .warning)
    #expect(
      lines.first?.text
        == Self.words.replacing("the last company leaves", with: "the last company leaves “C”"))
    #expect(lines.contains { $0.tone == .gain && $0.text == "API user “A” gains L, M (C)" })

    try fixture.apply("popsec: 1\ncatalogue: {connectors: [{name: C, lists: [{name: L}, {name: M}]}]}")
    try fixture.apply(
      "popsec: 1\ncatalogue: {connectors: [{name: C, companies: [MX], lists: [{name: L}, {name: M}]}]}")
    let adding = try #require(try fixture.administration.ownChanges().first).number
    let undone = try fixture.administration.effect { _ = try $0.undo(adding) }
    #expect(undone.warnings.contains { if case .lastCompany = $0 { true } else { false } })
  }

  @Test("where many grants are affected, the first are named and all are counted")
  func many() throws {
    let teams = (1...9).map {
      "{name: \"T\($0)\", grants: [{connector: C, roles: [User], lists: all}]}"
    }.joined(separator: ", ")
    try fixture.apply("popsec: 1\nteams: [\(teams)]")
    let line = try #require(try told("[{name: C, lists: [{name: L}, {name: M}]}]").first)
    #expect(line.contains("gives 9 grants") && line.hasSuffix("team “T5” (all lists) and 4 more"))
  }
}
