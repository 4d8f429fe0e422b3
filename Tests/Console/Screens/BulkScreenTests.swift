import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Many rows are chosen, and something is done with all of them")
struct BulkScreenTests {
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    for number in 1...6 { try world.addAPIUser("Portal \(number)", tokens: ["portal"]) }
    return world
  }

  private func disabled(_ world: ScreenWorld) throws -> [String] {
    try world.administration.read { reader in
      try reader.accounts(AccountQuery(kind: .apiUser), .first, limit: 50, now: ScreenWorld.now).rows
        .filter { !$0.account.isEnabled }.map(\.account.name.text)
    }
  }

  @Test(
    "rows are chosen by Space, as a range, or as all that match the filter",
    arguments: [
      ("Space Down Space", "2", ["Portal 1", "Portal 3"]),
      ("Down Space Down*2 v", "4", ["Portal 2", "Portal 3", "Portal 4", "Portal 5"]),
      ("/ \"4\" Enter *", "1", ["Portal 4"]),
      ("*", "6", ["Portal 1", "Portal 2", "Portal 3", "Portal 4", "Portal 5", "Portal 6"]),
    ])
  func chooses(keys: String, count: String, names: [String]) throws {
    let world = try world()
    var console = world.console()
    console.press("s a \(keys) b Down Enter")
    #expect(console.text.contains("Disable \(count) API user"))
    #expect(try disabled(world) == [])
    console.press("BTab*2 \"\(count)\" Tab Enter")
    #expect(try disabled(world) == names, "\(console.text)")
    #expect(!console.text.contains("chosen"))
  }

  @Test("a bar tells how far it has come, and leaving waits")
  func progress() throws {
    let world = try world()
    var console = world.console()
    console.press("s a * b Down Enter BTab*2 \"6\" Tab")
    console.holdsWork = true
    console.press("Enter")
    #expect(console.text.contains("doing it ["))
    console.press("Esc q * b")
    console.elapse()
    #expect(console.text.contains("doing it ["))
    console.holdsWork = false
    console.finishWork(Array(console.heldWork.indices))
    #expect(console.text.contains("done: disable 6 API users"), "\(console.text)")
    #expect(!console.text.contains("doing it"))
    #expect(try disabled(world).count == 6)
    console.press("Esc")
    #expect(!console.text.contains("Portal 1"))
  }

  @Test("another count than the one that is meant is not taken")
  func wrongCount() throws {
    let world = try world()
    var console = world.console()
    console.press("s a * b Down Enter \"5\" Enter")
    #expect(console.text.contains("type 6 here"))
    #expect(try disabled(world) == [])
    console.press("Esc Esc")
    #expect(!console.text.contains("✓"))
  }

  @Test(
    "tokens are chosen as users are, and what is asked for is done with them",
    arguments: [
      ("Space Down Space", 0, "2", "Enable 2 tokens", ["portal false", "portal true", "portal false"]),
      ("/ \"portal\" Enter *", 1, "6", "Disable 6 tokens", Array(repeating: "portal true", count: 6)),
      ("Down Space Down v", 2, "3", "Revoke 3 tokens", ["portal false", "revoked", "revoked", "revoked"]),
      ("Down*3 Space", 3, "1", "Change when 1 token ends", []),
    ] as [(String, Int, String, String, [String])])
  func tokens(keys: String, item: Int, count: String, title: String, states: [String]) throws {
    let world = try world()
    let tokens = try (1...6).map { try #require(try world.tokens(of: "Portal \($0)").first) }
    if item == 0 {
      for token in [tokens[0], tokens[1], tokens[2]] {
        try world.administration.change { try $0.setDisabled(true, token.id) }
      }
    }
    var console = world.console()
    console.press("s o \(keys)")
    #expect(console.text.contains("✓ portal"), "\(console.text)")
    console.press("b Down*\(item) Enter" + (item == 3 ? " Down*3 Enter" : ""))
    #expect(console.text.contains(title), "\(console.text)")
    console.press("BTab*2 \"\(count)\" Tab Enter")
    #expect(console.text.contains("done: \(title.lowercasingFirst)"), "\(console.text)")
    let after = try (1...6).map { try #require(try world.tokens(of: "Portal \($0)").first) }
    for (state, token) in zip(states, after) {
      #expect((token.revokedAt == nil ? "portal \(token.isDisabled)" : "revoked") == state)
    }
    #expect(after.filter { $0.expiry == .never }.count == (item == 3 ? 1 : 0))
    #expect(!console.text.contains("✓"))
  }

  @Test("chosen rows are marked and counted", arguments: GoldenTests.sizes)
  func looks(size: Size) throws {
    let world = try world()
    var console = world.console(size: size)
    console.press("s a Space Down Space")
    try Golden.check(console.canvas, "bulk-chosen-\(size.columns)x\(size.rows)")
    console.press("b")
    try Golden.check(console.canvas, "bulk-what-\(size.columns)x\(size.rows)")
    console.press("End Up*2 Enter")
    try Golden.check(console.canvas, "bulk-confirm-\(size.columns)x\(size.rows)")
  }

  /// The names of the API users with their teams.
  private func teams(_ world: ScreenWorld) throws -> [String: [String]] {
    try world.administration.read { reader in
      let rows = try reader.accounts(AccountQuery(kind: .apiUser), .first, limit: 50, now: ScreenWorld.now)
        .rows
      return Dictionary(
        uniqueKeysWithValues: try rows.map {
          ($0.account.name.text, try reader.teams(of: $0.id).map(\.value.name.text))
        })
    }
  }

  /// Portal 1 is in Desk, and Portal 2 in Mexico.
  private func worldWithTeams() throws -> ScreenWorld {
    let world = try world()
    _ = try world.administration.change { change in
      for (number, name) in [(1, "Desk"), (2, "Mexico")] {
        let team = try change.addTeam(name: try world.name(name))
        let key = NameKey(try world.name("Portal \(number)"))
        let id = try #require(try change.reader.account(.apiUser, named: key)).id
        try change.saveMembers(of: team.id, adding: [id], removing: [])
      }
    }
    return world
  }

  @Test(
    "what is chosen in the menu is asked about, and done with all of them",
    arguments: [
      // The selected row, where none is chosen.
      ("End b Down*3 Enter Enter", "nothing has to be done", [:]),
      ("Down b Down*3 Enter \"Mex\" Enter \"1\" Enter", "done: remove 1 API user", ["Portal 2": []]),
      (
        "* b Down*4 Enter \"1\" Enter Enter \"5\" Enter", "done: give 5 API users also the rights",
        ["Portal 2": ["Desk", "Mexico"]].merging((3...6).map { ("Portal \($0)", ["Desk"]) }) { $1 }
      ),
      (
        "Down Space Space b Down*4 Enter \"1\" Enter Down Enter \"2\" Tab Enter",
        "done: give 2 API users the rights",
        ["Portal 2": ["Desk"], "Portal 3": ["Desk"]]
      ),
      (
        "Space b Down*5 Enter Bs*4 \"two\" Enter \"1\" Enter", "done: duplicate 1 API user",
        ["Portal 1 two": ["Desk"]]
      ),
    ] as [(String, String, [String: [String]])])
  func does(keys: String, said: String, changed: [String: [String]]) throws {
    let world = try worldWithTeams()
    let before = try teams(world)
    var console = world.console()
    console.press("s a \(keys)")
    #expect(console.text.contains(said), "\(console.text)")
    #expect(try teams(world) == before.merging(changed) { $1 })
  }

  @Test("a row is duplicated under a name, after its effect was shown")
  func duplicates() throws {
    let world = try worldWithTeams()
    var console = world.console()
    console.press("s a Y")
    #expect(console.text.contains("Portal 1 copy"))
    console.press("C-u \"portal 2\" Enter")
    #expect(console.text.contains("named “portal 2”"), "\(console.text)")
    console.press("C-u \"Twin\" Enter")
    #expect(
      console.text.contains("Add the API user “Twin” with the rights of “Portal 1”?"), "\(console.text)")
    console.press("Enter")
    #expect(try teams(world)["Twin"] == ["Desk"])
    console.press("Esc t Y Enter Enter")
    #expect(console.text.contains("“Desk copy” added; u undoes it"), "\(console.text)")
  }

  @Test("a person who may change nothing can't choose")
  func notOffered() throws {
    let world = try ScreenWorld(permissions: [.securityRead])
    var console = world.console()
    console.press("s a Space")
    #expect(!console.text.contains("chosen"))
    console.press("Esc o Space")
    #expect(!console.text.contains("chosen"))
  }
}
