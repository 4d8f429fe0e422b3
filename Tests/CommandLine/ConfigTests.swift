import Foundation
import Testing

@Suite("A person's own settings are checked, shown and kept") struct ConfigTests {
  let program: Program

  init() throws { program = try .initialized() }

  private var folder: String { program.home + "/config/popsec" }
  private var environment: [String: String] { ["XDG_CONFIG_HOME": program.home + "/config"] }

  private func write(_ text: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: folder + "/config.yaml", atomically: true, encoding: .utf8)
  }

  private func run(_ arguments: String..., input: String = "") throws -> Outcome {
    try program.run(["config"] + arguments, input: input, environment: environment)
  }

  @Test("without a document the usual settings are in effect, and the place of the first one is told")
  func none() throws {
    #expect(try run("path").output.hasPrefix(folder + "/config.yaml (there is none yet)"))
    #expect(try run("show").output.contains("theme: terminal\n"))
    try run("check").mustSucceed()
  }

  @Test("the file goes before what is kept in the store")
  func order() throws {
    try run("set", "-", input: "theme: light\n").mustSucceed()
    #expect(try run("path").output.hasPrefix("kept in the store for "))
    #expect(try run("show").output.contains("theme: light\n"))
    try write("theme: dark\n")
    #expect(try run("path").output == folder + "/config.yaml\n")
    #expect(try run("show", "-o", "json").output.contains(#""theme":"dark""#))
    try run("set", "-", input: "\n").mustSucceed()
  }

  @Test("all that is wrong is told with its place, and nothing is kept")
  func refuses() throws {
    let text = "theem: dark\nkeys: {api-users: {delete: r}}\n"
    for arguments in [["check", "-"], ["set", "-"]] {
      let outcome = try program.run(["config"] + arguments, input: text, environment: environment)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("standard input:1:1: a document of settings has no key “theem”"))
      #expect(outcome.errors.contains("standard input:2:20: on the page api-users, delete and rename both"))
    }
    #expect(try run("path").output.contains("there is none yet"))
    try write(text)
    #expect(try run("check").status == 65)
  }

  @Test("the names of actions and columns are listed, with the person's keys")
  func names() throws {
    try write("keys: {api-users: {delete: X}}\ncolumns: {teams: [members]}\n")
    let actions = try run("show", "--actions", "-o", "json").object().elements
    let delete = actions.first { $0["page"]?.text == "api-users" && $0["action"]?.text == "delete" }
    #expect(delete?["keys"]?.elements.map(\.text) == ["X", "Del"])
    let lists = try run("show", "--lists", "-o", "json").object().elements
    let teams = lists.filter { $0["list"]?.text == "teams" && $0["shown"] == .bool(true) }
    #expect(teams.map { $0["column"]?.text } == ["name", "members"])
  }

  @Test("settings hold no Token ID")
  func noSecret() throws {
    let id = "pst_" + String(repeating: "A", count: 43)
    let outcome = try run("set", "-", input: "# \(id)\n")
    #expect(!outcome.errors.contains(id))
  }
}
