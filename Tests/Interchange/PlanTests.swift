import Access
import Administration
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@testable import Interchange

@Suite("A plan", .onEachEngine)
struct PlanTests {
  static let base = """
    popsec: 1
    catalogue:
      connectors:
        - {name: C, companies: [MX, US], lists: [{name: L, group: G, actions: [go]}, {name: M}]}
      widgets: [{name: W, url: 'https://e.org/w', connector: C, lists: [L]}, {name: V, url: 'https://e.org/v', connector: C}]
    roles: [{name: R, permissions: [api.call]}]
    teams: [{name: T, grants: [{connector: C, roles: [User], companies: [MX], lists: [L]}]}]
    apiUsers:
      - {name: A, teams: [T], tokens: [{name: t, expires: 2028-01-01}]}
      - {name: B}
    users: [{name: root, unix: root, roles: [Administrator]}]
    """

  @Test("tells what is added, in words and by section")
  func additions() throws {
    #expect(
      try Fixture().plan(Self.base).text() == [
        "catalogue.connectors", "  + C", "      companies: MX, US", "      new list L: group: G",
        "      new list L: actions: go", "      new list M: group: none",
        "catalogue.widgets", "  + V", "      url: https://e.org/v", "      connector: C",
        "  + W", "      url: https://e.org/w", "      connector: C", "      lists: L",
        "roles", "  + R", "      permissions: api.call",
        "teams", "  + T", "      grant on C: roles: User", "      grant on C: companies: MX",
        "      grant on C: lists: L",
        "apiUsers", "  + A", "      teams: T", "      token t: expires: 2028-01-01T00:00:00Z", "  + B",
        "users", "  + root", "      unix: root", "      roles: Administrator",
      ])
  }

  @Test(
    "tells what changes, with old and new, and what goes",
    arguments: [
      ("teams: []", ["teams", "  - T"]),
      (
        "roles: [{name: R, description: d}]",
        ["roles", "  ~ R", "      description: d", "      permissions: api.call -> nothing"]
      ),
      (
        "teams: [{name: t, grants: [{connector: C}]}]",
        [
          "teams", "  ~ T", "      name: T -> t", "      grant on C: roles: User -> nothing",
          "      grant on C: companies: MX -> nothing", "      grant on C: lists: L -> nothing",
        ]
      ),
      (
        "teams: [{name: T, grants: [{connector: C, roles: [User], companies: all, lists: [L, M], actions: all}]}]",
        [
          "teams", "  ~ T", "      grant on C: companies: MX -> all", "      grant on C: lists: L -> L, M",
          "      grant on C: actions: all",
        ]
      ),
      (
        "apiUsers: [{name: A, enabled: false, tokens: [{name: t, disabled: true, widgets: [W]}, {name: u}]}]",
        [
          "apiUsers", "  ~ A", "      enabled: true -> false", "      teams: T -> nothing",
          "      token t: disabled: false -> true", "      token t: widgets: W",
          "      token u: expires: in 90 days",
          "  - B",
        ]
      ),
      (
        "apiUsers: [{name: A, teams: [T], tokens: []}, {name: B}]",
        ["apiUsers", "  ~ A", "      token t: revoked for good"]
      ),
      ("apiUsers: [{name: A, teams: [T]}, {name: B}]", []),
      ("apiUsers: []", ["apiUsers", "  - A", "      token t: revoked for good", "  - B"]),
      (
        "catalogue: {connectors: [{name: C, companies: [MX, CA], lists: [{name: L, actions: [go, stop]}]}]}",
        [
          "catalogue.connectors", "  ~ C", "      companies: MX, US -> CA, MX",
          "      list L: group: G -> nothing",
          "      list L: actions: go -> go, stop", "      list M: there -> nothing",
        ]
      ),
      (
        "catalogue: {widgets: [{name: W, url: 'https://e.org/x', connector: C, lists: [L], open: true}]}",
        [
          "catalogue.widgets", "  - V", "  ~ W", "      url: https://e.org/w -> https://e.org/x",
          "      open: false -> true",
        ]
      ),
      ("catalogue: {}", []),
    ] as [(String, [String])])
  func changes(section: String, lines: [String]) throws {
    let fixture = try Fixture()
    try fixture.apply(Self.base)
    let text = "popsec: 1\n" + section
    #expect(try fixture.plan(text).text() == lines)
    try fixture.apply(text)
    #expect(try fixture.plan(text).text() == [])
  }

  @Test("an empty section removes all, an absent one nothing")
  func sections() throws {
    let fixture = try Fixture()
    try fixture.apply(Self.base)
    #expect(try fixture.plan("popsec: 1").isEmpty)
    let plan = try fixture.plan(
      "popsec: 1\napiUsers: []\nroles: []\ncatalogue: {connectors: [], widgets: []}")
    #expect(plan.count(.removed) == 6)
    #expect(plan.summary == "0 to add, 0 to change, 6 to remove")
  }

  @Test("a long one can be told short")
  func short() throws {
    let lines = try Fixture().plan("popsec: 1\nteams: [{name: a}, {name: b}, {name: c}]").text(
      entriesPerSection: 2)
    #expect(lines == ["teams", "  + a", "  + b", "  … and 1 more"])
  }

  @Test(
    "a file that leaves no enabled Administrator is refused",
    arguments: [
      ("users: []", false),
      ("users: [{name: root}]", false),
      ("users: [{name: root, enabled: false, roles: [Administrator]}]", false),
      ("users: [{name: root, roles: [SecurityAdministrator]}]", false),
      ("users: [{name: other, roles: [administrator]}]", true),
      ("users: [{name: root, teams: [Admins]}]\nteams: [{name: Admins, roles: [Administrator]}]", true),
      ("users: [{name: root, teams: [Admins]}]\nteams: [{name: Admins}]", false),
      ("users: []\napiUsers: [{name: a, roles: [Administrator]}]", false),
    ])
  func administrators(sections: String, isAllowed: Bool) throws {
    let fixture = try Fixture()
    try fixture.apply(Self.base)
    let expected =
      isAllowed
      ? []
      : [
        "file:1:1: the file would leave no enabled Administrator; keep at least one enabled user with the role Administrator, of its own or by a team"
      ]
    #expect(try fixture.problems("popsec: 1\n" + sections) == expected)
  }

  @Test("a file that removes the only team of Administrators is refused")
  func administratorsByTeam() throws {
    let fixture = try Fixture()
    let text =
      "popsec: 1\nteams: [{name: Admins, roles: [Administrator]}]\nusers: [{name: u, teams: [Admins]}]"
    try fixture.apply(text)
    #expect(try fixture.problems("popsec: 1\nteams: []").count == 1)
    #expect(try fixture.problems("popsec: 1\nteams: [{name: Admins}]").count == 1)
    #expect(try fixture.problems("popsec: 1\nteams: [{name: admins, roles: [Administrator]}]").isEmpty)
  }

  @Test("for a store that never had an Administrator need not bring one")
  func noAdministrators() throws {
    #expect(try Fixture().problems("popsec: 1\nusers: [{name: u}]").isEmpty)
  }
}
