import Foundation
import Testing

@Suite struct ImportTests {
  let program: Program
  private static let csv =
    "connector,company,group,list,kind,item\nBC,MX,Sales,Orders,action,Release\nBC,US,Sales,Quotes,,\n"

  init() throws { program = try .initialized() }

  private func importing(_ arguments: String..., input: String = csv) throws -> Outcome {
    try program.run(["catalogue", "import"] + arguments, input: input)
  }

  @Test("the plan is shown with status 2, changes nothing, and is 0 once it is done")
  func plans() throws {
    let plan = try importing("--csv", "-", "--plan")
    #expect(plan.status == 2)
    #expect(plan.lines.contains("  + Orders  group Sales; 1 action"))
    #expect(plan.lines.contains("5 to add, 0 to change, 0 to remove"))
    #expect(try program.run("catalogue", "list", "--json").object()["connectors"]?.count == 0)
    let done = try importing("--csv", "-", "--yes")
    done.mustSucceed()
    #expect(done.lines.last == "imported")
    let again = try importing("--csv", "-", "--plan")
    again.mustSucceed()
    #expect(again.output == "nothing to do\n")
  }

  @Test("without --yes and without a terminal nothing is changed")
  func asks() throws {
    let outcome = try importing("--csv", "-")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("there is no terminal to ask whether to import this"))
    #expect(try program.run("catalogue", "list", "--json").object()["connectors"]?.count == 0)
  }

  @Test("--json tells changes, grants that name what vanishes, notes and effect")
  func json() throws {
    try importing("--csv", "-", "--yes").mustSucceed()
    let file =
      "popsec: 1\nteams: [{name: T, grants: [{connector: BC, roles: [User], companies: [MX], lists: [Orders]}]}]\n"
    try program.run("apply", "-", "--yes", input: file).mustSucceed()
    let object = try importing("--csv", "-", "--json", "--yes", input: "connector,list\nBC,Quotes\n").object()
    #expect(
      object.keys == [
        "applied", "changes", "danglingGrants", "danglingGrantCount", "effect", "narrowedTokens",
        "narrowedTokenCount", "notes", "orphans", "returning",
      ])
    #expect(object["applied"] == .bool(true))
    #expect(object["changes"]?[0]?["kind"]?.text == "removed")
    #expect(object["danglingGrants"]?[0]?["subject"]?.text == "team “T”")
    #expect(object["danglingGrantCount"] == .number(1))
    let grant = try program.run("grant", "show", "--team", "T", "--json").object()[0]
    #expect(grant?["leftTheCatalogue"]?[0]?.text == "list Orders")
    #expect(try program.run("grant", "show", "--team", "T").output.contains("list Orders"))
  }

  @Test(
    "exactly one document is named, and standard input is one thing",
    arguments: [
      [], ["--csv", "a", "--odata", "b"], ["--csv", "-", "--map", "-"],
      ["--csv", "-", "--group-by", "colour"], ["--csv", "-", "--group-by", "tag"],
      ["--openapi", "-", "--group-by", "word"], ["--odata", "-", "--group-by", "path"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try program.run(["catalogue", "import"] + arguments, input: Self.csv)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
  }

  @Test("a file that is no such document is refused by 65 with its line, and the store is as it was")
  func refuses() throws {
    for option in ["--csv", "--odata", "--openapi"] {
      let outcome = try importing(
        option, "-", "--connector", "C", "--yes", input: "root:x:0:0:hunter2:/root\n")
      #expect(outcome.status == 65)
      #expect(outcome.errors.hasPrefix("popsec: standard input:1:"))
      #expect(!outcome.errors.contains("hunter2"))
    }
    #expect(try importing("--csv", "/nowhere", "--yes").status == 66)
    #expect(try program.run("catalogue", "list", "--json").object()["connectors"]?.count == 0)
  }

  @Test("a hundred megabytes are refused without being read to their end")
  func huge() throws {
    let path = program.home + "/huge.xml"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 100_000_000)
    try handle.close()
    try importing("--odata", path, "--connector", "C", "--yes").mustFail(65)
  }

  @Test("a mapping renames and groups, and rules that match nothing are reported")
  func mapping() throws {
    let map = program.home + "/map.yaml"
    try "rename: {lists: {Orders: Sales Orders}}\nskip: {lists: [Q*, Gone]}\n"
      .write(toFile: map, atomically: true, encoding: .utf8)
    let outcome = try importing("--csv", "-", "--map", map, "--yes")
    outcome.mustSucceed()
    #expect(outcome.output.contains("+ Sales Orders  group Sales"))
    #expect(outcome.output.contains("“Gone” matches nothing"))
    #expect(!outcome.output.contains("Quotes"))
  }
}
