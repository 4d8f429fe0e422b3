import Access
import Foundation
import Testing

@Suite("Every fact can be printed for programs")
struct OutputFormatTests {
  private static let lists = [
    ["api-user", "list"], ["user", "list"], ["team", "list"], ["team", "members", "Mexico"],
    ["role", "list"],
    ["grant", "list"], ["token", "list", "Portal"], ["audit", "list"], ["settings", "list"], ["review"],
    ["denials"], ["deleted", "list"], ["inbox", "list"], ["undo", "--list"], ["user", "key", "list", "root"],
    ["doctor"],
  ]

  private func rows(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
  }

  @Test("lists are the same elements as JSON, JSON lines, YAML and CSV", arguments: lists)
  func listed(arguments: [String]) throws {
    let world = try ChangeWorld()
    let json = try world.run(arguments + ["-o", "json"])
    let elements = try json.object().elements
    #expect(
      try world.run(arguments + ["--json"]).output.split(separator: "\n").count
        == json.output.split(separator: "\n").count)
    let lines = try world.run(arguments + ["-ojsonl"])
    #expect(try rows(lines.output).count == elements.count)
    let yaml = try world.run(arguments + ["--output-format=yaml"]).output
    #expect(yaml.split(separator: "\n").count { $0.hasPrefix("- ") } == elements.count, "\(yaml)")
    let csv = try world.run(arguments + ["-o", "csv", "--no-header"]).output
    #expect(csv.split(separator: "\n").count == elements.count, "\(csv)")
    let header = try world.run(arguments + ["-o", "csv"]).output.split(separator: "\n").first
    #expect(header?.contains(",") == true)
    for text in [json.output, lines.output, yaml, csv] { #expect(!TokenID.isContained(in: text)) }
  }

  @Test(
    "one thing is an object in each format, and CSV is for what has columns",
    arguments: [
      (["api-user", "show", "Portal"], true), (["team", "show", "Mexico"], true),
      (["role", "show", "APIReader"], true), (["audit", "show", "1"], true),
      (["access", "Portal"], false), (["catalogue", "list"], false),
      (["check", "--user", "root", "--connector", "Business Central", "--list", "Items"], false),
    ])
  func shown(arguments: [String], hasColumns: Bool) throws {
    let world = try ChangeWorld()
    #expect(try rows(world.run(arguments + ["-o", "jsonl"]).output).count == 1)
    let yaml = try world.run(arguments + ["-o", "yaml"]).output
    #expect(yaml.contains(": ") && !yaml.contains("{\""), "\(yaml)")
    let csv = try world.run(arguments + ["-o", "csv"])
    if hasColumns { #expect(csv.output.split(separator: "\n").count == 2) } else { csv.mustFail(64) }
  }

  @Test("columns are chosen, and a table has no header where none is wanted")
  func columns() throws {
    let world = try ChangeWorld()
    let table = try world.run(["team", "list", "--columns", "name,id", "--no-header", "--matching", "Mexico"])
    #expect(table.output.firstMatch(of: /^Mexico  [a-z0-9]+\n$/) != nil, "\(table.output)")
    let shown = try world.run(["team", "show", "Mexico", "--columns", "name, Members"])
    #expect(shown.output == "Name     Mexico\nMembers  1\n")
    let unknown = try world.run(["team", "list", "--columns", "nam"])
    unknown.mustFail(64)
    #expect(unknown.errors.contains("did you mean name?"))
  }

  @Test(
    "an error is one line of JSON with a code that stays",
    arguments: [
      (["api-user", "show", "Nobody", "-o", "json"], "noInput", 66),
      (["api-user", "add", "", "--json"], "badData", 65),
      (["api-user", "frobnicate", "-o", "jsonl"], "usage", 64),
      (["team", "delete", "Mexico", "--output-format=yaml"], "usage", 64),
      (["team", "list", "-ocsv", "--columns", "x"], "usage", 64),
      (["team", "list", "-o", "json", "--no-header"], "usage", 64),
    ])
  func errors(arguments: [String], code: String, status: Int32) throws {
    let outcome = try ChangeWorld().run(arguments)
    outcome.mustFail(status)
    #expect(outcome.error?["code"]?.text == code)
  }

  @Test("the codes of errors stand in the documents, with their exit status")
  func documented() throws {
    let page = try String(contentsOfFile: "Resources/docs/commands.md", encoding: .utf8)
    let codes: [Access.ExitStatus] = [
      .usage, .badData, .noInput, .unavailable, .software, .cannotCreate, .inputOutput, .waiting,
      .notPermitted,
    ]
    for code in codes { #expect(page.contains("| `\(code)` | \(code.rawValue) |")) }
  }

  @Test("formats that exclude each other, and words that are no format, are refused")
  func refused() throws {
    let world = try ChangeWorld()
    for arguments in [["--json", "-o", "csv"], ["-o", "xml"], ["-o"]] {
      try world.run(["team", "list"] + arguments).mustFail(64)
    }
    try world.run(["export", "-o", "csv"]).mustFail(64)
    // What can't be told is refused before anything is done.
    for arguments in [["-o", "csv"], ["--columns", "name"]] {
      try world.run(["team", "delete", "Desk", "--yes"] + arguments).mustFail(64)
      try world.run(["team", "show", "Desk"]).mustSucceed()
    }
    #expect(try world.run(["export", "-o", "json"]).output.hasPrefix("{"))
    #expect(try world.run(["-o", "json", "team", "list"]).output.hasPrefix("["))
  }
}
