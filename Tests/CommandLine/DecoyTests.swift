import Foundation
import GRDB
import Testing

/// Decoys as commands make, list and remove them.
@Suite("popsec token decoy") struct DecoyTests {
  private let program: Program

  init() throws { program = try Program.initialized() }

  private var decoys: JSONValue {
    get throws { try program.run("token", "decoy", "--list", "--json").object() }
  }

  private func rows(_ sql: String) throws -> [[String?]] {
    try DatabaseQueue(path: program.database).read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map { String.fromDatabaseValue($0) }
      }
    }
  }

  /// What the audit log has of each change but who or what was changed, and the ids.
  private func audit(after row: Int) throws -> [String] {
    try program.run("audit", "list", "--json").object().elements.reversed().dropFirst(row)
      .map {
        "\($0["action"]?.text ?? "") \($0["actor"]?.text ?? "") \($0["frontEnd"]?.text ?? "") \($0.keys.sorted())"
      }
  }

  @Test("a decoy is an API user with a token, added by the rows of any such user, and shown to nobody")
  func likeAnyOther() throws {
    try program.run("api-user", "add", "Portal Peru", "--token", "portal").mustSucceed()
    let before = try audit(after: 0).count
    try program.run("api-user", "add", "Portal Chile", "--token", "portal").mustSucceed()
    let ordinary = try audit(after: before)
    let made = try program.run("token", "decoy")
    made.mustSucceed()
    #expect(try audit(after: before + ordinary.count) == ordinary)
    let listed = try decoys
    #expect(listed.count == 1)
    let name = try #require(listed[0]?["apiUser"]?.text)
    #expect(name.hasPrefix("Portal ") && made.output.contains(name))
    #expect(listed[0]?["token"]?.text == "portal" && listed[0]?["kind"]?.text == "sealed")
    #expect(try program.run("api-user", "list", "--json").object().count == 3)
    #expect(try program.run("access", name).output.contains("nothing"))
    try program.run("token", "reveal", name, "portal", reveals: true).mustSucceed()
  }

  @Test("neither the database nor an export says the word, whatever was made, listed and removed")
  func databaseIsSilent() throws {
    try program.run("token", "decoy", "--api-user", "Portal Peru", "--token", "web", "--label", "env=prod")
      .mustSucceed()
    try program.run("token", "decoy", "--planted", "the wiki", reveals: true).mustHaveStatus(0)
    let id = try #require(try decoys[1]?["id"]?.text)
    try program.run("token", "decoy", "--remove", id).mustSucceed()
    try program.run("key", "rotate", "lookup", "--without-gates").mustSucceed()
    for name in ["popsec.db", "popsec.db-wal"] {
      let bytes = FileManager.default.contents(atPath: program.store + "/" + name) ?? Data()
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      #expect(!text.contains("decoy") && !text.contains("the wiki"), "\(name)")
    }
    #expect(!(try program.run("export").output.lowercased().contains("decoy")))
    // As of any API user, the owner and the labels that were given are those of the API user alone.
    let account = try program.run("api-user", "list", "--json").object()
    #expect(account[0]?["labels"]?["env"]?.text == "prod")
    #expect(try decoys.count == 1)
  }

  @Test("a planted decoy is printed once, alone on its line, and leaves nothing in the store")
  func planted() throws {
    let before = try audit(after: 0).count
    let planted = try program.run("token", "decoy", "--planted", "page “VPN” of the wiki", reveals: true)
    planted.mustHaveStatus(0)
    let tokenID = try #require(planted.lines.first)
    #expect(planted.lines.count == 1 && tokenID.hasPrefix("pst_"))
    #expect(try audit(after: 0).count == before)
    let listed = try decoys
    #expect(listed[0]?["kind"]?.text == "planted" && listed[0]?["name"]?.text == "page “VPN” of the wiki")
    #expect(listed[0]?["apiUser"] == .null && listed[0]?.keys.contains("tokenID") == false)
    let file = try String(contentsOfFile: program.store + "/keys/decoys", encoding: .utf8)
    #expect(!file.contains(tokenID))
    let json = try program.run("token", "decoy", "--planted", "x", "--json", reveals: true).object()
    #expect(json["tokenID"]?.text?.hasPrefix("pst_") == true)
  }

  @Test("a decoy obeys the laws about tokens that mean its API user")
  func lawful() throws {
    let demands = ["--networks-required", "--max-days", "30", "--expiring"]
    try program.run(["law", "add", "short", "--all-api-users"] + demands + ["--yes"]).mustSucceed()
    try program.run("token", "decoy").mustSucceed()
    try program.run("law", "check").mustSucceed()
    let token = try program.run("token", "list", "--json").object()[0]
    #expect(token?["networks"]?.count == 1, "\(String(describing: token))")
    let empty = try program.run("token", "decoy", "--planted", " ")
    empty.mustFail(64)
    #expect(empty.errors.contains("name the place"))
  }

  @Test("decoys that are made at the same time are all kept")
  func concurrent() throws {
    let running = try (0..<4).map { number in
      try program.start(
        number % 2 == 0 ? ["token", "decoy"] : ["token", "decoy", "--planted", "place \(number)"])
    }
    for run in running { try run.wait().mustHaveStatus(0) }
    #expect(try decoys.count == 4)
    #expect(try program.run("api-user", "list", "--json").object().count == 2)
  }

  @Test(
    "what can't be is refused, and nothing is added",
    arguments: [
      (["--api-user", "Portal Peru"], 65), (["--planted", ""], 64), (["--list", "--planted", "x"], 64),
      (["--remove", "abc"], 66), (["--list", "--api-user", "x"], 64), (["--expires", "2001-01-01"], 65),
      (["--api-user", "x", "--owner", "user:nobody"], 66),
    ] as [([String], Int32)])
  func refused(arguments: [String], status: Int32) throws {
    try program.run("api-user", "add", "Portal Peru").mustSucceed()
    try program.run(["token", "decoy"] + arguments).mustFail(status)
    #expect(try decoys.count == 0)
    #expect(try program.run("api-user", "list", "--json").object().count == 1)
  }

  @Test("a decoy whose API user is deleted is still one, and is listed by the name that it was made with")
  func deleted() throws {
    try program.run("token", "decoy", "--api-user", "Portal Peru", "--token", "web").mustSucceed()
    try program.run("api-user", "delete", "Portal Peru", "--yes").mustSucceed()
    let listed = try decoys
    #expect(listed[0]?["apiUser"] == .null && listed[0]?["name"]?.text == "Portal Peru / web")
  }

  @Test("a file of decoys that can't be read is no file without decoys, and doctor says so")
  func unreadable() throws {
    try program.run("token", "decoy").mustSucceed()
    let file = URL(fileURLWithPath: program.store + "/keys/decoys")
    let whole = try Data(contentsOf: file)
    try whole.dropLast(9).write(to: file)
    chmod(file.path, 0o600)
    for arguments in [["--list"], [], ["--planted", "x"]] {
      try program.run(["token", "decoy"] + arguments).mustFail(65)
    }
    #expect(try program.run("api-user", "list", "--json").object().count == 1)
    let doctor = try program.run("doctor")
    #expect(doctor.status == 1 && doctor.output.contains("file of decoys at"))
    try FileManager.default.removeItem(at: file)
    try program.run("token", "decoy", "--list").mustFail(66)
    #expect(try program.run("doctor").output.contains("there is no file of decoys"))
    try whole.write(to: file)
    chmod(file.path, 0o600)
    #expect(try decoys.count == 1)
  }

  @Test("after a restore, a copy of the file has every decoy again")
  func restored() throws {
    try program.run("token", "decoy").mustSucceed()
    let (backup, keys) = (program.home + "/backup", program.home + "/keys")
    try program.run("backup", "--output", backup, "--keys-output", keys).mustHaveStatus(0)
    let other = program.home + "/other"
    try program.run("restore", backup, "--keys-input", keys, "--store", other).mustHaveStatus(0)
    #expect(try program.run("doctor", "--store", other).output.contains("there is no file of decoys"))
    try FileManager.default.copyItem(atPath: program.store + "/keys/decoys", toPath: other + "/keys/decoys")
    let listed = try program.run("token", "decoy", "--list", "--json", "--store", other)
    #expect(try listed.object() == decoys)
  }

  @Test("init makes decoys, as many as it is told", arguments: [(nil, 2), (0, 0), (3, 3)] as [(Int?, Int)])
  func initialized(asked: Int?, count: Int) throws {
    let program = try Program()
    let outcome = try program.run(["init"] + (asked.map { ["--decoys", "\($0)"] } ?? []) + ["--json"])
    outcome.mustSucceed()
    #expect(try outcome.object()["decoys"] == .number(Double(count)))
    let users = try program.run("api-user", "list", "--json").object().elements.compactMap {
      $0["name"]?.text
    }
    let decoys = try program.run("token", "decoy", "--list", "--json").object().elements
    #expect(Set(users) == Set(decoys.compactMap { $0["apiUser"]?.text }) && users.count == count)
    for user in users { #expect(!outcome.output.contains(user)) }
    #expect(try program.run("audit", "verify").status == 0)
  }
}

extension Outcome {
  /// Whatever was told beside the output.
  fileprivate func mustHaveStatus(_ expected: Int32, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(status == expected, "\(errors)", sourceLocation: sourceLocation)
  }
}
