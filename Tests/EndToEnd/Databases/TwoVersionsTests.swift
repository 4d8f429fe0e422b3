import Foundation
import TestSupport
import Testing

/// A newer popsec's upgrade of the store.
enum LaterVersion: CaseIterable {
  /// It changes no table.
  case version
  /// It changes a table by which gates decide.
  case column
  /// It changes what gates ask for to learn that something changed.
  case counting
  /// It changes what gates ask for to learn whether their database's answers count.
  case settings

  /// What is changed, and back.
  func statements(inDatabase: Bool) -> (there: String, back: String) {
    func renaming(_ table: String, _ column: String) -> (String, String) {
      let rename = "ALTER TABLE \(table) RENAME COLUMN"
      return ("\(rename) \(column) TO renamed;", "\(rename) renamed TO \(column);")
    }
    return switch self {
    case .version: ("", "")
    case .column: renaming("token", "revoked_at")
    case .counting: renaming(inDatabase ? "change_count" : "generation", "number")
    case .settings: renaming("setting", "value")
    }
  }
}

extension TestStore {
  private var isInDatabase: Bool { place != path }

  /// Upgrades the store as a newer popsec does.
  fileprivate func upgrade(_ later: LaterVersion = .version) throws {
    try run(
      later.statements(inDatabase: isInDatabase).there
        + "INSERT INTO migration (number, name, applied_at) VALUES (999, 'later', 0);"
        + (isInDatabase && later != .counting ? "UPDATE change_count SET number = number + 1;" : ""))
  }

  fileprivate func takeBack(_ later: LaterVersion = .version) throws {
    try run(
      later.statements(inDatabase: isInDatabase).back + "DELETE FROM migration WHERE number = 999;"
        + (isInDatabase ? "UPDATE change_count SET number = number + 1;" : ""))
  }

  /// Runs SQL in one transaction, and returns what it prints.
  @discardableResult
  fileprivate func run(_ sql: String) throws -> String {
    if isInDatabase {
      let server = try #require(PostgresServer.shared).get()
      return try server.query(databaseName, "SET search_path = popsec; BEGIN; \(sql) COMMIT")
    }
    let printed = try Running(
      "/usr/bin/sqlite3", ["-cmd", ".timeout 10000", path + "/popsec.db", "BEGIN IMMEDIATE; \(sql) COMMIT"],
      environment: environment, file: folder.appendingPathComponent("sqlite")
    ).finish()
    guard printed.status == 0 else { throw Failure(printed.errors) }
    return printed.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension GatesEndToEnd {
  @Suite("two versions of popsec on one store") struct TwoVersions {
    private static let places = PostgresServer.shared == nil ? [false] : [false, true]
    private static let newer = "this popsec knows versions up to"
    private static let upgraded = "was brought to version 999 by a newer popsec"

    @Test(
      "a gate of the older version denies everything from the upgrade on, says why once, and goes on where it is undone",
      arguments: places, LaterVersion.allCases)
    func gate(inDatabase: Bool, later: LaterVersion) throws {
      try onStore(inDatabase: inDatabase) { store in
        let token = try store.mexico()
        // Not even where old answers are allowed is a newer popsec's store decided on by an older gate.
        try store.succeed("settings", "set", "gate.stale", "600")
        let house = try GateHouse(store)
        defer { house.end() }
        func answer() throws -> String {
          let request = """
            GET /auth/forward HTTP/1.1\r\nHost: gate\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n\
            X-Forwarded-Host: portal.example.com\r\nX-Forwarded-Uri: /widgets/sales?token=\(token)\r\n\r\n
            """
          let reply = try GateHouse.Reply(house.raw(Array(request.utf8), patience: 5_000, once: true))
          return "\(reply.status) \(reply.headers["x-popsec-reason"] ?? "")"
        }
        for _ in 1...5 { #expect(try answer() == "200 ") }
        try store.upgrade(later)
        try eventually("the gate's line in the log") {
          let answer = try answer()
          #expect(answer.hasPrefix("503 "))
          return house.gate.errorsSoFar.contains("nothing is let through")
        }
        for _ in 1...3 { #expect(try answer() == "503 newer-store") }
        let lines = house.gate.errorsSoFar.split(separator: "\n").filter {
          $0.contains("nothing is let through")
        }
        #expect(
          lines.count == 1 && lines[0].contains("version 999")
            && lines[0].contains(#""hint":"restart this gate with the newer popsec""#))
        let metrics = try house.raw(Array("GET /metrics HTTP/1.1\r\nHost: gate\r\n\r\n".utf8))
        #expect(metrics.contains(#"decisions_total{outcome="error",step=""}"#))
        #expect(metrics.contains("popsec_gate_stale_answers_total 0"))
        try store.takeBack(later)
        try eventually("the gate") { try answer() == "200 " }
      }
    }

    @Test(
      "a command of the older version changes nothing after the upgrade, and says what to do",
      arguments: places)
    func commands(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        try store.upgrade()
        let backup = store.folder.path + "/backup"
        for command in [
          ["team", "list"], ["api-user", "add", "x"], ["notify", "--once"], ["upgrade", "--check"],
          ["upgrade"],
          ["backup", "--output", backup], ["key", "rotate", "seal"],
          ["gate", "--allow-seal-key", "--listen", "unix:" + store.folder.path + "/gate.sock"],
        ] {
          let printed = try store.start(command).finish()
          #expect(printed.status == 69 && printed.output == "", "\(command): \(printed)")
          #expect(printed.errors.contains("has version 999, \(Self.newer)"), "\(command): \(printed.errors)")
          #expect(printed.errors.contains("hint: it was not touched; use a popsec of that version or later"))
        }
        #expect(!FileManager.default.fileExists(atPath: backup))
        let doctor = try store.popsec("doctor")
        #expect(doctor.status == 1 && doctor.output.contains("has version 999, \(Self.newer)"))
        try store.takeBack()
        #expect(try store.popsec("api-user", "list", "--no-header").output == "")
      }
    }

    @Test(
      "notices of which the older version can't note that they were handed over are left to the newer",
      arguments: places)
    func notices(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        for name in ["daemon", "bin"] {
          try store.succeed("user", "add", name, "--role", "Administrator", "--unix", name)
        }
        for setting in ["dual.export", "dual.apply"] { try store.succeed("settings", "set", setting, "on") }
        let team = try store.file("team.yaml", "popsec: 1\nteams:\n  - {name: Sales}\n")
        #expect(try store.popsec("export").status == 75)
        #expect(try store.popsec("apply", "--yes", team).status == 75)
        // The program waits for the upgrade while it has the first of two notices.
        let (taken, upgraded) = (store.folder.path + "/taken", store.folder.path + "/upgraded")
        let program = try store.file(
          "program",
          "#!/bin/sh\ncat >> \(taken); echo >> \(taken)\nwhile [ ! -e \(upgraded) ]; do sleep 0.05; done\n")
        chmod(program, 0o700)
        let notify = try store.start(["notify", "--once", "--program", program])
        try eventually("the first notice") { FileManager.default.fileExists(atPath: taken) }
        try store.upgrade()
        _ = try store.file("upgraded", "")
        let printed = try notify.finish()
        #expect(printed.status == 69 && printed.errors.contains(Self.upgraded), "\(printed)")
        #expect(try String(contentsOfFile: taken, encoding: .utf8).split(separator: "\n").count == 1)
        // Both still wait: each notice is handed over at least once.
        try store.takeBack()
        #expect(try store.run("SELECT count(*) FROM notice WHERE state = 'waiting';") == "2")
      }
    }

    @Test(
      "a console of the older version says that the store is a newer popsec's, and saves nothing",
      arguments: places)
    func console(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        let person = try store.person(columns: 120)
        try person.sees("Security").presses("s").sees("API users").presses("a")
        try person.sees("Click here to add an API user").presses("Enter").sees("Name", "Add an API token")
        person.types("Portal Mexico")
        try store.upgrade()
        try person.sees("the store is a newer popsec's: leave")
        person.presses("Enter")
        try person.sees("nothing was changed; leave this popsec")
        person.pty.end()
        try store.takeBack()
        #expect(try store.popsec("api-user", "list", "--no-header").output == "")
      }
    }
  }
}
