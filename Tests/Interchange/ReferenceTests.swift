import Testing

@testable import Interchange

@Suite("What the names of a file refer to")
struct ReferenceTests {
  static let store = """
    popsec: 1
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]
          lists: [{name: Sales Orders, actions: [Release order]}, {name: Customers}]
      widgets: [{name: Sales MX, url: 'https://e.org/w', connector: Business Central}]
      endpoints: [{name: orders, url: 'https://e.org/e', connector: Business Central, list: Customers}]
    roles: [{name: Auditor}]
    teams: [{name: Sales}]
    """

  @Test(
    "must be in the file or in the store; else the nearest that is there is told",
    arguments: [
      ("teams: [Slaes]", "5:13: there is no team “Slaes”; did you mean “Sales”?"),
      ("teams: [Elsewhere]", "5:13: there is no team “Elsewhere”"),
      ("roles: [Auditr]", "5:13: there is no role “Auditr”; did you mean “Auditor”?"),
      ("roles: [WidgetReder]", "5:13: there is no role “WidgetReder”; did you mean “WidgetReader”?"),
      (
        "grants: [{connector: Busines Central}]",
        "5:26: there is no connector “Busines Central”; did you mean “Business Central”?"
      ),
      (
        "grants: [{connector: business central, companies: [MY]}]",
        "5:56: there is no company “MY” of the connector “business central”; did you mean “MX”?"
      ),
      (
        "grants: [{connector: Business Central, lists: [Custmers]}]",
        "5:52: there is no list “Custmers” of the connector “Business Central”; did you mean “Customers”?"
      ),
      (
        "grants: [{connector: Business Central, lists: all, actions: [{list: Sales Orders, name: Relaese order}]}]",
        "5:93: there is no action “Relaese order” of the list “Sales Orders”; did you mean “Release order”?"
      ),
      (
        "grants: [{connector: Business Central, lists: all, details: [{list: Sales Orders, name: Release order}]}]",
        "5:93: there is no detail “Release order” of the list “Sales Orders”"
      ),
      (
        "tokens: [{name: t, widgets: [Sales US]}]",
        "5:34: there is no widget “Sales US”; did you mean “Sales MX”?"
      ),
      (
        "tokens: [{name: t, endpoints: [order]}]",
        "5:36: there is no endpoint “order”; did you mean “orders”?"
      ),
    ])
  func missing(member: String, message: String) throws {
    let fixture = try Fixture()
    try fixture.apply(Self.store)
    let text = "popsec: 1\napiUsers:\n  -\n    name: a\n    \(member)\n"
    #expect(try fixture.problems(text) == ["file:" + message])
  }

  @Test("may be in a section that the file leaves alone, in any spelling")
  func inStore() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.store)
    try fixture.apply(
      "popsec: 1\napiUsers: [{name: a, teams: [SALES], roles: [auditor, administrator], tokens: [{name: t, widgets: [sales mx]}]}]"
    )
    #expect(try fixture.export().contains("- Auditor\n"))
  }

  @Test("must not be something that the file removes")
  func removed() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.store)
    #expect(
      try fixture.problems("popsec: 1\nteams: []\napiUsers: [{name: a, teams: [Sales]}]\n") == [
        "file:3:30: team “Sales” would be removed by this file; list it in its section, or don't name it"
      ])
    #expect(
      try fixture.problems(
        "popsec: 1\ncatalogue: {connectors: [{name: business central}]}\nteams: [{name: a, grants: [{connector: Business Central, lists: [Customers]}]}]\n"
      ) == [
        "file:3:66: list “Customers” of the connector “Business Central” would be removed by this file; list it in its section, or don't name it"
      ])
  }

  @Test("are told all at once, in the order of the file")
  func together() throws {
    let text = """
      popsec: 1
      users: [{name: u, roles: [x, y], teams: [z]}]
      catalogue:
        endpoints: [{name: e, url: 'https://e.org/', connector: c, list: l}]
      """
    #expect(
      try Fixture().problems(text) == [
        "file:2:27: there is no role “x”", "file:2:30: there is no role “y”",
        "file:2:42: there is no team “z”",
        "file:4:59: there is no connector “c”",
      ])
  }

  @Test("are told together with whatever else is wrong, where the file has the section whole")
  func withOtherErrors() {
    let text = """
      popsec: 1
      teams: [{name: A}]
      roles: [{name: R}, {nam: S}]
      apiUsers: [{name: a, teams: [B, a], roles: [S], grants: [{connector: C}]}]
      """
    #expect(
      SecurityFile.problems(text) == [
        "file:3:20: a role needs the key “name”",
        "file:3:21: a role has no key “nam”; did you mean “name”?",
        "file:4:30: there is no team “B”; did you mean “A”?",
      ])
  }

  @Test("two addresses that one request could mean are told of the store's, too")
  func addresses() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.store)
    let text = """
      popsec: 1
      catalogue:
        endpoints: [{name: e, url: 'https://e.org/w', connector: Business Central, list: Customers}]
      """
    #expect(
      try fixture.problems(text).first?.hasPrefix(
        "file:3:30: a request could mean the endpoint “e” as well as the widget “Sales MX”") == true)
  }
}
