import Foundation
import Glibc
import Testing

/// Two Administrators, whose identity comes from sudo's variables.
@Suite(.enabled(if: getuid() == 0, "only root comes as somebody else")) struct InboxTests {
  private static let first = TwoAdministrators.first
  private static let second = TwoAdministrators.second

  let program: Program

  init() throws { program = try TwoAdministrators.program() }

  /// Makes a proposal as the first Administrator, and returns its number.
  private func ask(_ arguments: String...) throws -> String {
    let outcome = try program.run(arguments, environment: Self.first)
    #expect(outcome.status == 75 && outcome.output.isEmpty, "\(outcome.errors)")
    let waiting = try program.run("inbox", "--json", environment: Self.second).object().elements
    guard case .number(let number)? = waiting.first?["number"] else { throw Trouble.notNumbered }
    return String(Int(number))
  }

  private enum Trouble: Error { case notNumbered }

  private func agree(_ number: String) throws -> Outcome {
    try program.run("inbox", "agree", number, "--yes", environment: Self.second)
  }

  @Test("an export waits, is agreed to by another, and is made once by whoever asked")
  func exporting() throws {
    try program.run("settings", "set", "dual.export", "on").mustSucceed()
    let number = try ask("export")
    try program.run("inbox", "agree", number, "--yes", environment: Self.first).mustFail(77)
    try agree(number).mustSucceed()
    try program.run("export", environment: Self.second).mustFail(75)
    let made = try program.run("export", environment: Self.first)
    #expect(made.status == 0 && made.output.contains("name: Portal"))
    try program.run("export", environment: Self.first).mustFail(75)
  }

  @Test("a file waits with its plan, and is applied once another agrees; changed meanwhile, it is not")
  func applying() throws {
    try program.run("settings", "set", "dual.apply", "on").mustSucceed()
    let file = program.path("file.yaml")
    try Data("popsec: 1\nteams: [{name: New}]\napiUsers: [{name: A, tokens: [{name: t}]}]\n".utf8)
      .write(to: URL(fileURLWithPath: file))
    let outcome = try program.run("apply", file, "--yes", environment: Self.first)
    #expect(outcome.status == 75)
    let number = try #require(outcome.errors.firstMatch(of: /proposal (\d+)/)).1
    let shown = try program.run("inbox", "show", String(number), environment: Self.second).output
    #expect(shown.contains("team.add  team New") && shown.contains("apiUser.delete  API user Portal"))
    #expect(try program.apiUsers() == ["Portal"])
    try program.run("inbox", "agree", String(number), environment: Self.second).mustFail(64)

    try program.run("api-user", "add", "Later").mustSucceed()
    try agree(String(number)).mustFail(69)
    #expect(try program.apiUsers() == ["Portal", "Later"])
    try program.run("api-user", "delete", "Later", "--yes").mustSucceed()
    try agree(String(number)).mustSucceed()
    #expect(try program.apiUsers() == ["A"])
    try agree(String(number)).mustFail(65)
  }

  @Test("a file that holds a Token ID does not wait, and the Token ID is nowhere in the store")
  func tokenIDInFile() throws {
    try program.run("settings", "set", "dual.apply", "on").mustSucceed()
    let reveal = try program.run("token", "reveal", "Portal", "portal", reveals: true)
    let tokenID = reveal.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let outcome = try program.run(
      "apply", "-", "--yes", input: "popsec: 1 # \(tokenID)\nteams: [{name: New}]\n", environment: Self.first)
    outcome.mustNotReveal()
    #expect(outcome.status == 65 && outcome.errors.contains("holds a Token ID"))
    #expect(try program.run("inbox", environment: Self.second).output == "nothing waits\n")
  }

  @Test("a proposal can be declined by another and withdrawn by its author, and then no longer waits")
  func deciding() throws {
    try program.run("settings", "set", "dual.removals", "1").mustSucceed()
    let numbers = try (0..<2).map { _ in try ask("api-user", "delete", "Portal", "--yes") }
    try program.run("inbox", "withdraw", numbers[0], environment: Self.second).mustFail(77)
    try program.run("inbox", "decline", numbers[0], environment: Self.second).mustSucceed()
    try program.run("inbox", "withdraw", numbers[1], environment: Self.first).mustSucceed()
    for number in numbers { try agree(number).mustFail(65) }
    #expect(try program.apiUsers() == ["Portal"])
    #expect(try program.run("inbox", environment: Self.second).output == "nothing waits\n")
    for number in ["0", "4711"] { try agree(number).mustFail(66) }
    try agree("x").mustFail(64)
  }

  @Test("proposals have stable keys in JSON")
  func keys() throws {
    try program.run("settings", "set", "dual.removals", "1").mustSucceed()
    let number = try ask("api-user", "delete", "Portal", "--yes")
    let shown = try program.run("inbox", "show", number, "--json", environment: Self.second).object()
    #expect(
      shown.keys == [
        "number", "kind", "what", "askedBy", "askedById", "asked", "state", "isOpen", "expires", "decidedBy",
        "decided", "reason", "decision", "request", "because",
        "reasons", "changes", "obstacle",
      ])
    #expect(shown["what"]?.text == "delete the API user “Portal”")
    let actions = try #require(shown["changes"]).elements.map { $0["action"]?.text }
    #expect(actions == ["token.revoke", "apiUser.delete"])
  }

  @Test("two people can relax what takes two, or the owner of the store's files alone")
  func relaxing() throws {
    try program.run("settings", "set", "dual.export", "on").mustSucceed()
    try program.run("settings", "set", "dual.export", "off", environment: Self.first).mustFail(75)
    let root = try #require(try program.run("user", "list", "--json").object()[0]?["name"]?.text)
    try program.run("user", "delete", root == "first" ? "root" : root, "--yes", environment: Self.second)
      .mustSucceed()
    try program.run("settings", "set", "dual.export", "off").mustSucceed()
  }
}
