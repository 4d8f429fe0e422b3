import Access
import Administration
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("A token limited to what left the catalogue", .onEachEngine)
struct HiddenLimitsTests {
  let fixture: Fixture
  let limits: TokenLimits

  init() throws {
    fixture = try Fixture()
    try fixture.apply(PlanTests.base)
    try fixture.apply("popsec: 1\napiUsers: [{name: A, tokens: [{name: t, widgets: [W]}]}]")
    limits = try #require(try fixture.tokens(of: "A").first).limits
    try fixture.apply("popsec: 1\ncatalogue: {widgets: [{name: V, url: 'https://e.org/v', connector: C}]}")
  }

  private func token() throws -> Token { try #require(try fixture.tokens(of: "A").first) }

  @Test("is exported as disabled, never as without limit, and that applied changes nothing")
  func exports() throws {
    let text = try fixture.export()
    #expect(text.contains("        disabled: true\n"))
    #expect(try fixture.plan(text).text() == [])
    #expect(try !token().isDisabled)
  }

  @Test(
    "keeps its limits and its state, whatever else of it is changed",
    arguments: ["disabled: true, expires: 2030-01-01", "expires: 2030-01-01", "networks: [10.0.0.0/8]"])
  func keeps(keys: String) throws {
    let text = "popsec: 1\napiUsers: [{name: A, tokens: [{name: t, \(keys)}]}]"
    #expect(try !fixture.apply(text).isEmpty)
    #expect(try token().limits.widgets == limits.widgets)
    #expect(try !token().isDisabled)
    #expect(try fixture.plan(text).text() == [])
  }

  @Test("is limited as before when that comes back, by the very file that brings it too")
  func comesBack() throws {
    try fixture.apply(
      """
      popsec: 1
      catalogue: {widgets: [{name: W, url: 'https://e.org/w', connector: C}]}
      apiUsers: [{name: A, tokens: [{name: t}]}]
      """)
    #expect(try token().limits == limits)
  }

  @Test("has those limits that a file names instead, and the plan tells that others go")
  func replaced() throws {
    let text = "popsec: 1\napiUsers: [{name: A, tokens: [{name: t, widgets: [V]}]}]"
    #expect(
      try fixture.apply(text).text() == [
        "apiUsers", "  ~ A", "      token t: widgets: V",
        "      token t: limits to what left the catalogue: dropped",
      ])
    #expect(try token().limits.widgets.isDisjoint(with: limits.widgets))
    #expect(try token().limits.widgets.count == 1)
  }
}
