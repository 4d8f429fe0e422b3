import Foundation
import Testing

@Suite struct CheckTests {
  let program: Program

  /// The demo's real case.
  static let file = """
    popsec: 1
    catalogue:
      connectors:
        - name: Business Central
          companies: [MX, US]
          lists:
            - {name: Sales Orders, group: Sales, actions: [Release order]}
            - {name: Items, group: Stock}
      widgets:
        - {name: Sales MX, url: "https://portal.example.com/sales", connector: Business Central, lists: [Sales Orders]}
    teams:
      - name: Mexico
        roles: [WidgetReader, APIReader]
        grants:
          - connector: Business Central
            roles: [User]
            companies: [MX]
            lists: [Sales Orders]
            actions: all
    apiUsers:
      - {name: Portal Mexico, teams: [Mexico], tokens: [{name: portal, expires: never}]}
      - {name: Portal "US"}
    """

  init() throws {
    program = try .filled("checks") { program in
      let path = program.home + "/file.yaml"
      try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
      try program.run("apply", path, "--yes").mustSucceed()
    }
  }

  @Test("check tells the decision, and exits with 0 or 1")
  func single() throws {
    let allowed = try program.run("check", "--api-user", "portal mexico", "--widget", "Sales MX")
    allowed.mustSucceed()
    #expect(allowed.output == "allowed: covered by the grant of team “Mexico”\n  MX: Sales Orders\n")
    let denied = try program.run(
      "check", "--api-user", "Portal Mexico", "--widget", "Sales MX", "--company", "US")
    #expect(denied.status == 1)
    #expect(
      denied.output == """
        denied at the step grant: the grant of team “Mexico” does not have the company “US”
          to allow it: add company “US” to the grant of team “Mexico” on “Business Central”

        """)
  }

  @Test("the Token ID is read from standard input, and a named token needs its user")
  func tokens() throws {
    let secret = try program.run(["token", "reveal", "Portal Mexico", "portal"], reveals: true).output
    try program.run("check", "--widget", "Sales MX", input: secret).mustSucceed()
    try program.run("check", "--widget", "Sales MX", input: "https://x/?token=" + secret).mustSucceed()
    try program.run(
      "check", "--api-user", "Portal Mexico", "--token-name", "PORTAL", "--widget", "Sales MX"
    ).mustSucceed()
    let unknown = try program.run("check", "--widget", "Sales MX", input: "pst_nope")
    #expect(unknown.status == 1)
    #expect(unknown.output.hasPrefix("denied at the step token: "))
    #expect(try program.run("check", "--token-name", "portal", "--widget", "Sales MX").status == 64)
  }

  @Test(
    "wrong options are reported before the store is opened",
    arguments: [
      [], ["--api-user", "a"], ["--api-user", "a", "--user", "b", "--widget", "w"],
      ["--api-user", "a", "--widget", "w", "--endpoint", "e"], ["--api-user", "a", "--api"],
      ["--api-user", "a", "--connector", "c"], ["--api-user", "a", "--widget", "w", "--method", "GET"],
      ["--api-user", "a", "--widget", "w", "--action", "x", "--detail", "y"],
      ["--batch", "-", "--widget", "w"],
    ])
  func usage(arguments: [String]) throws {
    for command in ["check", "explain"] {
      let outcome = try program.run([command] + arguments)
      #expect(outcome.status == 64)
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("unknown users, times and addresses are errors")
  func badValues() throws {
    try program.run("check", "--api-user", "Portal", "--widget", "Sales MX").mustFail(66)
    for option in [["--at", "soon"], ["--source", "here"]] {
      try program.run(["check", "--api-user", "Portal Mexico", "--widget", "Sales MX"] + option).mustFail(65)
    }
    try program.run("check", "--api-user", "Portal Mexico", "--endpoint", "e", "--method", "G3T").mustFail(65)
  }

  @Test("explain shows the six steps as a tree, and as JSON with all grants")
  func explains() throws {
    let arguments = ["explain", "--api-user", "Portal \"US\"", "--api", "--connector", "Business Central"]
    let outcome = try program.run(arguments + ["--list", "Items", "--company", "MX"])
    #expect(outcome.status == 1)
    #expect(outcome.lines.first == "denied at the step surface")
    #expect(outcome.output.contains("├─ ✓ user       API user “Portal \"US\"” is enabled"))
    #expect(outcome.output.contains("└─ ✗ grant      nothing was granted on “Business Central”"))
    #expect(outcome.output.contains("\nto allow it: give the system role APIReader to "))
    let json = try program.run(arguments + ["--list", "Items", "--json"]).object()
    #expect(json["decision"]?.text == "deny")
    #expect(json["step"]?.text == "surface")
    #expect(
      json["steps"]?.elements.compactMap { $0["outcome"]?.text } == [
        "skipped", "skipped", "held", "failed", "held", "failed",
      ])
    #expect(json["fixes"]?.count == 2)
    let allowed = try program.run(
      "explain", "--api-user", "Portal Mexico", "--widget", "Sales MX", "--json"
    ).object()
    #expect(allowed["grants"]?[0]?["grant"]?.text == "team:Mexico")
    #expect(allowed["pairs"]?[0]?["company"]?.text == "MX")
  }

  @Test(
    "trees are drawn in ASCII where the environment asks for another charset",
    arguments: [("C", true), ("de_DE.UTF-8", true), ("en_US.ISO-8859-1", false)])
  func signs(locale: String, isUnicode: Bool) throws {
    let commands = [
      ["explain", "--api-user", "Portal Mexico", "--widget", "Sales MX"], ["access", "Portal Mexico"],
    ]
    let signs = [("├─ ✓ user", "|- + user"), ("   └─ Sales Orders", "   `- Sales Orders")]
    for (command, sign) in zip(commands, signs) {
      let output = try program.run(command, environment: ["LC_ALL": locale]).output
      #expect(output.contains(sign.0) == isUnicode)
      #expect(output.contains(sign.1) != isUnicode)
    }
  }

  @Test("a batch is answered line by line, in order, whatever stands on a line")
  func batch() throws {
    let long = "{\"apiUser\":\"" + String(repeating: "x", count: 70_000) + "\"}"
    let lines = [
      #"{"apiUser":"Portal Mexico","widget":"Sales MX","company":"MX","list":"Sales Orders"}"#,
      #"{"apiUser":"Portal Mexico","widget":"Sales MX","company":"US"}"#, "", long,
      #"{"apiUser":"Nobody","widget":"Sales MX"}"#,
      #"{"apiUser":"Portal \"US\"","api":true,"connector":"Business Central","list":"Nope"}"#,
    ]
    // The last line has no line end.
    let outcome = try program.run("check", "--batch", "-", input: lines.joined(separator: "\n"))
    outcome.mustSucceed()
    #expect(outcome.lines.count == 6)
    #expect(
      outcome.lines[0]
        == #"{"decision":"allow","step":"grant","by":{"grant":"team:Mexico"},"connector":"Business Central","lists":["Sales Orders"],"companies":["MX"],"pairs":[{"company":"MX","list":"Sales Orders"}],"reason":"covered by the grant of team “Mexico”"}"#
    )
    let answers = try outcome.lines.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
    #expect(answers[1]["decision"]?.text == "deny")
    #expect(answers[1]["lists"] == .array([]))
    #expect(answers[1]["fix"]?.text?.hasPrefix("add company “US” to the grant of") == true)
    #expect(answers[2]["line"] == .number(3))
    #expect(answers[3]["error"]?.text == "a line has at most 65536 bytes")
    #expect(answers[3]["line"] == .number(4))
    #expect(answers[4]["error"]?.text == "there is no API user named “Nobody”")
    #expect(answers[5]["step"]?.text == "surface")
  }

  @Test("a line that comes again is answered the same, except where what it is about came between")
  func repeats() throws {
    let lines = [
      #"{"apiUser":"Portal Mexico","widget":"Sales MX","company":"MX","list":"Sales Orders"}"#,
      #"{"apiUser":"Portal Mexico","widget":"Sales MX","company":"US"}"#,
      #"{"apiUser":"Portal \"US\"","api":true,"connector":"Business Central","list":"Nope"}"#,
      #"{"apiUser":"Portal Mexico","widget":"Sales MX","at":"2020-01-01T00:00:00Z"}"#,
      #"{"apiUser":"Portal Mexico","tokenName":"portal","widget":"Sales MX","at":"2199-01-01T00:00:00Z"}"#,
    ]
    let single = try lines.map { try program.run("check", "--batch", "-", input: $0 + "\n").output }
    let all = try program.run(
      "check", "--batch", "-", input: (lines + lines + lines.reversed()).map { $0 + "\n" }.joined())
    all.mustSucceed()
    #expect(all.output == (single + single + single.reversed()).joined())
  }

  @Test("a line is answered before the next is written, and sees what was changed meanwhile")
  func streams() throws {
    var (input, output): ([Int32], [Int32]) = ([0, 0], [0, 0])
    try #require(pipe(&input) == 0 && pipe(&output) == 0)
    for end in [input[1], output[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let running = try program.start(["check", "--batch", "-"], output: output[1], standardInput: input[0])
    close(input[0])
    close(output[1])
    let answers = FileHandle(fileDescriptor: output[0], closeOnDealloc: true)
    let line = #"{"apiUser":"Portal Mexico","widget":"Sales MX"}"# + "\n"
    func ask() -> String {
      _ = line.withCString { write(input[1], $0, strlen($0)) }
      return String(decoding: answers.availableData, as: UTF8.self)
    }
    #expect(ask().hasPrefix(#"{"decision":"allow""#))
    try program.run("api-user", "disable", "Portal Mexico").mustSucceed()
    #expect(ask().hasPrefix(#"{"decision":"deny","step":"user""#))
    close(input[1])
    #expect(try running.wait().status == 0)
  }

  @Test("access shows all that somebody may see as a tree, and who may see a list")
  func access() throws {
    let tree = try program.run("access", "Portal Mexico")
    tree.mustSucceed()
    #expect(
      tree.output == """
        API user “Portal Mexico”
        widgets: open, by WidgetReader, of team “Mexico”
        endpoints and the API: open, by APIReader, of team “Mexico”
        Business Central
        └─ MX
           └─ Sales Orders  by team “Mexico”
              └─ action Release order  by team “Mexico”

        """)
    let json = try program.run("access", "--team", "mexico", "--json").object()
    #expect(json["kind"]?.text == "team")
    let pair = json["connectors"]?[0]?["pairs"]?[0]
    #expect(pair?["list"]?.text == "Sales Orders")
    #expect(pair?["by"] == .array([.string("team:Mexico")]))
    let viewers = try program.run("access", "--list", "sales orders", "--json").object()
    #expect(viewers.elements.compactMap { $0["name"]?.text } == ["Mexico"])
    #expect(viewers[0]?["members"] == .number(1))
    #expect(try program.run("access", "--list", "items", "--json").object().count == 0)
    try program.run("access", "--list", "nope").mustFail(66)
    try program.run("access", "Nobody").mustFail(66)
    #expect(try program.run("access").status == 64)
    #expect(try program.run("access", "x", "--list", "y").status == 64)
  }

  @Test("access compares two, and tells what only one of them may see")
  func difference() throws {
    try program.run("api-user", "add", "Other").mustSucceed()
    let rows = try program.run("access", "Other", "--compare", "Portal Mexico", "--json").object()
    #expect(rows.count == 1, "\(rows)")
    #expect(rows[0]?["only"]?.text == "apiUser:Portal Mexico")
    #expect(rows[0]?["list"]?.text == "Sales Orders")
    #expect(rows[0]?["companies"] == .array([.string("MX")]))
    let alike = try program.run("access", "--team", "Mexico", "--compare", "Portal Mexico", "--json").object()
    #expect(alike.count == 0, "\(alike)")
    try program.run("access", "Portal Mexico", "--compare", "Nobody").mustFail(66)
    #expect(try program.run("access", "--list", "y", "--compare", "x").status == 64)
  }
}

@Suite struct PlanEffectTests {
  let program: Program
  let path: String

  init() throws {
    program = try .initialized()
    path = program.home + "/file.yaml"
    try CheckTests.file.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func write(_ change: (String) -> String) throws {
    try change(CheckTests.file).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test("plan and apply tell what they do to who may see what")
  func effects() throws {
    let plan = try program.run("plan", path)
    #expect(plan.status == 2)
    #expect(plan.output.contains("\neffect on access\n  = 2 users gain 5 pairs of company and list"))
    #expect(
      plan.output.contains("  + API user “Portal Mexico” gains Sales Orders of MX (Business Central)\n"))
    #expect(try program.run("api-user", "list", "--json").object().count == 0)
    let applied = try program.run("apply", path, "--yes")
    applied.mustSucceed()
    #expect(applied.output.contains("effect on access"))
    #expect(try program.run("plan", path).output == "nothing to do\n")
  }

  @Test("losing the last access of a live token is called out")
  func warns() throws {
    try program.run("apply", path, "--yes").mustSucceed()
    try write { $0.replacingOccurrences(of: "roles: [User]", with: "roles: [Reader]") }
    let plan = try program.run("plan", path)
    #expect(
      plan.output.contains("  ! the token “portal” of API user “Portal Mexico” opens nothing any more\n"))
    let json = try program.run("plan", path, "--json").object()
    #expect(json["effect"]?["warnings"]?.count == 1)
    #expect(json["effect"]?["pairsLost"] == .number(1))
    #expect(json["effect"]?["cut"] == .bool(false))
  }

  @Test("plan works also for an account that could not apply it, and says what it could not look at")
  func withoutSealKey() throws {
    try FileManager.default.removeItem(atPath: program.store + "/keys/seal.key")
    let plan = try program.run("plan", path)
    #expect(plan.status == 2)
    #expect(plan.output.contains(" to add, 0 to change, 0 to remove"))
    #expect(plan.output.contains("effect on access\n  not looked at: "))
    #expect(try program.run("plan", path, "--json").object()["effect"] == .null)
  }
}
