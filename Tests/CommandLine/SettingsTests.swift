import Foundation
import Testing

@Suite struct SettingsTests {
  let program: Program

  init() throws { program = try .initialized() }

  private func setting(_ key: String, _ arguments: String...) throws -> JSONValue {
    let all = try program.run(["settings", "list", "--json"] + arguments).object().elements
    return try #require(all.first { $0["key"]?.text == key })
  }

  private func user() throws -> String {
    try #require(try program.run("user", "list", "--json").object()[0]?["name"]?.text)
  }

  @Test("a setting has a default, is set, and goes back")
  func sets() throws {
    #expect(try setting("idle.lockMinutes")["value"] == .number(10))
    try program.run("settings", "set", "IDLE.lockminutes", "5").mustSucceed()
    #expect(try setting("idle.lockMinutes")["value"] == .number(5))
    #expect(try setting("idle.lockMinutes")["setForStore"] == .bool(true))
    try program.run("settings", "reset", "idle.lockMinutes").mustSucceed()
    #expect(try setting("idle.lockMinutes")["value"] == .number(10))
    #expect(try setting("idle.lockMinutes")["setForStore"] == .bool(false))
  }

  @Test("settings have stable keys in JSON")
  func keys() throws {
    #expect(
      try setting("recordingSafe").keys == [
        "key", "value", "default", "setForStore", "setForUser", "takes", "meaning",
      ])
  }

  @Test(
    "a text that is no value or no setting is refused, and changes nothing",
    arguments: [
      (["set", "idle.lockMinutes", "-1"], 64), (["set", "idle.lockMinutes", "1441"], 65),
      (["set", "recordingSafe", "maybe"], 65), (["set", "sshHost", "a b"], 65),
      (["set", "deleted.keptDays", "0"], 65), (["set", "deleted.keptDays", "3651"], 65),
      (["set", "nothing", "1"], 66), (["reset", "nothing"], 66), (["set", "idle.lockMinutes"], 64),
      (["set", "recordingSafe", "on", "--user", "nobody"], 66),
    ] as [([String], Int32)])
  func refuses(arguments: [String], status: Int32) throws {
    let before = try program.run("settings", "list").output
    try program.run(["settings"] + arguments).mustFail(status)
    #expect(try program.run("settings", "list").output == before)
  }

  @Test("recording-safe mode is set for a user, and other settings are not")
  func forUsers() throws {
    let me = try user()
    try program.run("settings", "set", "recordingSafe", "on", "--user", me).mustSucceed()
    #expect(try setting("recordingSafe", "--user", me)["value"] == .bool(true))
    #expect(try setting("recordingSafe")["value"] == .bool(false))
    try program.run("settings", "set", "idle.lockMinutes", "5", "--user", me).mustFail(65)
    try program.run("settings", "set", "recordingSafe", "on").mustSucceed()
    try program.run("settings", "reset", "recordingSafe", "--user", me).mustFail(77)
  }

  @Test("no setting is in the security file")
  func notExported() throws {
    let before = try program.run("export").output
    try program.run("settings", "set", "idle.lockMinutes", "5").mustSucceed()
    #expect(try program.run("export").output == before)
  }
}
