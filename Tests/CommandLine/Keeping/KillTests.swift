import Access
import Administration
import Foundation
import Glibc
import Store
import Testing

/// A power cut at any point leaves the old state or the new one. POPSEC_KILLS sets the number of points for
/// each command; without it they are few.
@Suite(.serialized) struct KillTests {
  private static let kills = ProcessInfo.processInfo.environment["POPSEC_KILLS"].flatMap { Int($0) } ?? 12

  private let program: Program
  private let known: KnownStore

  init() throws {
    program = try .initialized()
    known = try KnownStore(program, tokens: 400)
  }

  /// Kills a command repeatedly, each time somewhere between its beginning and its expected end, and checks
  /// what it left. Because the duration differs from run to run, a command that ended before the kill brings
  /// the expected end nearer, and one that did not moves it away.
  private func kill(
    _ command: @autoclosure () -> [String], prepare: () throws -> Void = {},
    check: (_ isKilled: Bool) throws -> Void
  ) throws {
    try prepare()
    let began = DispatchTime.now().uptimeNanoseconds
    let whole = try program.run(command())
    #expect(whole.status == 0, "\(whole.errors)")
    var spanMicroseconds = UInt32((DispatchTime.now().uptimeNanoseconds - began) / 1_000)
    try check(false)
    var (killed, ended) = (0, 0)
    while killed < Self.kills, ended < 3 * Self.kills {
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
    arguments: TokenKeyKind.allCases)
  func rotation(kind: TokenKeyKind) throws {
    try kill(["key", "rotate", kind.rawValue, "--forget"]) { _ in try known.check() }
    try program.run("key", "rotate", kind.rawValue).mustSucceed()
    let administration = try KnownStore.open(program.store)
    #expect(try administration.tokenIDCounts(kind).count == 1)
    try known.check()
  }

  @Test("a restore that is killed at any point leaves nothing, or the whole store")
  func restoring() throws {
    let backup = program.path("backup")
    let keys = program.path("keys")
    #expect(try program.run("backup", "--output", backup, "--keys-output", keys).status == 0)
    let place = program.path("place")
    try kill(
      ["restore", backup, "--store", place, "--keys-input", keys],
      prepare: { try? FileManager.default.removeItem(atPath: place) },
      check: { isKilled in
        guard FileManager.default.fileExists(atPath: place) else { return #expect(isKilled) }
        try known.check(at: place)
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
    let backups = ["one", "two"].map { program.path($0) }
    #expect(try program.run("backup", "--output", backups[0]).status == 0)
    try program.run("api-user", "add", "Later").mustSucceed()
    #expect(try program.run("backup", "--output", backups[1]).status == 0)
    var (round, before) = (0, Set<String>())
    try kill(
      ["restore", backups[round % 2], "--replace", "--yes"],
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

  @Test("an undoing that is killed at any point leaves all as it was before, or as it was to be")
  func undoing() throws {
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
      ["undo", "--yes"],
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

  @Test("a backup that is killed at any point has its name when it is whole, and not before")
  func backingUp() throws {
    let backup = program.path("backup")
    let place = program.path("place")
    try kill(
      ["backup", "--output", backup], prepare: { try? FileManager.default.removeItem(atPath: backup) },
      check: { isKilled in
        guard FileManager.default.fileExists(atPath: backup) else { return #expect(isKilled) }
        try? FileManager.default.removeItem(atPath: place)
        try program.run("restore", backup, "--store", place, "--keys", program.store + "/keys").mustSucceed()
      })
    try known.check()
  }
}
