import Foundation
import Testing

@Suite("Access that ends, by commands")
struct EndsTests {
  let program: Program

  /// The real case, with a contractor whose access to Mexico ends on a Friday.
  static let file = """
    popsec: 1
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]
          lists:
            - {name: Sales Orders, group: Sales}
      widgets:
        - {name: Sales, url: "https://portal.example.com/sales", connector: Business Central, lists: [Sales Orders]}
    teams:
      - name: Mexico
        roles: [WidgetReader]
        grants: [{connector: Business Central, roles: [User], companies: [MX], lists: [Sales Orders]}]
    apiUsers:
      - {name: Contractor, teams: [{name: Mexico, until: "2126-11-29T18:00:00Z"}]}
      - name: Gone
        roles: [{name: WidgetReader, until: "2020-02-01T00:00:00Z"}, APIReader]
        teams: [{name: Mexico, until: "2020-01-01T00:00:00Z"}]
        grants: [{connector: Business Central, roles: [User], companies: [MX], lists: all, until: "2020-03-01T00:00:00Z"}]
    """

  init() throws {
    program = try .filled("ends") { program in
      let path = program.home + "/file.yaml"
      try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
      try program.run("apply", path, "--yes").mustSucceed()
    }
  }

  private func roles(_ name: String, _ kind: String = "api-user") throws -> [JSONValue] {
    try program.run(kind, "show", name, "--json").object()["roles"]?.elements ?? []
  }

  @Test("a contractor's access is there a second before its end, and gone at the end")
  func contractor() throws {
    let request = ["check", "--api-user", "Contractor", "--widget", "Sales", "--company", "MX", "--at"]
    let before = try program.run(request + ["2126-11-29T17:59:59Z"])
    before.mustSucceed()
    #expect(before.lines.last == "  until 2126-11-29 18:00 UTC")
    let json = try program.run(request + ["2126-11-29T17:59:59Z", "--json"])
    #expect(try json.object()["until"]?.text == "2126-11-29T18:00:00Z")
    let after = try program.run(request + ["2126-11-29T18:00:00Z"])
    #expect(after.status == 1)
    #expect(
      after.output == """
        denied at the step surface: the role of team “Mexico”, WidgetReader would open widgets: the membership in \
        team “Mexico” ended at 2126-11-29 18:00 UTC
          to allow it: prolong the membership of API user “Contractor” in team “Mexico”

        """)
    let line = #"{"apiUser":"Contractor","widget":"Sales","company":"MX","at":"2126-11-29T1"#
    let batch = try program.run(
      "check", "--batch", "-", input: line + "7:59:59Z\"}\n" + line + "8:00:00Z\"}\n")
    batch.mustSucceed()
    #expect(batch.lines.map { $0.contains(#""until":"2126-11-29T18:00:00Z""#) } == [true, false])
    #expect(batch.lines.map { $0.contains(#""decision":"allow""#) } == [true, false])
  }

  @Test("explain lists the roles and grants that are out of force, each with its instant")
  func explain() throws {
    let outcome = try program.run("explain", "--api-user", "Gone", "--widget", "Sales")
    #expect(outcome.status == 1)
    for words in [
      "the role ended at 2020-02-01 00:00 UTC",
      "the membership in team “Mexico” ended at 2020-01-01 00:00 UTC",
      "the grant ended at 2020-03-01 00:00 UTC", "to allow it: prolong",
    ] { #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)") }
    let record = try program.run("explain", "--api-user", "Gone", "--widget", "Sales", "--json").object()
    let ended = try #require(record["rolesNotInForce"]).elements.map { $0["ended"]?.text }
    #expect(Set(ended) == ["2020-02-01T00:00:00Z", "2020-01-01T00:00:00Z"])
    #expect(
      Set(try #require(record["grants"]).elements.map { $0["ended"]?.text }).contains("2020-03-01T00:00:00Z"))
  }

  @Test("a role is given with a beginning and an end, which stay until they are told otherwise")
  func givesRoles() throws {
    try program.run("user", "add", "Ada", "--role", "TokenOperator", "--team", "Mexico", "--until", "+2w")
      .mustSucceed()
    let ada = try program.run("user", "show", "Ada", "--json").object()
    #expect(ada["roles"]?[0]?["until"]?.text == ada["teams"]?[0]?["until"]?.text)
    #expect(ada["roles"]?[0]?["until"]?.text?.hasSuffix("Z") == true)
    let given = try program.run(
      "user", "role", "Ada", "--remove", "TokenOperator", "--add", "SecurityReader", "--from", "2120-01-01",
      "--until", "2120-06-30T18:00:00+02:00")
    given.mustSucceed()
    #expect(given.output.contains("SecurityReader from 2120-01-01T00:00:00Z until 2120-06-30T16:00:00Z"))
    try program.run("user", "role", "Ada", "--add", "SecurityReader").mustSucceed()
    #expect(try roles("Ada", "user").map { $0["until"]?.text } == ["2120-06-30T16:00:00Z"])
    try program.run("user", "role", "Ada", "--add", "SecurityReader", "--until", "never").mustSucceed()
    #expect(try roles("Ada", "user") == [.string("SecurityReader")])
    let joined = try program.run(
      "user", "bulk", "add-to-team", "Ada", "--team", "Mexico", "--until", "2120-01-01", "--yes")
    joined.mustSucceed()
    #expect(joined.output.contains("to the team “Mexico” until 2120-01-01T00:00:00Z"))
    #expect(
      try program.run("user", "show", "Ada", "--json").object()["teams"]?[0]?["until"]?.text
        == "2120-01-01T00:00:00Z")
  }

  @Test(
    "what would give nothing, and what is no instant, is refused, and nothing is changed",
    arguments: [
      ["--until", "2020-01-01"], ["--from", "2120-01-02", "--until", "2120-01-01"],
      ["--from", "+1d", "--until", "+1d"], ["--until", "2120-01-01T00:00:00.5Z"], ["--until", "garbage"],
      ["--until", "+99999999999d"], ["--from", "never"], ["--until", ""],
    ])
  func refuses(bounds: [String]) throws {
    try program.run("user", "add", "Ada").mustSucceed()
    try program.run(["user", "role", "Ada", "--add", "TokenOperator"] + bounds).mustFail(65)
    #expect(try roles("Ada", "user").isEmpty)
    try program.run(["user", "add", "Bob", "--role", "TokenOperator"] + bounds).mustFail(65)
    try program.run("user", "show", "Bob").mustFail(66)
  }

  @Test("--from and --until without what they are for are wrong usage")
  func usage() throws {
    for arguments in [
      ["user", "role", "Gone", "--remove", "APIReader", "--until", "+1d"],
      ["user", "add", "Ada", "--until", "+1d"], ["api-user", "add", "A", "--from", "+1d"],
      ["api-user", "bulk", "disable", "--all", "--until", "+1d"], ["token", "set-expiry", "Gone", "t"],
    ] { #expect(try program.run(arguments).status == 64, "\(arguments)") }
  }

  @Test("a token may begin later, and is not yet valid until then")
  func tokens() throws {
    let added = try program.run(
      "token", "add", "Contractor", "t", "--from", "2120-01-01", "--expires", "never")
    added.mustSucceed()
    #expect(added.output.contains("valid from 2120-01-01 00:00 UTC, never expires"))
    func token() throws -> JSONValue? { try program.run("token", "list", "Contractor", "--json").object()[0] }
    #expect(try token()?["state"]?.text == "notYetValid")
    #expect(try token()?["from"]?.text == "2120-01-01T00:00:00Z")
    #expect(
      try program.run("token", "list", "Contractor").output.contains("not yet valid: from 2120-01-01 00:00"))
    let set = { (arguments: String...) in
      try program.run(["token", "set-expiry", "Contractor", "t"] + arguments)
    }
    try set("--expires", "2119-01-01").mustFail(65)
    try set("--from", "2121-01-01").mustSucceed()
    #expect(try token()?["from"]?.text == "2121-01-01T00:00:00Z")
    #expect(try token()?["expires"]?.text == "never")
    try set("--from", "none", "--expires", "+36h").mustSucceed()
    #expect(try token()?["state"]?.text == "live")
    #expect(try token()?["from"] == .null)
    try program.run("api-user", "add", "Later", "--token", "t", "--from", "2120-01-01", "--expires", "never")
      .mustSucceed()
    #expect(try program.run("token", "list", "Later", "--json").object()[0]?["state"]?.text == "notYetValid")
  }

  @Test("access shows, at an instant, what there is and when it ends")
  func access() throws {
    let now = try program.run("access", "Contractor")
    now.mustSucceed()
    #expect(now.output.contains("by team “Mexico” until 2126-11-29 18:00 UTC"))
    #expect(
      now.lines.contains { $0.hasPrefix("widgets: open") && $0.hasSuffix("until 2126-11-29 18:00 UTC") })
    let then = try program.run("access", "Contractor", "--at", "2126-11-29T18:00:00Z")
    #expect(then.output.contains("no grant gives anything at this time"))
    #expect(then.output.contains("widgets: closed"))
    let object = try program.run("access", "Contractor", "--at", "2126-11-29T17:59:59Z", "--json").object()
    #expect(object["at"]?.text == "2126-11-29T17:59:59Z")
    #expect(object["widgets"]?["until"]?.text == "2126-11-29T18:00:00Z")
    #expect(object["connectors"]?[0]?["pairs"]?[0]?["until"]?.text == "2126-11-29T18:00:00Z")
    try program.run("access", "Contractor", "--at", "soon").mustFail(65)
    let viewers = { (at: String) in
      try program.run("access", "--list", "Sales Orders", "--at", at, "--json").object().elements
        .compactMap { $0["name"]?.text }
    }
    #expect(Set(try viewers("2019-12-31")) == ["Mexico", "Gone"])
    #expect(Set(try viewers("2120-01-01")) == ["Mexico"])
  }

  // MARK: What is over

  private func ended(_ arguments: String...) throws -> [[String?]] {
    try program.run(["grant", "list", "--ended", "--json"] + arguments).object().elements.map { row in
      ["kind", "holder", "what", "ended"].map { row[$0]?.text }
    }
  }

  private static let over: [[String?]] = [
    ["membership", "apiUser:Gone", "Mexico", "2020-01-01T00:00:00Z"],
    ["role", "apiUser:Gone", "WidgetReader", "2020-02-01T00:00:00Z"],
    ["grant", "apiUser:Gone", "Business Central", "2020-03-01T00:00:00Z"],
  ]

  private func auditCount() throws -> Int {
    try program.run("audit", "list", "--limit", "1000", "--json").object().count
  }

  @Test("what is over is listed, of one holder or connector too")
  func listsEnded() throws {
    #expect(try ended() == Self.over)
    #expect(try ended("--api-user", "Contractor").isEmpty)
    #expect(try ended("--connector", "Business Central") == [Self.over[2]])
    #expect(try program.run("grant", "list", "--ended").output.contains("2020-02-01 00:00"))
  }

  @Test("sweeping takes what is over away in one transaction, with a row for each, and undo brings it back")
  func sweeps() throws {
    let rows = try auditCount()
    let dry = try program.run("grant", "sweep", "--dry-run")
    dry.mustSucceed()
    #expect(dry.output.contains("apiUser:Gone") && dry.output.contains("effect on access"))
    try Self.refusesWithoutTerminal(program.run("grant", "sweep"))
    try program.run("grant", "sweep", "--before", "+1d", "--yes").mustFail(65)
    #expect(try ended() == Self.over)
    #expect(try auditCount() == rows)
    try program.run("grant", "sweep", "--before", "2020-01-01", "--yes").mustSucceed()
    #expect(try ended() == Array(Self.over.dropFirst()))
    let swept = try program.run("grant", "sweep", "--yes", "--json")
    swept.mustSucceed()
    let object = try swept.object()
    #expect(object["applied"] == .bool(true))
    #expect(object["ended"]?.elements.count == 2)
    #expect(object["effect"]?["lines"]?.elements.isEmpty == true)
    #expect(try ended().isEmpty)
    #expect(try auditCount() == rows + 3)
    #expect(try roles("Gone") == [.string("APIReader")])
    #expect(try program.run("grant", "sweep", "--yes").output == "nothing is over\n")
    try program.run("undo", "--yes").mustSucceed()
    #expect(try ended() == Array(Self.over.dropFirst()))
  }

  /// Checks that a question which nobody can answer changes nothing.
  private static func refusesWithoutTerminal(_ outcome: Outcome) {
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("there is no terminal to ask"))
  }

  @Test("sweeping counts as removing, where that takes two")
  func takesTwo() throws {
    let program = try TwoAdministrators.program()
    let path = program.home + "/file.yaml"
    try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
    try program.run(["apply", path, "--yes"], environment: TwoAdministrators.first).mustSucceed()
    try program.run(["settings", "set", "dual.removals", "3"], environment: TwoAdministrators.first)
      .mustSucceed()
    let swept = try program.run(["grant", "sweep", "--yes"], environment: TwoAdministrators.first)
    #expect(swept.status == 75, "\(swept.output)\(swept.errors)")
    let left = try program.run("grant", "list", "--ended", "--json").object().count
    #expect(left == 3)
    let waiting = try program.run("inbox", "--json", environment: TwoAdministrators.second).object()
    guard case .number(let number)? = waiting[0]?["number"] else {
      Issue.record("nothing waits")
      return
    }
    try program.run("inbox", "agree", String(Int(number)), "--yes", environment: TwoAdministrators.second)
      .mustSucceed()
    #expect(try program.run("grant", "list", "--ended", "--json").object().count == 0)
  }

  // MARK: Plans

  @Test("a plan tells first which ends would vanish or move so that more is given")
  func plans() throws {
    let longer = Self.file.replacing(
      "teams: [{name: Mexico, until: \"2126-11-29T18:00:00Z\"}]", with: "teams: [Mexico]"
    )
    .replacing("until: \"2020-03-01T00:00:00Z\"", with: "until: \"2126-03-01T00:00:00Z\"")
    let plan = try program.run("plan", "-", input: longer)
    #expect(plan.status == 2)
    #expect(
      plan.lines.prefix(3) == [
        "given by beginnings and ends that vanish or move",
        "  + apiUsers: Contractor: team Mexico: until 2126-11-29T18:00:00Z -> without bounds",
        "  + apiUsers: Gone: grant on Business Central: until 2020-03-01T00:00:00Z -> until 2126-03-01T00:00:00Z",
      ])
    let object = try program.run("plan", "-", "--json", input: longer).object()
    #expect(object["widened"]?.elements.map { $0["name"]?.text } == ["Contractor", "Gone"])
    // An end that comes sooner gives nothing, and what is over stays over whatever end in the past it has.
    let shorter = Self.file.replacing("2126-11-29T18:00:00Z", with: "2125-11-29T18:00:00Z")
      .replacing("2020-02-01T00:00:00Z", with: "2021-02-01T00:00:00Z")
    let narrowing = try program.run("plan", "-", input: shorter)
    #expect(narrowing.status == 2)
    #expect(!narrowing.output.contains("vanish or move"))
  }
}
