import Foundation
import Testing

@Suite struct SecurityFileTests {
  let program: Program

  init() throws { program = try .initialized() }

  private static let file = """
    popsec: 1
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]
          lists:
            - name: Sales Orders
              group: Sales
              actions: [Release order]
      widgets:
        - name: Sales MX
          url: https://portal.example.com/widgets/sales
          connector: Business Central
          lists: [Sales Orders]
    teams:
      - name: Sales MX
        roles: [WidgetReader]
        grants:
          - connector: Business Central
            roles: [User]
            companies: [MX]
            lists: [Sales Orders]
            actions: all
    apiUsers:
      - name: Portal Mexico
        teams: [Sales MX]
        tokens:
          - name: portal
            expires: never
            widgets: [Sales MX]
    """

  private func write(_ text: String, _ name: String = "security.yaml") throws -> String {
    let path = program.home + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test("plan tells what there is to do with status 2, and 0 once it is done")
  func plans() throws {
    let path = try write(Self.file)
    let plan = try program.run("plan", path)
    #expect(plan.status == 2)
    #expect(plan.output.contains("+ Portal Mexico"))
    #expect(try program.run("api-user", "list", "--json").object() == .array([]))
    try program.run("apply", path, "--yes").mustSucceed()
    let done = try program.run("plan", path)
    done.mustSucceed()
    #expect(done.output == "nothing to do\n")
  }

  @Test("plan --json has stable keys")
  func plansJSON() throws {
    let plan = try program.run("plan", try write(Self.file), "--json")
    #expect(plan.status == 2)
    let object = try plan.object()
    #expect(object.keys == ["applied", "widened", "changes", "effect"])
    #expect(object["applied"] == .bool(false))
    #expect(object["changes"]?[0]?.keys == ["section", "kind", "name", "fields"])
  }

  @Test(
    "apply with neither --yes nor a terminal shows the plan, changes nothing and ends with 64",
    arguments: [true, false])
  func needsYes(fromStandardInput: Bool) throws {
    let path = try write(Self.file)
    let outcome =
      fromStandardInput ? try program.run("apply", "-", input: Self.file) : try program.run("apply", path)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("popsec: nothing was changed"))
    #expect(outcome.errors.contains("hint: add --yes"))
    #expect(try program.run("api-user", "list", "--json").object() == .array([]))
  }

  @Test("the commands show what was applied")
  func shows() throws {
    try program.run("apply", "-", "--yes", input: Self.file).mustSucceed()
    let team = try program.run("team", "show", "sales mx", "--json").object()
    #expect(team["members"] == .number(1))
    #expect(team["roles"]?[0]?.text == "WidgetReader")
    let grant = team["grants"]?[0]
    #expect(grant?["companies"]?[0]?.text == "MX")
    #expect(grant?["actions"]?.text == "all")
    #expect(grant?["details"] == .array([]))
    let members = try program.run("team", "members", "Sales MX", "--json").object()
    #expect(members[0]?["name"]?.text == "Portal Mexico")
    let catalogue = try program.run("catalogue", "list", "--json").object()
    #expect(catalogue["connectors"]?[0]?["lists"] == .number(1))
    #expect(catalogue["widgets"]?[0]?["lists"]?[0]?.text == "Sales Orders")
    let connector = try program.run("catalogue", "show", "business central", "--json").object()
    #expect(connector["lists"]?[0]?["actions"]?[0]?.text == "Release order")
    let token = try program.run("token", "list", "Portal Mexico", "--json").object()[0]
    #expect(token?["widgets"]?[0]?.text == "Sales MX")
    #expect(token?["expires"]?.text == "never")
    #expect(try program.run("grant", "list", "--json").object().count == 1)
    #expect(try program.run("grant", "show", "--team", "Sales MX", "--json").object().count == 1)
    #expect(try program.run("grant", "list", "--api-user", "Portal Mexico", "--json").object() == .array([]))
    let role = try program.run("role", "show", "widgetreader", "--json").object()
    #expect(role["teams"] == .number(1))
    #expect(role["firstHolders"]?[0]?["kind"]?.text == "team")
  }

  @Test(
    "every list and page is printed for people, too",
    arguments: [
      ["team", "list"], ["team", "show", "Sales MX"], ["team", "members", "Sales MX"], ["catalogue", "list"],
      ["catalogue", "show", "Business Central"], ["grant", "list"], ["grant", "show", "--team", "Sales MX"],
      ["role", "list"],
      ["role", "show", "WidgetReader"], ["api-user", "list"], ["api-user", "show", "Portal Mexico"],
      ["user", "list"],
      ["token", "list", "Portal Mexico"],
    ])
  func people(arguments: [String]) throws {
    try program.run("apply", "-", "--yes", input: Self.file).mustSucceed()
    let outcome = try program.run(arguments)
    outcome.mustSucceed()
    #expect(!outcome.lines.isEmpty)
    #expect(!outcome.lines.contains { $0.hasSuffix(" ") })
  }

  @Test("applying what was exported changes nothing", arguments: ["yaml", "json"])
  func roundTrips(format: String) throws {
    try program.run("apply", "-", "--yes", input: Self.file).mustSucceed()
    let export = try program.run("export", "--format", format)
    export.mustSucceed()
    try program.run("plan", "-", input: export.output).mustSucceed()
  }

  @Test("an export goes to a new file for its owner alone, and never over another")
  func exportsToFile() throws {
    let path = program.home + "/export.yaml"
    try program.run("export", "--output", path).mustSucceed()
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try program.run("export", "--output", path).mustFail(73)
    let secrets = try String(contentsOfFile: path, encoding: .utf8).contains("pst_")
    #expect(!secrets)
  }

  @Test(
    "a file that is none is refused by 65, with its places, and nothing is changed",
    arguments: [
      "", "popsec: 2\n", "popsec: 1\nteamz: []\n", "{", "\u{0}",
      "popsec: 1\nteams:\n  - name: A\n  - name: a\n",
    ])
  func refuses(text: String) throws {
    let outcome = try program.run("apply", "-", "--yes", input: text)
    outcome.mustFail(65)
  }

  @Test("the demo store can be kept without opening the console")
  func demo() throws {
    let folder = program.home + "/demo"
    try program.run("demo", "--keep", folder, "--no-console").mustSucceed()
    #expect(try program.run("api-user", "list", "--json", "--store", folder).object().count == 25)
    #expect(try program.run("--store", folder, "team", "list", "--json").object().count == 6)
    #expect(
      try program.run("catalogue", "list", "--json", "--store", folder).object()["connectors"]?.count == 3)
    try program.run("demo", "--keep", folder, "--no-console").mustFail(73)
  }
}
