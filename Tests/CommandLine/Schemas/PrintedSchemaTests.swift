import Access
import Foundation
import Interchange
import TestSupport
import Testing

@testable import popsec

@Suite("What commands print has the schema that popsec schema tells")
struct PrintedSchemaTests {
  private func problems(_ json: Substring, _ schema: DocumentValue) throws -> [String] {
    SchemaValidator(schema).problems(of: try DocumentValue(json: json.utf8))
  }

  private static func world() throws -> ChangeWorld {
    let world = try ChangeWorld()
    let path = world.program.home + "/gone.yaml"
    try PrintedCase.goneFile.write(toFile: path, atomically: true, encoding: .utf8)
    return world
  }

  private func run(_ arguments: [String], _ input: String, _ world: ChangeWorld) throws -> Outcome {
    let home = world.program.home
    return try world.program.run(
      arguments.map { $0.replacing("HOME", with: home) }, input: input, reveals: true)
  }

  @Test("as JSON, and as lines of JSON where there are several", arguments: PrintedCase.all)
  func printed(printed: PrintedCase) throws {
    let world = try Self.world()
    for arguments in printed.before { try #require(run(arguments, "", world).status == 0, "\(arguments)") }
    let outcome = try run(printed.arguments + ["-o", "json"], printed.input, world)
    #expect(outcome.status == printed.status, "\(outcome.errors)")
    let named = try NamedSchema.named(printed.schema)
    let document = named.document(isArray: printed.isList)
    #expect(try problems(outcome.output[...], document) == [])
    guard printed.isList else { return }
    #expect(try DocumentValue(json: outcome.output.utf8).elements.isEmpty == false)
    let lines = try run(printed.arguments + ["-o", "jsonl"], printed.input, world).lines
    #expect(!lines.isEmpty)
    for line in lines { #expect(try problems(line, named.document(isArray: false)) == []) }
  }

  @Test("a key more, a key less and a value of another type are refused", arguments: PrintedCase.all)
  func mutants(printed: PrintedCase) throws {
    let world = try Self.world()
    for arguments in printed.before { _ = try run(arguments, "", world) }
    let text = try run(printed.arguments + ["-o", "json"], printed.input, world).output
    let value = try DocumentValue(json: text.utf8)
    let schema = try NamedSchema.named(printed.schema).document(isArray: false)
    guard case .mapping = printed.isList ? value.elements.first : value else { return }
    for (what, mutant) in (printed.isList ? value.elements[0] : value).mutants(of: schema) {
      #expect(SchemaValidator(schema).problems(of: mutant) != [], "\(what)")
    }
  }

  @Test("each command that prints records is among these")
  func complete() {
    let told = PrintedCase.all.map(\.arguments)
    for leaf in Leaf.all {
      let name = leaf.path.joined(separator: " ")
      let isNamed =
        PrintedCase.without[name] != nil || PrintedCase.untried[name] != nil
        || PrintedCase.elsewhere.contains(name)
      #expect(told.contains { $0.starts(with: leaf.path) } != isNamed, "\(name)")
    }
  }

  @Test("each schema is of something that was printed, or is named here with the reason")
  func used() {
    // The first ones stand inside others, the next ones have tests of their own, and the last commands can't be run.
    let untried: Set = [
      "user", "catalogue-widget", "catalogue-endpoint", "connector-row", "denial", "notice", "proposal",
      "token-found", "security-file", "batch", "error", "schema", "token-copied", "sharing", "ssh-setup",
      "gate-rollback",
    ]
    let printed = Set(PrintedCase.all.map(\.schema))
    for schema in NamedSchema.all {
      #expect(
        printed.contains(schema.title.name) != untried.contains(schema.title.name), "\(schema.title.name)")
    }
  }

  @Test("no two schemas have one name, and the schema of a token is that of a listed token")
  func names() {
    let names = NamedSchema.all.map(\.title.name)
    #expect(Set(names).count == names.count)
    #expect(ListedTokenRecord.schema == TokenRecord.schema)
  }

  @Test("popsec schema prints each schema, and lists their names")
  func command() throws {
    let program = try Program()
    let listed = try program.run("schema", "-o", "jsonl")
    #expect(listed.lines.count == NamedSchema.all.count + 1)
    for line in listed.lines {
      #expect(try problems(line, NamedSchema.named("schema").document(isArray: false)) == [])
    }
    for name in ["token", "security-file"] {
      let text = try program.run("schema", name).output
      #expect(
        try DocumentValue(json: text.utf8)["$schema"] == .text("https://json-schema.org/draft/2020-12/schema")
      )
    }
    #expect(
      try DocumentValue(json: program.run("schema", "token", "--array").output.utf8)["type"] == .text("array")
    )
    let unknown = try program.run("schema", "tokn")
    unknown.mustFail(65)
    #expect(unknown.errors.contains("did you mean token?"))
    try program.run("schema", "--array").mustFail(64)
    try program.run("schema", "gate-openapi", "--array").mustFail(64)
    let file = try String(contentsOfFile: "Resources/openapi/gate.yaml", encoding: .utf8)
    #expect(try program.run("schema", "gate-openapi").output == file)
    let gate = try DocumentValue(json: program.run("schema", "gate-openapi", "-o", "json").output.utf8)
    #expect(gate["openapi"] == .text("3.1.0"))
    try program.run("schema", "token", "-o", "csv").mustFail(64)
  }
}
