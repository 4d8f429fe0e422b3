import Access
import Administration
import Foundation
import GRDB
import Store
import TestSupport
import Testing

@Suite struct BackupTests {
  private let program: Program
  private let known: KnownStore

  init() throws {
    program = try .initialized()
    known = try KnownStore(program, tokens: 3)
  }

  private func backup(_ name: String = "backup", keys: String? = nil) throws -> String {
    let keyArguments = keys.map { ["--keys-output", program.path($0)] } ?? []
    let outcome = try program.run(["backup", "--output", program.path(name)] + keyArguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return program.path(name)
  }

  @Test("a backup is its owner's alone, never overwrites, is recorded, and holds no key")
  func backsUp() throws {
    let path = try backup(keys: "keys")
    #expect(try program.mode("backup") == 0o600 && program.mode("keys") == 0o600)
    program.home.contents { #expect(!$0.contains(".part")) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let keys = try String(contentsOfFile: program.path("keys"), encoding: .utf8)
    for line in keys.split(separator: "\n") {
      let secret = try #require(line.split(separator: " ").last)
      #expect(bytes.range(of: Data(secret.utf8)) == nil)
      #expect(bytes.range(of: try #require(Data(base64Encoded: String(secret)))) == nil)
    }
    let again = try program.run("backup", "--output", path)
    again.mustFail(73)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    try program.run("backup", "--output", program.path("other"), "--keys-output", program.path("keys"))
      .mustFail(73)
    #expect(!program.exists("other"))
    try program.run("backup", "--output", program.path("same"), "--keys-output", program.path("same"))
      .mustFail(64)
    let rows = try program.run("audit", "list", "--what", "store.backup", "--json").object()
    #expect(rows.count == 1)
    let digest = try program.run("backup", "--output", program.path("third"), "--json").object()["sha256"]?
      .text
    #expect(digest?.count == 64)
  }

  @Test("a store is restored on another machine, and opened with the copy of its keys")
  func restores() throws {
    let path = try backup(keys: "keys")
    let elsewhere = try Program()
    let refused = try elsewhere.run("restore", path)
    refused.mustFail(69)
    #expect(refused.errors.contains("lookup ") && refused.errors.contains("--keys-input"))
    #expect(!FileManager.default.fileExists(atPath: elsewhere.store))
    try elsewhere.run("restore", path, "--keys-input", program.path("keys")).mustSucceed()
    try known.check(at: (elsewhere.store, elsewhere.store + "/keys"))
    #expect(try elsewhere.apiUsers() == ["Portal"])
    let actions = try elsewhere.run("audit", "list", "--json").object().elements.compactMap {
      $0["action"]?.text
    }
    #expect(actions.contains("store.restore"))
    try elsewhere.run("audit", "verify").mustSucceed()
    // Never over what is there.
    try elsewhere.run("restore", path, "--keys-input", program.path("keys")).mustFail(73)
  }

  @Test("without the keys a store is restored when told to, and used once they are there")
  func withoutKeys() throws {
    let path = try backup(keys: "keys")
    let elsewhere = try Program()
    let outcome = try elsewhere.run("restore", path, "--without-keys")
    outcome.mustSucceed()
    #expect(outcome.output.contains("keys that are not there"))
    try elsewhere.run("api-user", "list").mustFail(69)
    try FileManager.default.copyItem(atPath: program.store + "/keys", toPath: elsewhere.store + "/keys")
    try known.check(at: (elsewhere.store, elsewhere.store + "/keys"))
  }

  @Test("a store is put back to a backup, says from which row to which, and keeps what it held")
  func replaces() throws {
    let path = try backup()
    try program.run("api-user", "add", "Later").mustSucceed()
    let unasked = try program.run("restore", path, "--replace")
    #expect(unasked.status == 64 && unasked.errors.contains("rolls the store back from row "))
    #expect(try program.apiUsers() == ["Portal", "Later"])
    let outcome = try program.run("restore", path, "--replace", "--yes", "--json")
    let record = try outcome.object()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try program.apiUsers() == ["Portal"])
    try known.check()
    let kept = try #require(record["kept"]?.text)
    let users = try DatabaseQueue(path: kept).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM account WHERE kind = 'apiUser'")
    }
    #expect(users == 2)
  }

  @Test("a backup from before keys were exchanged is used with the old ones, and new tokens are, too")
  func oldKeys() throws {
    let path = try backup()
    for kind in ["lookup", "seal"] { try program.run("key", "rotate", kind).mustSucceed() }
    try known.check()
    try program.run("restore", path, "--replace", "--yes").mustSucceed()
    try known.check()
    try program.run("token", "add", "Portal", "new").mustSucceed()
    let secret = try program.run("token", "reveal", "Portal", "new", reveals: true).output
    try program.run("token", "whois", input: secret).mustSucceed()
    // And they can be exchanged again.
    for kind in ["lookup", "seal"] { try program.run("key", "rotate", kind).mustSucceed() }
    try known.check()
    // Where the old ones were forgotten, it is said that they are missing.
    for name in try FileManager.default.contentsOfDirectory(atPath: program.store + "/keys")
    where name.contains("retired") {
      try FileManager.default.removeItem(atPath: program.store + "/keys/" + name)
    }
    try program.run("restore", path, "--replace", "--yes").mustFail(69)
    try known.check()
  }

  @Test("the heads that were kept elsewhere tell what a restore loses, or that the backup was made up")
  func heads() throws {
    let path = try backup()
    let before = try program.run("audit", "list", "--limit", "1", "--json").object()[0]
    try program.run("api-user", "add", "Later").mustSucceed()
    let last = try program.run("audit", "list", "--limit", "1", "--json").object()[0]
    func line(_ row: JSONValue?, _ hash: String? = nil) throws -> String {
      guard case .number(let number)? = row?["sequence"], let time = row?["time"]?.text,
        let digits = hash ?? row?["hash"]?.text
      else { throw CocoaError(.coderInvalidValue) }
      return "Nov 24 host popsec[1]: popsec audit head \(Int(number)) \(digits) \(time) unsigned\n"
    }
    func write(_ text: String) throws -> String {
      try Data(text.utf8).write(to: URL(fileURLWithPath: program.path("heads")))
      return program.path("heads")
    }
    let told = try program.run("restore", path, "--replace", "--yes", "--heads", try write(try line(last)))
    told.mustSucceed()
    #expect(told.output.contains("the system's log knows of rows up to"))
    // The row before the backup's own is in it, and was another.
    let forged = try line(before, String(repeating: "0", count: 64))
    let first = forged.replacing(/head \d+/, with: "head 1")
    let refused = try program.run("restore", path, "--replace", "--yes", "--heads", try write(first))
    refused.mustFail(65)
    #expect(refused.errors.contains("another history"))
    try known.check()
  }

  // MARK: Bad ones

  private enum Bad: String, CaseIterable {
    case empty, text, folder, missing, oneByteShort, half, databaseAlone, byteMore, flippedDatabase,
      flippedManifest, flippedEnd, cutOut, newer, otherDatabase, otherLog, damagedDatabase, otherStore
  }

  private static let expected: [Bad: (status: Int32, text: String)] = [
    .empty: (65, "is no backup of popsec"), .text: (65, "is no backup of popsec"),
    .folder: (65, "is no backup of popsec"), .missing: (66, "can't be read"),
    .oneByteShort: (65, "is truncated"), .half: (65, "is truncated"), .databaseAlone: (65, "is truncated"),
    .byteMore: (65, "is truncated"), .flippedDatabase: (65, "is damaged: the database in it"),
    .flippedManifest: (65, "is damaged: its manifest"), .flippedEnd: (65, "is truncated"),
    .cutOut: (65, "is damaged: something was cut out"), .newer: (69, "of version 99"),
    .otherDatabase: (65, "is damaged: its database is another"), .otherLog: (65, "is damaged: its audit log"),
    .damagedDatabase: (65, "is damaged: in its database"), .otherStore: (65, "is of another store"),
  ]

  private func make(_ bad: Bad, of path: String) throws -> String {
    let target = program.path("bad")
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var forged = try ForgedBackup(path)
    let tail = BackupManifest.lastLineByteCount
    switch bad {
    case .empty: bytes = []
    case .text: bytes = Array("hello\n".utf8)
    case .folder: return program.store
    case .missing: return target
    case .oneByteShort: bytes.removeLast()
    case .half: bytes.removeLast(bytes.count / 2)
    case .databaseAlone:
      let line = try #require(BackupManifest.lastLine(Array(bytes.suffix(tail))))
      bytes.removeLast(tail + line.byteCount)
    case .byteMore: bytes.append(10)
    case .flippedDatabase: bytes[70_000] ^= 1
    case .flippedManifest: bytes[bytes.count - tail - 10] ^= 1
    case .flippedEnd: bytes[bytes.count - tail] ^= 1
    case .cutOut: forged.cutDatabase(by: 4_096)
    case .newer: forged.set("schemaVersion", 99)
    case .otherDatabase, .otherStore:
      let other = try Program.initializedByItself()
      try other.run("backup", "--output", other.path("b")).mustSucceed()
      if bad == .otherStore {
        forged = try ForgedBackup(other.path("b"))
      } else {
        try forged.setDatabase(try Self.closed(other))
      }
    case .otherLog:
      try program.run("api-user", "add", "Later").mustSucceed()
      try forged.setDatabase(try Self.closed(program))
    case .damagedDatabase:
      let copy = program.path("copy")
      try FileManager.default.copyItem(atPath: try Self.closed(program), toPath: copy)
      let queue = try DatabaseQueue(path: copy)
      try queue.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA foreign_keys = OFF; INSERT INTO account_key VALUES (9, 'ssh-ed25519 A')")
        try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      try queue.close()
      try forged.setDatabase(copy)
    }
    switch bad {
    case .cutOut, .newer, .otherDatabase, .otherLog, .damagedDatabase, .otherStore:
      try forged.write(to: target)
    default: try Data(bytes).write(to: URL(fileURLWithPath: target))
    }
    return target
  }

  /// The database of a store that nobody uses, with all in it.
  private static func closed(_ program: Program) throws -> String {
    let queue = try DatabaseQueue(path: program.database)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try queue.close()
    return program.database
  }

  @Test("a bad backup is refused by name, and nothing is changed", arguments: Bad.allCases, [true, false])
  private func bad(_ bad: Bad, replacing: Bool) throws {
    let path = try backup()
    let made = try make(bad, of: path)
    let users = try program.apiUsers()
    let place = program.path("new")
    // Into an empty place any store's backup is good.
    if bad == .otherStore, !replacing { return }
    let arguments =
      replacing
      ? ["--replace", "--yes"] : ["--store", place, "--keys", program.store + "/keys"]
    let outcome = try program.run(["restore", made] + arguments)
    let expected = try #require(Self.expected[bad])
    #expect(outcome.status == expected.status, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.errors.contains(expected.text), "\(outcome.errors)")
    #expect(outcome.output == "")
    #expect(!FileManager.default.fileExists(atPath: place))
    #expect(try program.apiUsers() == users)
    try known.check()
    for folder in [program.home, program.store] {
      folder.contents {
        #expect(!$0.contains("making") && !$0.contains("restoring") && !$0.contains("replaced"))
      }
    }
  }

  // MARK: Under load

  @Test("a backup is whole while others write all the time, and none of them is refused")
  func underLoad() throws {
    let writers = try (0..<3).map { number in
      try (0..<8).map { try program.start(["api-user", "add", "User \(number) \($0)", "--token", "t"]) }
    }
    let backups = try (0..<4).map { try program.start(["backup", "--output", program.path("backup \($0)")]) }
    for running in backups {
      let outcome = try running.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    for running in writers.joined() {
      let outcome = try running.wait()
      #expect(outcome.status == 0, "\(outcome.errors)")
      // On a busy machine some of them say that they wait for another.
      #expect(outcome.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("waiting: ") })
    }
    for number in 0..<4 {
      let place = program.path("restored \(number)")
      try program.run(
        "restore", program.path("backup \(number)"), "--store", place, "--keys", program.store + "/keys"
      ).mustSucceed()
      try program.run("audit", "verify", "--store", place, "--keys", program.store + "/keys").mustSucceed()
    }
  }

  // MARK: Upgrading

  @Test("the steps of an upgrade are told first without a change, and then done with a copy kept")
  func upgrades() throws {
    try program.run("upgrade", "--check").mustSucceed()
    // As the popsec before the latest step left a store.
    let queue = try DatabaseQueue(path: program.database)
    let version = try queue.writeWithoutTransaction { database in
      try database.execute(sql: OlderStore.sql(before: 11))
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return try #require(try Int.fetchOne(database, sql: "SELECT max(number) FROM migration"))
    }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: program.database))
    let check = try program.run("upgrade", "--check")
    #expect(check.status == 1)
    #expect(check.output.contains("version \(version)"))
    #expect(check.output.contains("11: the order by next expiry"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: program.database)) == before)
    for command in [["team", "list"], ["api-user", "add", "New"], ["find", "x"], ["doctor"]] {
      let refused = try program.run(command)
      #expect(refused.status == (command == ["doctor"] ? 1 : 69), "\(command): \(refused)")
      #expect((refused.output + refused.errors).contains("is of version \(version), an older one"))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: program.database)) == before)
    try program.run("upgrade").mustSucceed()
    try program.run("upgrade", "--check").mustSucceed()
    #expect(try snapshotRows() == 1, "the first change need not wait for the state to be kept")
    try known.check()
    try program.run("upgrade").mustSucceed()
    #expect(try snapshotRows() == 1)
    var copies = 0
    program.store.contents { if $0.hasPrefix("popsec.db.backup-\(version)-") { copies += 1 } }
    #expect(copies == 1)
  }

  private func snapshotRows() throws -> Int {
    let queue = try DatabaseQueue(path: program.database)
    defer { try? queue.close() }
    return try queue.read { database in
      try #require(
        try Int.fetchOne(database, sql: "SELECT count(*) FROM audit WHERE action = 'store.snapshot'"))
    }
  }
}

extension String {
  /// The names in this folder.
  fileprivate func contents(_ body: (String) -> Void) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: self)) ?? [] { body(name) }
  }
}
