import Access
import Administration
import Foundation
import Glibc
import Store
import TestSupport
import Testing

/// A power cut at any point leaves the old state or the new one. POPSEC_KILLS sets the number of points for
/// each command; without it they are few.
@Suite(.serialized) struct KillTests {
  private static let kills = ProcessInfo.processInfo.environment["POPSEC_KILLS"].flatMap { Int($0) }

  /// The program, and its tokens.
  private func filled(_ engine: Engine) throws -> (Program, KnownStore) {
    let program = try Program.initialized(on: engine)
    return (program, try KnownStore(program, tokens: engine.hasDatabases ? 150 : 400))
  }

  /// Kills a command repeatedly, each time somewhere between its beginning and its expected end, and checks
  /// what it left. Because the duration differs from run to run, a command that ended before the kill brings
  /// the expected end nearer, and one that did not moves it away.
  private func kill(
    _ program: Program, _ command: @autoclosure () -> [String], prepare: () throws -> Void = {},
    check: (_ isKilled: Bool) throws -> Void
  ) throws {
    // What is looked at after each kill takes longer in a database.
    let kills = Self.kills ?? (program.databaseAddress == nil ? 12 : 4)
    try prepare()
    let began = DispatchTime.now().uptimeNanoseconds
    let whole = try program.run(command())
    #expect(whole.status == 0, "\(whole.errors)")
    var spanMicroseconds = UInt32((DispatchTime.now().uptimeNanoseconds - began) / 1_000)
    try check(false)
    var (killed, ended) = (0, 0)
    while killed < kills, ended < 3 * kills {
      try prepare()
      let running = try program.start(command())
      usleep(UInt32.random(in: 0...spanMicroseconds))
      running.kill(SIGKILL)
      let isKilled = try running.wait().signal == SIGKILL
      if isKilled { killed += 1 } else { ended += 1 }
      spanMicroseconds = isKilled ? spanMicroseconds / 16 * 17 : spanMicroseconds / 4 * 3
      try check(isKilled)
    }
    #expect(killed > 0)
    print("killed at \(killed) of \(killed + ended) points of popsec \(command()[0])")
  }

  @Test(
    "an exchange of keys that is killed at any point is gone on with, and every token works",
    arguments: TokenKeyKind.allCases, Engine.all)
  func rotation(kind: TokenKeyKind, engine: Engine) throws {
    let (program, known) = try filled(engine)
    try kill(program, ["key", "rotate", kind.rawValue, "--forget"]) { _ in try known.check() }
    try program.run("key", "rotate", kind.rawValue).mustSucceed()
    let administration = try KnownStore.open(program.place, keys: program.keys)
    #expect(try administration.tokenIDCounts(kind).count == 1)
    try known.check()
  }

  @Test("a restore into a database that is killed at any point leaves nothing, or the whole store")
  func restoringIntoDatabase() throws {
    try #require(PostgresServer.shared != nil, "\(PostgresServer.absence)")
    let (program, known) = try filled(.sqlite)
    let (backup, keys, place) = (program.path("backup"), program.path("keys"), program.path("place"))
    #expect(try program.run("backup", "--output", backup, "--keys-output", keys).status == 0)
    var database = ""
    try kill(
      program, ["restore", backup, "--store", database, "--keys", place, "--keys-input", keys],
      prepare: {
        if !database.isEmpty { try PostgresServer.running().remove(database) }
        try? FileManager.default.removeItem(atPath: place)
        database = try PostgresServer.running().makeDatabase()
      },
      check: { isKilled in
        guard try Self.hasStore(database) else { return #expect(isKilled) }
        try known.check(at: (database, place))
      })
  }

  /// Whether a database has a store. Whoever was killed may have left a server's process that still ends.
  private static func hasStore(_ address: String) throws -> Bool {
    let (server, name) = (try PostgresServer.running(), PostgresServer.name(address))
    try eventually("the server's process to end") {
      let count =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'popsec' AND datname = '\(name)'"
      return try server.query("postgres", count) == "0"
    }
    return try server.query(name, "SELECT to_regclass('popsec.migration') IS NOT NULL") == "t"
  }

  @Test("making a store that is killed at any point is done by who tries again", arguments: Engine.all)
  func making(engine: Engine) throws {
    let program = try Program(on: engine)
    var address = program.databaseAddress
    let places = { address.map { ["--store", $0] } ?? [] }
    try kill(
      program, ["init", "--decoys", "0"] + places(),
      prepare: {
        for path in [program.store, program.keys] { try? FileManager.default.removeItem(atPath: path) }
        guard let old = address else { return }
        let server = try PostgresServer.running()
        server.remove(old)
        address = try server.makeDatabase()
      },
      check: { isKilled in
        if let address { _ = try Self.hasStore(address) }
        var again = try program.run(["init", "--decoys", "0"] + places())
        if address != nil, again.errors.contains("there is a key at") {
          // Beside a database, keys are there before their store, and nobody but a person throws keys away.
          #expect(isKilled)
          try FileManager.default.removeItem(atPath: program.keys)
          again = try program.run(["init", "--decoys", "0"] + places())
        }
        #expect(again.status == 0 || again.errors.contains("there is a store at"), "\(again.errors)")
        #expect(isKilled || again.status != 0)
        let added = try program.run(["api-user", "add", "Portal", "--token", "first"] + places())
        #expect(added.status == 0, "\(added.errors)")
        #expect(try program.run(["audit", "verify"] + places()).status == 0)
      })
  }

  @Test("a restore that is killed at any point leaves nothing, or the whole store")
  func restoring() throws {
    let (program, known) = try filled(.sqlite)
    let backup = program.path("backup")
    let keys = program.path("keys")
    #expect(try program.run("backup", "--output", backup, "--keys-output", keys).status == 0)
    let place = program.path("place")
    try kill(
      program, ["restore", backup, "--store", place, "--keys-input", keys],
      prepare: { try? FileManager.default.removeItem(atPath: place) },
      check: { isKilled in
        guard FileManager.default.fileExists(atPath: place) else { return #expect(isKilled) }
        try known.check(at: (place, place + "/keys"))
      })
    // The next command removes what the killed ones left.
    try? FileManager.default.removeItem(atPath: place)
    #expect(try program.run("restore", backup, "--store", place, "--keys-input", keys).status == 0)
    #expect(try Self.leftovers(program.home) == [] && Self.leftovers(place) == [])
  }

  /// The remains of a store that is not in its place.
  private static func leftovers(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0.contains("making-") || $0.contains("restoring-") || $0.hasSuffix(".part")
    }
  }

  @Test("a store that is put back, killed at any point, is as it was or as it was to be")
  func replacing() throws {
    let (program, known) = try filled(.sqlite)
    let backups = ["one", "two"].map { program.path($0) }
    #expect(try program.run("backup", "--output", backups[0]).status == 0)
    try program.run("api-user", "add", "Later").mustSucceed()
    #expect(try program.run("backup", "--output", backups[1]).status == 0)
    var (round, before) = (0, Set<String>())
    try kill(
      program, ["restore", backups[round % 2], "--replace", "--yes"],
      prepare: {
        round += 1
        before = try program.apiUsers()
      },
      check: { isKilled in
        try known.check()
        let users = try program.apiUsers()
        let wanted: Set<String> = round % 2 == 0 ? ["Portal"] : ["Portal", "Later"]
        #expect(users == wanted || (isKilled && users == before))
        Self.removeKept(program.store)
      })
    _ = try program.run("doctor")
    #expect(try Self.leftovers(program.store) == [])
  }

  @Test(
    "an undoing that is killed at any point leaves all as it was before, or as it was to be",
    arguments: Engine.all)
  func undoing(engine: Engine) throws {
    let (program, known) = try filled(engine)
    let names = Set((0..<150).map { "team \($0)" })
    let (all, none) = (program.path("all.yaml"), program.path("none.yaml"))
    let entries = names.map { "\n  - {name: \($0), roles: [WidgetReader]}" }.joined()
    try Data("popsec: 1\nteams:\(entries)\n".utf8).write(to: URL(fileURLWithPath: all))
    try Data("popsec: 1\nteams: []\n".utf8).write(to: URL(fileURLWithPath: none))
    #expect(try program.run("apply", all, "--yes").status == 0)
    func teams() throws -> [JSONValue] { try program.run("team", "list", "--json").object().elements }
    let before = try program.run("export").output
    // Where the last round left the old state, there is nothing to remove.
    try kill(
      program, ["undo", "--yes"],
      prepare: {
        let applied = try program.run("apply", none, "--yes")
        #expect(applied.status == 0, "\(applied.errors)")
      },
      check: { isKilled in
        let found = Set(try teams().compactMap { $0["name"]?.text })
        #expect(found == names || (isKilled && found.isEmpty))
        let exported = try program.run("export").output
        #expect(found.isEmpty || exported == before)
        try known.check()
      })
  }

  /// Removes the replaced states, each of which is kept under the second of its replacement.
  private static func removeKept(_ store: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: store)) ?? []
    where name.contains(".replaced-") {
      try? FileManager.default.removeItem(atPath: store + "/" + name)
    }
  }

  @Test(
    "a backup that is killed at any point has its name when it is whole, and not before",
    arguments: Engine.all)
  func backingUp(engine: Engine) throws {
    let (program, known) = try filled(engine)
    let backup = program.path("backup")
    let place = program.path("place")
    try kill(
      program, ["backup", "--output", backup],
      prepare: { try? FileManager.default.removeItem(atPath: backup) },
      check: { isKilled in
        guard FileManager.default.fileExists(atPath: backup) else { return #expect(isKilled) }
        try? FileManager.default.removeItem(atPath: place)
        try program.run("restore", backup, "--store", place, "--keys", program.keys).mustSucceed()
      })
    try known.check()
  }
}
