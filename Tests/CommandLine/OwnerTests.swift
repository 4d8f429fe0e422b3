import Testing

@Suite("Owners, notes and labels on the command line")
struct OwnerTests {
  let program: Program

  init() throws { program = try .initialized() }

  @Test("are said when something is added, and changed")
  func describes() throws {
    try program.run("user", "add", "ada").mustSucceed()
    try program.run(
      "api-user", "add", "Portal", "--token", "t", "--owner", "user:ADA", "--note", "of the shop", "--label",
      "env=prod", "--label", "kind=portal"
    ).mustSucceed()
    let shown = try program.run("api-user", "show", "portal", "--json").object()
    #expect(shown["owner"]?.text == "user:ada" && shown["note"]?.text == "of the shop")
    #expect(shown["labels"] == .object(["env": .string("prod"), "kind": .string("portal")]))
    #expect(shown["createdBy"]?.text?.isEmpty == false)
    try program.run(
      "api-user", "describe", "portal", "--no-note", "--label", "env=test", "--remove-label", "kind",
      "--owner",
      "web@example.com"
    ).mustSucceed()
    let changed = try program.run("api-user", "show", "portal", "--json").object()
    #expect(changed["owner"]?.text == "web@example.com" && changed["note"]?.text == "")
    #expect(changed["labels"] == .object(["env": .string("test")]))
    #expect(try program.run("api-user", "show", "portal").output.contains("env=test"))
  }

  @Test("of a token are said, changed and listed")
  func tokens() throws {
    try program.run("api-user", "add", "Portal").mustSucceed()
    try program.run(
      "token", "add", "Portal", "a", "--owner", "web", "--note", "n", "--label", "env=prod"
    ).mustSucceed()
    try program.run("token", "add", "Portal", "b").mustSucceed()
    func names(_ arguments: String...) throws -> [String?] {
      try program.run(["token", "list", "Portal", "--json"] + arguments).object().elements.map {
        $0["name"]?.text
      }
    }
    #expect(try names("--label", "env=prod") == ["a"])
    #expect(try names("--without-owner") == ["b"])
    try program.run("token", "describe", "Portal", "b", "--owner", "web").mustSucceed()
    #expect(try names("--owner", "web") == ["a", "b"])
    #expect(try names("--without-owner") == [])
  }

  @Test("filter lists and bulk commands")
  func filters() throws {
    try program.run("user", "add", "ada").mustSucceed()
    try program.run("api-user", "add", "A", "--label", "env=prod", "--owner", "user:ada").mustSucceed()
    try program.run("api-user", "add", "B", "--label", "env=prod").mustSucceed()
    try program.run("api-user", "add", "C").mustSucceed()
    func names(_ arguments: String...) throws -> [String?] {
      try program.run(["api-user", "list", "--json"] + arguments).object().elements.map { $0["name"]?.text }
    }
    #expect(try names("--label", "env=prod") == ["A", "B"])
    #expect(try names("--owner", "user:ada") == ["A"])
    #expect(try names("--without-owner") == ["B", "C"])
    #expect(try names("--label", "env=prod", "--without-owner", "--sort", "state") == ["B"])
    try program.run("api-user", "bulk", "disable", "--label", "env=prod", "--yes").mustSucceed()
    #expect(try program.run("api-user", "show", "A", "--json").object()["enabled"] == .bool(false))
    #expect(try program.run("api-user", "show", "C", "--json").object()["enabled"] == .bool(true))
  }

  @Test("a review tells whose tokens nobody answers for")
  func review() throws {
    try program.run("user", "add", "ada").mustSucceed()
    try program.run("api-user", "add", "A", "--token", "t", "--owner", "user:ada").mustSucceed()
    func kinds() throws -> [String?] {
      try program.run("review", "--json").object()[0]?["findings"]?.elements.map { $0["kind"]?.text } ?? []
    }
    #expect(try !kinds().contains("ownerDisabled"))
    try program.run("user", "disable", "ada").mustSucceed()
    #expect(try kinds().contains("ownerDisabled"))
    try program.run("user", "delete", "ada", "--yes").mustSucceed()
    #expect(try kinds().contains("ownerDeleted"))
    #expect(
      try program.run("api-user", "show", "A", "--json").object()["owner"]?.text == "a user who is deleted")
    try program.run("api-user", "describe", "A", "--no-owner").mustSucceed()
    #expect(try kinds().contains("noOwner"))
  }

  @Test(
    "what can't be said ends with its exit status and a hint",
    arguments: [
      (65, ["api-user", "add", "x", "--label", "env"]), (65, ["api-user", "add", "x", "--label", "Env=a"]),
      (65, ["api-user", "add", "x", "--label", "a=1", "--label", "a=2"]),
      (65, ["api-user", "add", "x", "--owner", ""]),
      (66, ["api-user", "add", "x", "--owner", "user:nobody"]),
      (65, ["api-user", "add", "x", "--owner", "user:"]), (65, ["api-user", "add", "x", "--note", "a\tb"]),
      (64, ["api-user", "describe", "A"]), (64, ["api-user", "describe", "A", "--owner", "x", "--no-owner"]),
      (66, ["api-user", "describe", "A", "--remove-label", "env"]),
      (64, ["api-user", "list", "--owner", "x", "--without-owner"]),
      (64, ["user", "list", "--label", "a=1"]),
      (64, ["api-user", "bulk", "disable", "--label", "a=1", "--all"]),
      (65, ["api-user", "list", "--label", "a"]), (66, ["api-user", "list", "--owner", "user:nobody"]),
    ] as [(Int32, [String])])
  func wrong(status: Int32, arguments: [String]) throws {
    try program.run("api-user", "add", "A").mustSucceed()
    try program.run(arguments).mustFail(status)
  }
}
