import Access
import Foundation
import GRDB
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

@Suite struct SQLiteOpeningTests {
  /// A store, made and closed.
  private func closedStore() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    try store.write { writer in
      for number in 0..<200 { try writer.insert(try Sample.account("user \(number)")) }
    }
    try store.close()
    return folder
  }

  private func open(
    _ folder: TemporaryFolder, _ options: OpenOptions = OpenOptions()
  ) throws -> SQLiteStore {
    try SQLiteStore.open(folder.store, options: options, now: .start)
  }

  private func count(_ store: SQLiteStore) throws -> Int {
    try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) }
  }

  @Test("written data is there when the store is opened again")
  func keeps() throws {
    let folder = try closedStore()
    #expect(try count(try open(folder)) == 200)
  }

  @Test("every write is on disk before it is acknowledged")
  func isSynchronous() throws {
    let folder = try closedStore()
    let store = try open(folder)
    let modes = try store.connections.writer().inDatabase { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA synchronous"),
        try String.fetchOne(database, sql: "PRAGMA journal_mode")
      )
    }
    #expect(modes.0 == 2 && modes.1 == "wal")
    #expect(
      try store.connections.read { database in try Int.fetchOne(database, sql: "PRAGMA foreign_keys") }
        == 1)
  }

  @Test("where there is nothing, the store is missing")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StoreError.missing(path: folder.store.path)) { try open(folder) }
  }

  @Test(
    "a file that isn't a store is refused as such, and left as it is",
    arguments: ["file", "empty folder", "empty file", "text", "other database", "namesake"])
  func foreign(what: String) throws {
    let folder = try TemporaryFolder()
    let database = folder.store.database
    if what == "file" {
      try Data("hello".utf8).write(to: URL(fileURLWithPath: folder.store.path))
    } else {
      try FileManager.default.createDirectory(
        atPath: folder.store.path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    switch what {
    case "empty file": try write(Data(), to: database)
    case "text": try write(Data(String(repeating: "hello\n", count: 2_000).utf8), to: database)
    case "other database":
      try DatabaseQueue(path: database).write {
        try $0.execute(sql: "CREATE TABLE t (a); PRAGMA user_version = 9")
      }
      try chmod(database, 0o600)
    case "namesake":
      try DatabaseQueue(path: database).write { try $0.execute(sql: "PRAGMA application_id = 1886351475") }
      try chmod(database, 0o600)
    default: break
    }
    let before = try? Data(contentsOf: URL(fileURLWithPath: database))
    let error = #expect(throws: StoreError.self) { try open(folder) }
    guard case .foreign = error else { throw Sample.Missing() }
    #expect(before == (try? Data(contentsOf: URL(fileURLWithPath: database))))
  }

  @Test(
    "looser rights are refused, unless allowed",
    arguments: ["", "/popsec.db", "/popsec.db-wal", "/popsec.db-shm"],
    [0o040, 0o004, 0o020, 0o001])
  func looseRights(file: String, right: Int) throws {
    let folder = try closedStore()
    let holder = try open(folder)
    let path = folder.store.path + file
    let mode = (file.isEmpty ? 0o700 : 0o600) | right
    try chmod(path, mode)
    #expect(throws: StoreError.looseRights(path: path, mode: String(mode, radix: 8))) { try open(folder) }
    #expect(try count(try open(folder, OpenOptions(allowLooseRights: true))) == 200)
    #expect(try count(holder) == 200)
  }

  @Test(
    "files of another account are refused, unless allowed",
    .enabled(if: getuid() == 0, "root alone may give files away"), arguments: ["", "/popsec.db"])
  func otherOwner(file: String) throws {
    let folder = try closedStore()
    let path = folder.store.path + file
    try #require(chown(path, 65_534, 0) == 0)
    #expect(throws: StoreError.otherOwner(path: path, owner: 65_534)) { try open(folder) }
    #expect(try count(try open(folder, OpenOptions(allowLooseRights: true))) == 200)
  }

  @Test("a store of a newer version is refused, and not touched", arguments: [false, true])
  func newer(withLog: Bool) throws {
    let folder = try closedStore()
    let writer = try DatabasePool(path: folder.store.database)
    try writer.write { try $0.execute(sql: "INSERT INTO migration VALUES (99, 'future', 0)") }
    if !withLog { try writer.close() }
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.store.database))
    let known = Migration.all.version
    #expect(throws: StoreError.newer(path: folder.store.path, version: 99, known: known)) { try open(folder) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store.database)) == before)
    withExtendedLifetime(writer) {}
  }

  private static let next = Migration(
    number: Migration.all.version + 1, name: "next", Array("CREATE TABLE next (a)".utf8))
  private static let broken = Migration(
    number: Migration.all.version + 2, name: "broken",
    Array("CREATE TABLE more (a); NONSENSE".utf8))

  @Test("a store of an older version is backed up and brought up to date")
  func older() throws {
    let folder = try closedStore()
    let (migrations, old) = (Migration.all + [Self.next], Migration.all.version)
    let store = try SQLiteStore.open(
      folder.store, options: OpenOptions(upgrades: true), now: .start, migrations: migrations)
    #expect(
      try store.connections.read { database in try Int.fetchOne(database, sql: "SELECT count(*) FROM next")
      } == 0)
    #expect(try count(store) == 200)
    let backup = "\(folder.store.database).backup-\(old)-20261123T120000Z"
    #expect(try mode(backup) == 0o600)
    let copy = try DatabaseQueue(path: backup)
    #expect(try copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM account") } == 200)
    #expect(try copy.read { try !$0.tableExists("next") })
  }

  @Test(
    "an endpoint of a store from before addresses could match otherwise is a prefix, and can be exact then")
  func matches() throws {
    let folder = try TemporaryFolder()
    let sample = try SampleCatalogue()
    let new = try SQLiteStore.create(at: folder.store, now: .start)
    try new.write { try sample.insert(into: $0) }
    try new.close()
    let old = try DatabaseQueue(path: folder.store.database)
    try old.write {
      try $0.execute(sql: OlderStore.sql(before: 8))
    }
    try old.close()
    let store = try open(folder, OpenOptions(upgrades: true))
    var endpoint = try #require(try store.read { try $0.endpoint(sample.endpoint.id) })
    #expect(endpoint.match == .prefix && endpoint.address == sample.endpoint.address)
    endpoint.match = .exact
    try store.write { try $0.update(endpoint) }
    #expect(try store.read { try $0.endpoint(endpoint.id) } == endpoint)
    #expect(throws: (any Error).self, "no other word is stored") {
      try store.connections.write { database in
        try database.execute(sql: "UPDATE endpoint SET address_match = 'regex'")
      }
    }
  }

  @Test("accounts of a store from before ends were kept in order are listed by the ends that lie ahead")
  func ends() throws {
    let folder = try TemporaryFolder()
    let new = try SQLiteStore.create(at: folder.store, now: .start)
    let ends: [(name: String, days: [Int64])] = [
      ("none", []), ("passed", [-1]), ("later", [-2, 9]), ("soon", [1, 9]),
    ]
    try new.write { writer in
      for (name, days) in ends {
        let account = try Sample.account(name)
        try writer.insert(account)
        for end in days {
          let made = try Sample.token("\(end)", of: account.id, expiry: .at(.start.adding(days: end)))
          try writer.insert(made.token, made.id)
        }
      }
    }
    try new.close()
    let old = try DatabaseQueue(path: folder.store.database)
    try old.write {
      try $0.execute(sql: OlderStore.sql(before: 11))
    }
    try old.close()
    let store = try open(folder, OpenOptions(upgrades: true))
    let page = try store.read {
      try $0.accounts(AccountQuery(kind: .apiUser, order: .expiry), .first, limit: 9, now: .start)
    }
    #expect(page.rows.map(\.account.name.text) == ["soon", "later", "passed", "none"])
    #expect(try store.read { try $0.damages() } == [])
  }

  @Test("a migration that fails leaves the store as it was")
  func failingMigration() throws {
    let folder = try closedStore()
    let migrations = Migration.all + [Self.next, Self.broken]
    #expect(throws: StoreError.self) {
      try SQLiteStore.open(
        folder.store, options: OpenOptions(upgrades: true), now: .start, migrations: migrations)
    }
    let store = try open(folder)
    #expect(try count(store) == 200)
    #expect(
      try store.connections.read { database in
        try !database.tableExists("next") && !database.tableExists("more")
      })
  }

  @Test("a damaged file is reported as such", arguments: ["magic", "page size", "pages", "truncated"])
  func corrupt(how: String) throws {
    let folder = try closedStore()
    let url = URL(fileURLWithPath: folder.store.database)
    var bytes = try Data(contentsOf: url)
    switch how {
    case "magic": bytes[3] ^= 0xFF
    case "page size": bytes[16] = 0x03
    case "pages": for page in 1..<(bytes.count / 4_096) { bytes[page * 4_096] ^= 0xFF }
    default: bytes = bytes.prefix(bytes.count / 2 / 4_096 * 4_096)
    }
    try bytes.write(to: url)
    try chmod(folder.store.database, 0o600)
    let error = #expect(throws: StoreError.self) {
      let store = try open(folder)
      for order in AccountOrder.allCases {
        _ = try store.read {
          try $0.accounts(AccountQuery(kind: .apiUser, order: order), .first, limit: 1_000, now: .start)
        }
      }
    }
    switch error {
    case .corrupt, .foreign: break
    default: Issue.record("told as \(String(describing: error))")
    }
  }

  @Test(
    "an older store is upgraded only where that is asked for and possible, otherwise refused and left as it is",
    arguments: [OpenOptions(), OpenOptions(readOnly: true), OpenOptions(readOnly: true, upgrades: true)])
  func olderIsRefused(options: OpenOptions) throws {
    let folder = try TemporaryFolder()
    try SQLiteStore.create(at: folder.store, now: .start).close()
    let migrations = Migration.all + [Self.next]
    let expected = StoreError.older(
      path: folder.store.path, version: Migration.all.version, known: migrations.version)
    #expect(throws: expected) {
      try SQLiteStore.open(folder.store, options: options, now: .start, migrations: migrations)
    }
    try SQLiteStore.open(folder.store, now: .start).close()
  }

  @Test("a store opened to be read refuses writes, and reads")
  func readOnly() throws {
    let folder = try closedStore()
    let store = try open(folder, OpenOptions(readOnly: true))
    #expect(try count(store) == 200)
    #expect(throws: StoreError.readOnly(path: folder.store.path)) {
      try store.write { try $0.insert(try Sample.account("x")) }
    }
  }

  @Test(
    "a folder that can't be written is opened to be read",
    .disabled(if: getuid() == 0, "root may write everywhere"))
  func readOnlyFolder() throws {
    let folder = try closedStore()
    try chmod(folder.store.database, 0o400)
    try chmod(folder.store.path, 0o500)
    defer { try? chmod(folder.store.path, 0o700) }
    let store = try open(folder)
    #expect(store.isReadOnly)
    #expect(try count(store) == 200)
  }

  @Test(
    "a file that can't be read is reported as such", .disabled(if: getuid() == 0, "root may read everything"))
  func notAllowed() throws {
    let folder = try closedStore()
    try chmod(folder.store.database, 0)
    let error = #expect(throws: StoreError.self) { try open(folder) }
    #expect(error == .notAllowed(path: folder.store.database, action: "read"))
  }

  private func write(_ data: Data, to path: String) throws {
    try data.write(to: URL(fileURLWithPath: path))
    try chmod(path, 0o600)
  }

  private func chmod(_ path: String, _ mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}
