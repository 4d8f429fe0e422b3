import Access
import Administration
import Foundation
import GRDB
import Interchange
import Store
import TestSupport
import Testing

@testable import popsec

@Suite("Errors, answers and what takes more to be printed have their schemas")
struct FormatSchemaTests {
  private func problems(_ json: some StringProtocol, _ name: String, isArray: Bool = false) throws -> [String]
  {
    let schema = try NamedSchema.named(name).document(isArray: isArray)
    return SchemaValidator(schema).problems(of: try DocumentValue(json: json.utf8))
  }

  /// Checks that elements are printed and are valid.
  private func check(_ outcome: Outcome, _ name: String) throws {
    #expect(try DocumentValue(json: outcome.output.utf8).elements.isEmpty == false, "\(outcome.errors)")
    #expect(try problems(outcome.output, name, isArray: true) == [])
  }

  @Test(
    "an error",
    arguments: [
      (["team", "show", "Nobody"], 66), (["api-user", "add", ""], 65), (["team", "frobnicate"], 64),
      (["team", "delete", "Mexico"], 64), (["backup", "--output", "/dev/null"], 73),
      (["team", "list", "--store", "/nowhere"], 66),
    ] as [([String], Int32)])
  func errors(arguments: [String], status: Int32) throws {
    let outcome = try ChangeWorld().run(arguments + ["-o", "json"])
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(try problems(outcome.errors, "error") == [])
    let error = try DocumentValue(json: outcome.errors.utf8)
    let schema = try NamedSchema.named("error").document(isArray: false)
    for (what, mutant) in error.mutants(of: schema) {
      #expect(SchemaValidator(schema).problems(of: mutant) != [], "\(what)")
    }
  }

  @Test("the error that the documents show")
  func documentedError() throws {
    let page = try String(contentsOfFile: "Resources/docs/commands.md", encoding: .utf8)
    let shown = try #require(page.firstMatch(of: #/```json\n(.*)\n```/#)).1
    #expect(try problems(shown, "error") == [])
  }

  private static let lines: [(line: String, isValid: Bool)] = [
    (
      #"{"apiUser":"Portal","widget":"Sales","company":"MX","at":"2026-11-23T12:00:00Z","source":"10.1.2.3"}"#,
      true
    ),
    (#"{"token":"x","endpoint":"Orders","method":"GET","company":"US"}"#, true),
    (#"{"apiUser":"Portal","tokenName":"t","api":true,"connector":"Business Central","list":"Items"}"#, true),
    (
      #"{"user":"root","api":true,"connector":"Business Central","list":"Sales Orders","listAction":"Export"}"#,
      true
    ),
    (#"{"apiUser":"Portal"}"#, false), (#"{"widget":"Sales"}"#, false),
    (#"{"apiUser":"Portal","user":"root","widget":"Sales"}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","endpoint":"Orders"}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","api":true,"connector":"C","list":"L"}"#, false),
    (#"{"apiUser":"Portal","api":true,"connector":"Business Central"}"#, false),
    (#"{"apiUser":"Portal","api":false,"widget":"Sales"}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","method":"GET"}"#, false),
    (#"{"apiUser":"Portal","endpoint":"Orders","method":"get"}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","connector":"Business Central"}"#, false),
    (#"{"token":"x","tokenName":"t","widget":"Sales"}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","action":"A","detail":"D"}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","lists":"Items"}"#, false),
    (#"{"apiUser":"Portal","widget":5}"#, false), (#"{"apiUser":"Portal","widget":null}"#, false),
    (#"{"apiUser":"Portal","widget":"Sales","at":"tomorrow"}"#, false),
  ]

  @Test("the schema of a line of the batch check takes what popsec takes, and the answers have theirs")
  func batch() throws {
    let world = try ChangeWorld()
    let input = Self.lines.map(\.line).joined(separator: "\n") + "\n"
    let answers = try world.program.run("check", "--batch", "-", input: input).lines
    #expect(answers.count == Self.lines.count)
    for (given, answer) in zip(Self.lines, answers) {
      #expect(try problems(given.line, "batch").isEmpty == given.isValid, "\(given.line)")
      #expect(answer.hasPrefix(#"{"error""#) != given.isValid, "\(given.line) \(answer)")
      #expect(try problems(answer, "batch-answer") == [])
      let members = try DocumentValue(json: answer.utf8).members
      for index in members.indices where !["until", "fix", "connector"].contains(members[index].key) {
        var less = members
        less.remove(at: index)
        #expect(try problems(DocumentValue.mapping(less).json, "batch-answer") != [], "\(members[index].key)")
      }
    }
  }

  @Test("each key of a line is known to the schema")
  func batchKeys() throws {
    let schema = try NamedSchema.named("batch").document(isArray: false)
    let refused = try ChangeWorld().program.run("check", "--batch", "-", input: #"{"x":1}"#).output
    #expect(refused.contains("there is no key"))
    #expect(schema["properties"]?.members.count == 16)
  }

  @Test("tokens that were found, and whose a Token ID is")
  func tokenIDs() throws {
    let program = try ChangeWorld().program
    try program.run("api-user", "add", "Shop", "--token", "t").mustSucceed()
    let tokenID = try program.run(["token", "reveal", "Shop", "t"], reveals: true).output
    let file = program.home + "/page.html"
    try "https://x.example.com/?token=\(tokenID)".write(toFile: file, atomically: true, encoding: .utf8)
    try check(try program.run("token", "scan", file, "-o", "json"), "token-found")
    #expect(try problems(program.run("token", "whois", "-o", "json", input: tokenID).output, "token") == [])
  }

  @Test("notices that were raised")
  func notices() throws {
    let program = try Program.initialized()
    try program.run("api-user", "add", "Portal", "--token", "portal", "--expires", "5d").mustSucceed()
    let database = try DatabaseQueue(path: program.database)
    try database.write { try $0.execute(sql: "UPDATE token SET created_at = created_at - 8640000") }
    try program.run("notify", "--once").mustSucceed()
    try check(try program.run("notify", "list", "-o", "json"), "notice")
  }

  @Test("a denial of the gate")
  func denial() throws {
    let program = try ChangeWorld().program
    let location = try StoreLocation(
      store: program.store, keys: nil, allowsLooseRights: false, environment: program.standardEnvironment)
    let administration = try location.open()
    for line in [
      #"{"apiUser":"Kiosk","widget":"Sales"}"#, #"{"apiUser":"Portal","endpoint":"Orders","company":"US"}"#,
    ] {
      let request = try Array(line.utf8).withUnsafeBufferPointer { try CheckLine.request($0) }
      for notKept in [nil, 5] {
        let denial = Denial(
          try administration.check(request), id: .random(), at: administration.now, status: 403,
          request: Denial.Request(method: "GET", host: "x.example.com", path: "/", source: "10.0.0.1"),
          isTooMany: notKept != nil, notKept: notKept)
        let value = try DocumentValue(encoding: DenialRecord(denial: denial))
        let schema = try NamedSchema.named("denial").document(isArray: false)
        #expect(SchemaValidator(schema).problems(of: value) == [])
        for (what, mutant) in value.mutants(of: schema) {
          #expect(SchemaValidator(schema).problems(of: mutant) != [], "\(what)")
        }
      }
    }
  }

  @Test(
    "a proposal, listed, shown and declined", .enabled(if: getuid() == 0, "only root comes as somebody else"))
  func proposals() throws {
    let program = try TwoAdministrators.program()
    try program.run("settings", "set", "dual.export", "on").mustSucceed()
    #expect(try program.run("export", environment: TwoAdministrators.first).status == 75)
    let second = TwoAdministrators.second
    try check(try program.run("inbox", "-o", "json", environment: second), "proposal")
    let waiting = try program.run("inbox", "--json", environment: second).object()[0]
    guard case .number(let last)? = waiting?["number"] else { return #expect(Bool(false), "nothing waits") }
    let number = String(Int(last))
    let shown = try program.run("inbox", "show", number, "-o", "json", environment: second)
    #expect(try problems(shown.output, "proposal") == [])
    let declined = try program.run(
      "inbox", "decline", number, "--because", "no", "-o", "json", environment: second)
    #expect(try problems(declined.output, "proposal") == [], "\(declined.errors)")
  }
}
