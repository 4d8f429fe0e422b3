import Testing

@Suite("Conditions on the command line")
struct WhereTests {
  let program: Program

  init() throws {
    program = try .initialized()
    try program.run("user", "add", "ada").mustSucceed()
    try program.run("team", "add", "Sales MX").mustSucceed()
    try program.run("api-user", "add", "Portal", "--token", "web", "--label", "env=prod").mustSucceed()
    try program.run("api-user", "add", "Kiosk", "--token", "screen", "--expires", "never").mustSucceed()
    try program.run("token", "add", "Portal", "short", "--expires", "5d", "--owner", "user:ada").mustSucceed()
    try program.run("token", "add", "ada", "own", "--user").mustSucceed()
    try program.run("api-user", "team", "Portal", "--add", "Sales MX", "--yes").mustSucceed()
  }

  private func names(_ arguments: String...) throws -> [String?] {
    let outcome = try program.run(arguments + ["--json"])
    outcome.mustSucceed()
    return try outcome.object().elements.map { $0["name"]?.text }
  }

  @Test("find tokens of all users and API users, by user and name")
  func tokens() throws {
    #expect(try names("token", "list") == ["own", "screen", "short", "web"])
    let cases: [([String], [String])] = [
      (["ends<14d"], ["short"]), (["ends:never"], ["screen"]), (["user:portal"], ["short", "web"]),
      (["user:portal", "ends<14d"], ["short"]), (["team:\"sales mx\" -ends<14d"], ["web"]),
      (["-user:portal"], ["own", "screen"]), (["owner:user:ADA"], ["short"]), (["owner:ada"], ["short"]),
      (["scr"], ["screen"]), (["created<1h"], ["own", "screen", "short", "web"]), (["unused>1d"], []),
      (["used:never state:live s"], ["screen", "short"]), (["s", "t"], ["short"]),
    ]
    for (conditions, expected) in cases {
      let arguments = ["token", "list", "--json"] + conditions.flatMap { ["--where", $0] }
      let found = try program.run(arguments).object().elements.map { $0["name"]?.text }
      #expect(found == expected, "\(conditions)")
    }
    #expect(try names("token", "list", "portal", "--where", "ends<14d") == ["short"])
    #expect(try names("token", "list", "--owner", "user:ada") == ["short"])
    let table = try program.run("token", "list")
    #expect(table.output.hasPrefix("User "), "\(table.output)")
    #expect(table.output.split(separator: "\n").count == 5)
    table.mustNotReveal()
  }

  @Test("find in the other lists, and choose for a bulk command")
  func others() throws {
    #expect(try names("api-user", "list", "--where", "ends<14d") == ["Portal"])
    #expect(try names("api-user", "list", "--where", "-team:\"Sales MX\"") == ["Kiosk"])
    #expect(try names("api-user", "list", "--matching", "o", "--where", "k env=prod") == [])
    #expect(try names("user", "list", "--where", "role:Administrator state:enabled").count == 1)
    #expect(try names("team", "list", "--where", "created<1h sal") == ["Sales MX"])
    #expect(try names("team", "list", "--where", "role:WidgetReader") == [])
    try program.run("api-user", "bulk", "disable", "--where", "env=prod", "--yes").mustSucceed()
    #expect(try names("api-user", "list", "--where", "state:disabled") == ["Portal"])
    #expect(
      try program.run("grant", "list", "--where", "team:\"Sales MX\"", "--json").object().elements.isEmpty)
    try program.run("catalogue", "list", "--where", "kind:widget state:open").mustSucceed()
  }

  @Test(
    "that can't be read, or name what there is not, are refused with a hint",
    arguments: [
      (["token", "list", "--where", "ends<14x"], Int32(65), "write ends<14d"),
      (["token", "list", "--where", "stat:live"], 65, "did you mean “state”?"),
      (["team", "list", "--where", "ends<14d"], 65, "teams can be asked by: role, created"),
      (["token", "list", "--where", "team:\"Sales"], 65, "close it"),
      (["token", "list", "--where", "team:Sales"], 66, "did you mean “Sales MX”?"),
      (["api-user", "list", "--where", "role:WidgetReade"], 66, "did you mean “WidgetReader”?"),
      (["grant", "list", "--where", "connector:none"], 66, "names are compared whole"),
      (["token", "list", "--where", ""], 64, "usage"), (["token", "list", "--where", "--json"], 64, "usage"),
      (["token", "list", "--user"], 64, "usage"),
      (["grant", "list", "--ended", "--where", "x"], 64, "usage"),
      (["api-user", "bulk", "disable", "--where", " ", "--yes"], 64, "usage"),
      (["api-user", "bulk", "disable", "--all", "--where", "x", "--yes"], 64, "usage"),
      (["find", " "], 64, "usage"), (["find", "x", "--limit", "0"], 64, "usage"),
    ])
  func refused(arguments: [String], status: Int32, hint: String) throws {
    let outcome = try program.run(arguments)
    outcome.mustFail(status)
    #expect(outcome.errors.contains(hint), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test("find looks among things of every kind, and says where there is nothing")
  func find() throws {
    let found = try program.run("find", "SALES", "--json").object().elements
    #expect(found.map { $0["kind"]?.text } == ["team"] && found.first?["name"]?.text == "Sales MX")
    let token = try program.run("find", "web", "--json").object().elements
    #expect(token.first?["kind"]?.text == "token" && token.first?["of"]?.text == "Portal")
    #expect(token.contains { $0["name"]?.text == "WidgetReader" } == false)
    #expect(try program.run("find", "o", "--limit", "2", "--json").object().elements.count == 2)
    #expect(try program.run("find", "zzz").output.contains("nothing you may see"))
    #expect(try program.run("find", "mx", "sal").output.contains("Sales MX"))
    try program.run(
      "law", "add", "payroll is secret", "--reason", "policy", "--owned", "--all-api-users", "--watch",
      "--yes"
    ).mustSucceed()
    let law = try program.run("find", "secret pay", "--json").object().elements
    #expect(law.map { $0["kind"]?.text } == ["law"] && law.first?["id"]?.text == "payroll is secret")
  }
}
