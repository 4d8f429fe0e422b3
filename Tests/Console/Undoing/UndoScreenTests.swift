import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Changes of one's own are taken back where they were made")
struct UndoScreenTests {
  let world: ScreenWorld
  /// In the list of teams, deletes the first.
  private static let deleting = "s t D BTab*2 \"Sales MX\" Tab Enter"

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
  }

  private func console(as name: String, role: BuiltInRole = .administrator) throws -> ConsoleDriver {
    let context = ConsoleContext(
      administration: try world.administration(as: name, role: role), clipboard: .forTests)
    return ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store  UTC", size: Size(columns: 80, rows: 24)))
  }

  private func teams() throws -> [TeamRow] {
    try world.administration.read { try $0.teams(TeamQuery(), .first, limit: 50).rows }
  }

  @Test("a team that was deleted is back with what it had by u, Enter, Enter")
  func wrongTeam() throws {
    let before = try teams()
    var console = world.console()
    console.press(Self.deleting)
    #expect(try teams() == [])
    #expect(console.text.contains("“Sales MX” deleted; u undoes it"))
    console.press("u Enter Enter")
    #expect(try teams() == before)
    #expect(console.text.contains("undid: deleted the team “Sales MX”"))
    #expect(console.compositor.titles.last == "Teams")
    #expect(Array(try world.auditedActions().suffix(3)) == ["team.delete", "undo", "team.restore"])
  }

  @Test("undoing is undone from the same list, and again")
  func again() throws {
    let before = try teams()
    var console = world.console()
    console.press(Self.deleting + " u Enter Enter")
    #expect(try teams() == before)
    // Somebody loses access by it: that begins on Cancel.
    console.press("u Home Enter BTab Enter")
    #expect(console.text.contains("did again: deleted the team “Sales MX”"), "\(console.text)")
    #expect(try teams() == [])
    console.press("u Enter Enter")
    #expect(try teams() == before)
  }

  @Test("a person who only looks changes nothing", arguments: ["Esc", "Tab Enter"])
  func cancels(keys: String) throws {
    var console = world.console()
    console.press(Self.deleting + " u Enter " + keys)
    #expect(console.compositor.titles.last == "Undo")
    #expect(try teams() == [])
  }

  @Test("a change that can't be undone says why, in the list and in the dialog")
  func final() throws {
    let portal = try #require(try world.tokens(of: "Portal USA").first)
    try world.administration.change { try $0.revoke(portal.id) }
    var console = world.console()
    console.press("u")
    let line = try #require(console.lines.first { $0.contains("revoked the token “portal”") })
    #expect(line.contains("revoking is final"))
    #expect(!line.hasPrefix("▸"))
    console.press("Up*50 Enter")
    #expect(console.text.contains("This can't be undone: revoking is final."))
  }

  @Test("an undoing that revokes a token says so, and begins on Cancel")
  func finalInTurn() throws {
    let user = try #require(try world.tokens(of: "Portal USA").first?.account)
    let token = try world.administration.change { try $0.addToken(to: user, name: try world.name("new")) }
    var console = world.console()
    console.press("u Enter")
    #expect(console.text.contains("this is final: it can't be undone"))
    console.press("Enter")
    #expect(try world.tokens(of: "Portal USA").first { $0.id == token.id }?.revokedAt == nil)
    console.press("Enter BTab Enter")
    #expect(try world.tokens(of: "Portal USA").first { $0.id == token.id }?.revokedAt != nil)
  }

  @Test("where somebody changed the same thing since, the error says who and when, and nothing is changed")
  func changedSince() throws {
    let (ada, ben) = (try world.administration(as: "ada"), try world.administration(as: "ben"))
    let team = try #require(try teams().first?.team)
    func rename(_ text: String, by administration: Administration) throws {
      try administration.change { change in
        let was = TeamGeneral(try #require(try change.reader.team(team.id)))
        try change.saveGeneral(
          team.id, Edit(was: was, becomes: TeamGeneral(name: try Name(text), summary: was.summary)))
      }
    }
    try rename("Sales A", by: ada)
    try rename("Sales B", by: ben)
    var console = try console(as: "ada")
    console.press("u Enter")
    let words = console.text.replacing("│", with: "").split(separator: /\s+/).joined(separator: " ")
    #expect(words.contains("was changed since, by “ben” on 2026-11-23 12:00 UTC"), "\(console.text)")
    #expect(try teams().map(\.team.name.text) == ["Sales B"])
  }

  @Test("where the person changed the same thing since, the error says so, and what to do")
  func changedSinceByOneself() throws {
    let ada = try world.administration(as: "ada")
    let team = try #require(try teams().first?.team)
    for text in ["Sales A", "Sales B"] {
      try ada.change { change in
        let was = TeamGeneral(try #require(try change.reader.team(team.id)))
        try change.saveGeneral(
          team.id, Edit(was: was, becomes: TeamGeneral(name: try Name(text), summary: was.summary)))
      }
    }
    var console = try console(as: "ada")
    console.press("u Down Enter")
    let words = console.text.replacing("│", with: "").split(separator: /\s+/).joined(separator: " ")
    #expect(words.contains("was changed since, by you on 2026-11-23 12:00 UTC"), "\(console.text)")
    #expect(words.contains("undo what you changed since first"))
    // In the audit log, which others read, nobody is “you”.
    let rows = try world.administration.read(.audit) { try $0.auditRecords(after: 0, limit: 1_000) }
    let refused = try #require(rows.last { $0.action == "attempt.refused" })
    let told = "\(refused.details)"
    #expect(told.contains("by “ada”") && !told.contains("by you"), "\(told)")
    console.press("Enter Up Enter Enter")
    #expect(try teams().map(\.team.name.text) == ["Sales A"])
  }

  @Test("everybody sees their own changes alone")
  func own() throws {
    var console = try console(as: "ada")
    console.press("u")
    #expect(console.text.contains("You changed nothing that is kept"))
  }

  @Test(
    "u is a letter where one types, and the screen's own key where it has one",
    arguments: [
      ("s t a \"Usuals u\"", "Usuals u"), ("s t / u", "/ u"), ("s u", "Click here to add a user"),
      ("s a Down*2 Enter Down*3 Enter u", "Copy a widget's address"), ("s t D u", "Delete team"),
      ("u", "What you did"), ("s t u", "What you did"), ("s a Enter u", "What you did"),
      (": \"undo a\" Enter", "What you did"),
    ])
  func keys(keys: String, seen: String) {
    var console = world.console()
    console.press(keys)
    #expect(console.text.contains(seen), "\(console.text)")
  }

  @Test(
    "undo isn't offered to a person who may change nothing, nor in read-only mode", arguments: [true, false])
  func notOffered(isReadOnly: Bool) throws {
    if isReadOnly { world.administration.isReadOnly = true }
    var console = isReadOnly ? world.console() : try console(as: "eve", role: .securityReader)
    for keys in ["u", "s t u", "?", ": \"undo\""] {
      console.press(keys)
      #expect(!console.text.contains("What you did"))
      #expect(!console.text.contains("undo a change"), "\(keys): \(console.text)")
      console.press("Esc Esc")
    }
  }
}
