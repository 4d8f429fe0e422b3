import Foundation
import Testing

@Suite("One's own settings are checked, told and kept by command") struct ConfigTests {
  let program: Program

  init() throws { program = try .initialized() }

  @Test(
    "what is wrong with a document is told with its line, and the exit status is 65",
    arguments: [
      ("theem: dark\n", "1:1", "did you mean “theme”?"),
      ("theme: dark\nkeys: {api-users: {renam: n}}\n", "2:", "rename"),
      ("keys: {api-users: {rename: a}}\n", "1:", "rename and add both have the key a"),
      ("columns: {api-users: [state, nam]}\n", "1:", "name"),
      ("startPage: security/nothing\n", "1:", "security/"),
    ])
  func refuses(_ text: String, _ place: String, _ words: String) throws {
    let result = try program.run("config", "check", "-", input: text)
    #expect(result.status == 65)
    #expect(result.errors.contains(place) && result.errors.contains(words), "\(result.errors)")
  }

  @Test("a document is kept in the store, goes then, and is removed by an empty one")
  func keeps() throws {
    try program.run("config", "set", "-", input: "theme: light\n").mustSucceed()
    #expect(try program.run("config", "show").output.contains("theme: light"))
    #expect(try program.run("config", "path").output.contains("kept in the store for"))
    try program.run("config", "set", "-", input: "").mustSucceed()
    #expect(try program.run("config", "show").output.contains("theme: terminal"))
  }

  @Test("a document that is refused is not kept")
  func refused() throws {
    #expect(try program.run("config", "set", "-", input: "theme: pink\n").status == 65)
    #expect(try program.run("config", "show").output.contains("theme: terminal"))
  }
}
