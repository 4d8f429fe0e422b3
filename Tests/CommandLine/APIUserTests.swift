import Testing

@Suite struct APIUserTests {
  let program: Program

  init() throws { program = try .initialized() }

  @Test("an API user is added, listed and shown under stable keys")
  func adds() throws {
    let added = try program.run("api-user", "add", "  Portal Mexico ", "--json")
    added.mustSucceed()
    #expect(try added.object()["name"]?.text == "Portal Mexico")
    #expect(try added.object()["token"] == .null)
    let row = try #require(try program.run("api-user", "list", "--json").object()[0])
    #expect(
      row.keys == [
        "id", "name", "enabled", "teams", "teamCount", "liveTokens", "nextExpiry", "lastUsed", "owner",
        "labels",
      ])
    #expect(row["lastUsed"] == .null)
    #expect(row["liveTokens"] == .number(0))
    let shown = try program.run("api-user", "show", "PORTAL mexico", "--json").object()
    #expect(
      shown.keys == [
        "id", "kind", "name", "enabled", "unix", "created", "keys", "teams", "roles", "grants", "tokens",
        "createdBy", "owner", "note", "labels",
      ])
    #expect(shown["id"] == row["id"])
    let created = try #require(shown["created"]?.text)
    #expect(created.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
  }

  @Test("the order by expiry has the soonest future end first, then past ends, and then no end")
  func byExpiry() throws {
    // Of several tokens the next end in the future counts.
    let users: [(name: String, ends: [String])] = [
      ("a past", ["2001-01-01"]), ("b never", ["never"]), ("c soon", ["300d", "5d", "2001-01-01"]),
      ("d late", ["200d"]), ("e none", []),
    ]
    for (name, ends) in users {
      try program.run("api-user", "add", name).mustSucceed()
      for (index, end) in ends.enumerated() {
        try program.run("token", "add", name, "t\(index)", "--expires", "30d").mustSucceed()
        try program.run("token", "set-expiry", name, "t\(index)", "--expires", end).mustSucceed()
      }
    }
    func names(_ arguments: String...) throws -> [String?] {
      try program.run(["api-user", "list", "--sort", "expiry", "--json"] + arguments).object().elements.map {
        $0["name"]?.text
      }
    }
    let expected = ["c soon", "d late", "a past", "b never", "e none"]
    #expect(try names() == expected)
    #expect(try names("--reverse") == expected.reversed())
    let past = try program.run("api-user", "list", "--matching", "a past", "--json").object()[0]
    #expect(past?["nextExpiry"] == .null, "an end that has passed is no next one")
  }

  @Test(
    "names that are the same but for case, space or normal form are taken",
    arguments: [
      "portal méxico", "PORTAL MÉXICO", " Portal México ", "Portal Me\u{301}xico",
    ])
  func refusesTaken(name: String) throws {
    try program.run("api-user", "add", "Portal México").mustSucceed()
    let outcome = try program.run("api-user", "add", name)
    outcome.mustFail(65)
    #expect(outcome.errors.contains("already"))
    #expect(try program.run("api-user", "list", "--json").object().count == 1)
  }

  @Test(
    "an unknown name gets the nearest names",
    arguments: ["Portal", "Portal Mexiko", "portal mx"])
  func namesNearest(name: String) throws {
    try program.run("api-user", "add", "Portal Mexico").mustSucceed()
    let outcome = try program.run("api-user", "show", name)
    outcome.mustFail(66)
    #expect(outcome.errors.contains("did you mean \u{201C}Portal Mexico\u{201D}?"))
  }

  @Test("an API user is renamed, disabled, enabled and deleted")
  func changes() throws {
    try program.run("api-user", "add", "A", "--token", "portal").mustSucceed()
    try program.run("api-user", "rename", "a", "B").mustSucceed()
    try program.run("api-user", "disable", "b").mustSucceed()
    #expect(try program.run("api-user", "show", "B", "--json").object()["enabled"] == .bool(false))
    try program.run("api-user", "enable", "b").mustSucceed()
    #expect(try program.run("api-user", "show", "B", "--json").object()["enabled"] == .bool(true))
    try program.run("api-user", "delete", "b").mustFail(64)
    #expect(try program.run("api-user", "list", "--json").object().count == 1)
    try program.run("api-user", "delete", "b", "--yes").mustSucceed()
    #expect(try program.run("api-user", "list", "--json").object() == .array([]))
    try program.run("api-user", "add", "B").mustSucceed()
  }

  @Test(
    "a name that begins with a dash, or is an option, can be given behind --",
    arguments: ["-x", "--help", "--"])
  func dashes(name: String) throws {
    try program.run("api-user", "add", "--", name).mustSucceed()
    #expect(try program.run("api-user", "list", "--json").object()[0]?["name"]?.text == name)
  }

  @Test("tables are aligned by the cells that a terminal gives to each character")
  func alignsTables() throws {
    for name in ["日本語", "e\u{301}clair", "plain"] { try program.run("api-user", "add", name).mustSucceed() }
    let lines = try program.run("api-user", "list").lines
    let cells = ["日本語": 6, "e\u{301}clair": 6, "plain": 5]
    let column = try #require(
      lines.first?.firstRange(of: "Teams").map {
        lines[0].distance(from: lines[0].startIndex, to: $0.lowerBound)
      })
    for (name, width) in cells {
      let line = try #require(lines.first { $0.hasPrefix(name) })
      let blanks = line.dropFirst(name.count).prefix { $0 == " " }.count
      #expect(width + blanks == column)
    }
  }

  @Test("long lists are complete, in order, page after page")
  func longLists() throws {
    for index in 0..<12 { try program.run("api-user", "add", "User \(index)").mustSucceed() }
    let names = try program.run("api-user", "list", "--json").object().elements.compactMap {
      $0["name"]?.text
    }
    #expect(names.count == 12)
    #expect(names == names.sorted())
    let reversed = try program.run("api-user", "list", "--reverse", "--json").object().elements
    #expect(reversed.compactMap { $0["name"]?.text } == names.reversed())
    let matching = try program.run("api-user", "list", "--matching", "USER 1", "--json").object()
    #expect(matching.count == 3)
  }
}
