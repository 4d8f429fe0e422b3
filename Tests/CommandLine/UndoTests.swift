import Foundation
import Testing

@Suite("popsec undo takes one's own changes back")
struct UndoTests {
  let program: Program

  init() throws {
    program = try .initialized()
    try program.run("api-user", "add", "Portal", "--token", "portal").mustSucceed()
    try program.run("api-user", "delete", "Portal", "--yes").mustSucceed()
  }

  private func changes() throws -> [JSONValue] {
    try program.run("undo", "--list", "--json").object().elements
  }

  private func number(_ title: String) throws -> String {
    let change = try #require(try changes().first { $0["title"]?.text == title })
    guard case .number(let number) = change["number"] else { return "" }
    return String(Int(number))
  }

  @Test("the latest is undone where none is named, and what it does is shown first")
  func latest() throws {
    let outcome = try program.run("undo", "--yes")
    outcome.mustSucceed()
    #expect(outcome.lines.first?.contains("deleted the API user “Portal”") == true)
    #expect(outcome.output.contains("  restores the API user “Portal”, with its teams, roles and grants"))
    #expect(outcome.output.contains("effect on access"))
    #expect(outcome.lines.last == "undid: deleted the API user “Portal”")
    #expect(try program.apiUsers() == ["Portal"])
    let tokens = try program.run("token", "list", "Portal", "--json").object().elements
    #expect(tokens.map { $0["state"]?.text } == ["revoked"])
  }

  @Test("where the latest change can't be undone, the one before it is not undone in its place")
  func latestIsFinal() throws {
    try program.run("api-user", "add", "Kept", "--token", "kept").mustSucceed()
    try program.run("token", "revoke", "Kept", "kept", "--yes").mustSucceed()
    let outcome = try program.run("undo", "--yes")
    #expect(outcome.status != 0 && outcome.errors.contains("this can't be undone: revoking is final"))
    #expect(try program.apiUsers() == ["Kept"])
    let again = try program.run("token", "revoke", "Kept", "kept", "--yes")
    #expect(again.status == 0 && again.output.contains("nothing to do"))
  }

  @Test("undoing is undone by its number, and no number is used twice")
  func again() throws {
    try program.run("undo", "--yes").mustSucceed()
    let undoing = try number("undid: deleted the API user “Portal”")
    let outcome = try program.run("undo", undoing, "--yes")
    #expect(outcome.lines.last == "did again: deleted the API user “Portal”")
    #expect(try program.apiUsers() == [])
    let twice = try program.run("undo", undoing, "--yes")
    #expect(twice.status == 65)
    #expect(twice.errors.contains("it was undone already"))
  }

  @Test("without a terminal and without --yes nothing is changed")
  func asks() throws {
    let before = try changes()
    let outcome = try program.run("undo")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("hint: add --yes"))
    #expect(try changes() == before)
    let json = try program.run("undo", "--json")
    json.mustFail(64)
    #expect(try program.apiUsers() == [])
  }

  @Test(
    "the command asks at a terminal, and only yes counts as yes",
    arguments: [("y", true), ("n", false), ("", false)])
  func terminal(answer: String, isDone: Bool) throws {
    let session = try TerminalSession(program, "undo")
    try session.expect("[y/N] ")
    session.type(answer + "\n")
    #expect(session.wait() == (isDone ? 0 : 64))
    #expect(try program.apiUsers() == (isDone ? ["Portal"] : []))
  }

  @Test("an undoing that revokes a token says that it is final")
  func final() throws {
    try program.run("api-user", "add", "Other").mustSucceed()
    try program.run("token", "add", "Other", "new").mustSucceed()
    let session = try TerminalSession(program, "undo")
    try session.expect("undo this (this is final: it can't be undone)? [y/N] ")
    session.type("y\n")
    #expect(session.wait() == 0)
    #expect(session.shown.contains("revokes the token “new” of “Other” for good"))
  }

  @Test("the list tells of each whether it can be undone, and why not")
  func list() throws {
    try program.run("api-user", "add", "Other", "--token", "t").mustSucceed()
    try program.run("token", "revoke", "Other", "t", "--yes").mustSucceed()
    let revoked = try #require(try changes().first)
    #expect(
      revoked.keys == ["number", "time", "title", "canBeUndone", "obstacle", "isUndo", "undoneBy"])
    #expect(revoked["canBeUndone"] == .bool(false))
    #expect(revoked["obstacle"]?.text == "revoking is final")
    let table = try program.run("undo", "--list")
    table.mustSucceed()
    #expect(table.output.contains("yes, unless the same was changed since"))
    let refused = try program.run("undo", try number(revoked["title"]?.text ?? ""), "--yes")
    refused.mustFail(65)
  }

  @Test("where a later change prevents undoing, the error says who made it and when")
  func changedSince() throws {
    try program.run("undo", "--yes").mustSucceed()
    try program.run("api-user", "rename", "Portal", "Portal A").mustSucceed()
    try program.run("api-user", "rename", "Portal A", "Portal B").mustSucceed()
    let first = try number("renamed the API user “Portal” to “Portal A”")
    let outcome = try program.run("undo", first, "--yes")
    outcome.mustFail(69)
    #expect(outcome.errors.contains("was changed since, by you on "))
    #expect(try program.apiUsers() == ["Portal B"])
  }

  @Test(
    "a text that is no number of a change is refused",
    arguments: [
      (["999999"], 66), (["0"], 66), (["x"], 64), (["--list", "3"], 64), (["--list", "--yes"], 64),
    ] as [([String], Int32)])
  func wrong(arguments: [String], status: Int32) throws {
    try program.run(["undo"] + arguments).mustFail(status)
  }

  @Test("JSON has stable keys")
  func keys() throws {
    let undone = try program.run("undo", "--yes", "--json").object()
    #expect(undone.keys == ["number", "time", "title", "did", "isFinal"])
    #expect(undone["isFinal"] == .bool(false))
  }
}
