import Foundation
import Glibc
import Testing

/// Tests restores and backups of keys, where a second Administrator has to agree.
@Suite(.enabled(if: getuid() == 0, "only root comes as somebody else")) struct RestoreTwoTests {
  private static let first = TwoAdministrators.first
  private static let second = TwoAdministrators.second

  let program: Program

  init() throws { program = try TwoAdministrators.program() }

  private func backup(_ name: String = "backup") throws -> String {
    let path = program.path(name)
    try program.run("backup", "--output", path).mustSucceed()
    return path
  }

  private func restore(_ path: String, _ environment: [String: String] = first) throws -> Outcome {
    try program.run("restore", path, "--replace", "--yes", environment: environment)
  }

  /// The number of the proposal that the command made.
  private func number(_ outcome: Outcome) throws -> String {
    #expect(outcome.status == 75 && outcome.output.isEmpty, "\(outcome.errors)")
    return String(try #require(outcome.errors.firstMatch(of: /proposal (\d+)/)).1)
  }

  private func agree(_ number: String) throws {
    try program.run("inbox", "agree", number, "--yes", environment: Self.second).mustSucceed()
  }

  @Test("a restore names the tokens that come alive, and asks")
  func names() throws {
    let path = try backup()
    try program.run("token", "revoke", "Portal", "portal", "--yes").mustSucceed()
    let asked = try program.run("restore", path, "--replace")
    #expect(asked.status == 64)
    #expect(asked.errors.contains("1 token comes alive:"))
    #expect(asked.errors.contains("the token “portal” of API user “Portal”, which is revoked"))
    let tokens = try program.run("token", "list", "Portal")
    #expect(tokens.output.contains("revoked"))
    let done = try program.run("restore", path, "--replace", "--yes")
    #expect(done.status == 0 && done.output.contains("1 token comes alive:"))
  }

  @Test(
    "under any rule of two a restore waits, its author carries it out once, and its row tells all",
    arguments: ["dual.administrator", "dual.removals", "dual.apply", "dual.export", "dual.archive"])
  func waits(setting: String) throws {
    let path = try backup()
    try program.run("token", "revoke", "Portal", "portal", "--yes").mustSucceed()
    let value = setting == "dual.removals" ? "100" : "on"
    try program.run("settings", "set", setting, value).mustSucceed()
    let asked = try number(try restore(path))
    let shown = try program.run("inbox", "show", asked, environment: Self.second).output
    #expect(shown.contains("lets more be done by one person alone: \(setting)"), "\(shown)")
    #expect(shown.contains("the token “portal” of API user “Portal”, which is revoked"))
    #expect(shown.contains("the audit log tells of this backup"))
    try program.run("inbox", "agree", asked, "--yes", environment: Self.first).mustFail(77)
    _ = try number(try restore(path))
    try agree(asked)
    // Another person may not carry it out.
    _ = try number(try restore(path, Self.second))
    _ = try number(try restore(path, [:]))
    let done = try restore(path)
    #expect(done.status == 0, "\(done.errors)")
    #expect(try program.run("settings", "list").output.contains(setting))
    let row = try program.run("audit", "list", "--what", "store.restore", "--limit", "1").output
    #expect(row.contains("first"))
    try program.run("audit", "verify").mustSucceed()
  }

  @Test("the agreement is for this file with this outcome, and for no other")
  func onlyThat() throws {
    let path = try backup()
    let other = try backup("other")
    try program.run("settings", "set", "dual.apply", "on").mustSucceed()
    let asked = try number(try restore(path))
    try agree(asked)
    _ = try number(try restore(other))
    // A token that was revoked since would become live, which the second person was not told.
    try program.run("token", "revoke", "Portal", "portal", "--yes").mustSucceed()
    let again = try number(try restore(path))
    #expect(again != asked)
    try program.run("inbox", "decline", again, environment: Self.second).mustSucceed()
    #expect(try program.run("token", "list", "Portal").output.contains("revoked"))
    try agree(try number(try restore(path)))
    try restore(path).mustSucceed()
    #expect(try !program.run("token", "list", "Portal").output.contains("revoked"))
  }

  @Test("a proposal that waited when the backup was made does not wait again")
  func stale() throws {
    try program.run("settings", "set", "dual.export", "on").mustSucceed()
    let export = try number(try program.run("export", environment: Self.first))
    try agree(export)
    let path = try backup()
    try program.run("export", environment: Self.first).mustSucceed()
    _ = try number(try program.run("export", environment: Self.first))
    try agree(try number(try restore(path)))
    let done = try restore(path)
    #expect(done.status == 0 && done.output.contains("1 proposal that waits is lost"), "\(done.errors)")
    // The agreement has been used up.
    try program.run("export", environment: Self.first).mustFail(75)
  }

  @Test("a backup with the keys takes two under dual.export, and one without them does not")
  func keys() throws {
    try program.run("settings", "set", "dual.export", "on").mustSucceed()
    try program.run("backup", "--output", program.path("plain"), environment: Self.first).mustSucceed()
    func take(_ name: String) throws -> Outcome {
      try program.run(
        "backup", "--output", program.path(name), "--keys-output", program.path(name + ".keys"),
        environment: Self.first)
    }
    let asked = try number(try take("one"))
    #expect(!program.exists("one") && !program.exists("one.keys"))
    // Agreeing to an export is not agreeing to a backup with keys.
    let export = try number(try program.run("export", environment: Self.first))
    try agree(export)
    _ = try number(try take("one"))
    try agree(asked)
    let taken = try take("one")
    #expect(taken.status == 0 && program.exists("one.keys"), "\(taken.errors)")
    _ = try number(try take("two"))
    #expect(!program.exists("two.keys"))
  }
}
