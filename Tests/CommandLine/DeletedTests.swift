import Foundation
import Testing

@Suite("popsec deleted lists, restores and purges")
struct DeletedTests {
  let program: Program

  init() throws {
    program = try .filled("deleted") { program in
      for name in ["Portal", "Kiosk"] {
        try program.run("api-user", "add", name, "--token", "t").mustSucceed()
        try program.run("api-user", "delete", name, "--yes").mustSucceed()
      }
      let file = program.path("file.yaml")
      for teams in ["\n  - name: Sales\n", " []\n"] {
        try Data("popsec: 1\nteams:\(teams)".utf8).write(to: URL(fileURLWithPath: file))
        #expect(try program.run("apply", file, "--yes").status == 0)
      }
    }
  }

  private func deleted(_ arguments: String...) throws -> [JSONValue] {
    try program.run(["deleted", "list", "--json"] + arguments).object().elements
  }

  private func id(_ name: String) throws -> String {
    try #require(try deleted(name).first?["id"]?.text)
  }

  private func secondPortal() throws {
    try program.run("api-user", "add", "Portal").mustSucceed()
    try program.run("api-user", "delete", "Portal", "--yes").mustSucceed()
  }

  @Test(
    "deleted things are listed by kind and by part of the name",
    arguments: [
      ([], ["Sales", "Kiosk", "Portal"]), (["--kind", "team"], ["Sales"]), (["--kind", "role"], []),
      (["--kind", "api-user", "--kind", "team", "S"], ["Sales", "Kiosk"]), (["PORT"], ["Portal"]),
      (["--kind", "apiUser", "x"], []),
    ] as [([String], Set<String>)])
  func lists(arguments: [String], names: Set<String>) throws {
    let found = try program.run(["deleted", "list", "--json"] + arguments).object().elements
    #expect(Set(found.compactMap { $0["name"]?.text }) == names)
    #expect(found.allSatisfy { $0["daysLeft"] == .number(30) })
    let table = try program.run(["deleted", "list"] + arguments)
    table.mustSucceed()
    for name in names { #expect(table.output.contains(name)) }
  }

  @Test("JSON has stable keys")
  func keys() throws {
    #expect(
      try deleted().first?.keys == ["id", "kind", "name", "place", "deleted", "deletedBy", "daysLeft"])
    #expect(
      try program.run("deleted", "restore", "team", "Sales", "--json").object().keys == [
        "id", "kind", "name",
      ])
  }

  @Test(
    "an account is restored under the old name or another, with its tokens revoked",
    arguments: [([], "Portal"), (["--as", "Portal 2"], "Portal 2")])
  func restores(arguments: [String], name: String) throws {
    let outcome = try program.run(["deleted", "restore", "api-user", "portal"] + arguments)
    outcome.mustSucceed()
    #expect(outcome.output.hasPrefix("restored API user “\(name)”; its tokens stay revoked"))
    #expect(try program.apiUsers() == [name])
    let tokens = try program.run("token", "list", name, "--json").object().elements
    #expect(tokens.map { $0["state"]?.text } == ["revoked"])
    let rows = try program.run("audit", "list", "--what", "apiUser.restore", "--json").object().count
    #expect(rows == 1)
  }

  @Test("where several things have the name, their ids are listed, and one of these is taken")
  func ambiguous() throws {
    try secondPortal()
    let outcome = try program.run("deleted", "restore", "api-user", "Portal")
    outcome.mustFail(65)
    let ids = try deleted("Portal").compactMap { $0["id"]?.text }
    #expect(ids.count == 2)
    for id in ids { #expect(outcome.errors.contains("--id \(id) (API user, deleted 2")) }
    try program.run("deleted", "restore", "api-user", "--id", ids[1]).mustSucceed()
    let taken = try program.run("deleted", "restore", "api-user", "--id", ids[0])
    taken.mustFail(65)
    #expect(taken.errors.contains("a living API user has the name “Portal”"))
    try program.run("deleted", "restore", "api-user", "--id", ids[0], "--as", "Other").mustSucceed()
    #expect(try program.apiUsers() == ["Portal", "Other"])
  }

  @Test(
    "purging asks for the name, and says that it is for good",
    arguments: [("Portal", true), ("portal", false), ("y", false), ("", false)])
  func purges(answer: String, isDone: Bool) throws {
    let session = try TerminalSession(program, "deleted", "purge", "api-user", "portal")
    try session.expect("this is final: it can't be undone, nor can it be restored")
    try session.expect("type its name (Portal): ")
    session.type(answer + "\n")
    #expect(session.wait() == (isDone ? 0 : 64))
    #expect(try deleted("Portal").isEmpty == isDone)
  }

  @Test("without a terminal and without --yes nothing is purged")
  func purgeNeedsYes() throws {
    try program.run("deleted", "purge", "team", "Sales").mustFail(64)
    #expect(try deleted("Sales").count == 1)
    try program.run("deleted", "purge", "team", "--id", try id("Sales"), "--yes").mustSucceed()
    #expect(try deleted("Sales").isEmpty)
    try program.run("deleted", "restore", "team", "Sales").mustFail(66)
  }

  @Test(
    "a thing that is not deleted, or an unknown kind, is refused",
    arguments: [
      (["restore", "team", "Nobody"], 66), (["restore", "team", "Portal"], 66),
      (["restore", "team", "--id", "zzz"], 66), (["restore", "team", "--id", "?"], 66),
      (["purge", "api-user", "Nobody", "--yes"], 66), (["restore", "tribe", "Sales"], 64),
      (["restore", "team"], 64), (["restore", "team", "Sales", "--id", "1"], 64),
      (["list", "--kind", "x"], 64),
      (["restore", "team", "Sales", "--as", "a\u{7}"], 65),
    ] as [([String], Int32)])
  func refuses(arguments: [String], status: Int32) throws {
    try program.run(["deleted"] + arguments).mustFail(status)
    #expect(try deleted().count == 3)
  }

  @Test("a deletion says beforehand for how long it can be restored, as it is set")
  func saysBefore() throws {
    try program.run("settings", "set", "deleted.keptDays", "7").mustSucceed()
    try program.run("api-user", "add", "Portal", "--token", "t").mustSucceed()
    let session = try TerminalSession(program, "api-user", "delete", "Portal")
    try session.expect("it can be restored for 7 days; its tokens are revoked for good")
    session.type("\n")
    #expect(session.wait() == 64)
    let file = program.path("none.yaml")
    try Data("popsec: 1\napiUsers: []\n".utf8).write(to: URL(fileURLWithPath: file))
    let plan = try program.run("plan", file)
    #expect(plan.output.contains("what is removed can be restored for 7 days"))
    #expect(try deleted().allSatisfy { $0["daysLeft"] == .number(7) })
  }
}
