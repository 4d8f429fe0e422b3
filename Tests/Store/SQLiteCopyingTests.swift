import Access
import Foundation
import GRDB
@testable import SQLStore
@testable import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct SQLiteCopyingTests {
  private let folder: TemporaryFolder
  private let store: SQLiteStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteStore.copy(at: folder.store, now: .start)
    try add(0..<300)
  }

  private func add(_ numbers: Range<Int>, to store: SQLiteStore? = nil) throws {
    try (store ?? self.store).write { writer in
      for number in numbers { try writer.insert(try Sample.account("user \(number)")) }
    }
  }

  private func count(_ store: SQLiteStore) throws -> Int {
    try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) }
  }

  private func count(copy path: String) throws -> Int {
    try CopiedDatabase(path: path).readStore { try $0.accountCount(AccountQuery(kind: .apiUser)) }
  }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.store.path))
  }

  @Test("a copy is the state of one moment, while others write between its steps and are not kept waiting")
  func whileOthersWrite() throws {
    let other = try SQLiteStore.open(folder.store, options: OpenOptions(busySeconds: 0), now: .start)
    let path = folder.path + "/copy"
    try add(300..<20_000)
    var steps = 0
    try store.copy(to: path) { done, total in
      #expect(done <= total)
      try add(100_000 + steps..<100_001 + steps, to: other)
      steps += 1
    }
    #expect(steps > 1)
    #expect(try count(copy: path) == 20_000)
    #expect(try count(store) == 20_000 + steps)
    #expect(try CopiedDatabase(path: path).damages() == [])
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    #expect(try CopiedDatabase(path: path).identify().store == store.read { try $0.storeID() })
  }

  @Test("a copy that is given up leaves nothing, and none overwrites a file")
  func givenUp() throws {
    let path = folder.path + "/copy"
    struct Stop: Error {}
    try add(300..<20_000)
    #expect(throws: Stop.self) { try store.copy(to: path) { _, _ in throw Stop() } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store"])
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.exists(path: path)) { try store.copy(to: path) }
    #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
  }

  @Test("a copy that lost or gained something is recognized", arguments: ["index", "reference", "page"])
  func damages(what: String) throws {
    let path = folder.path + "/copy"
    try store.copy(to: path)
    let queue = try DatabaseQueue(path: path)
    switch what {
    case "index":
      try queue.writeWithoutTransaction {
        try $0.execute(
          sql: """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, 'deleted_at IS NULL', 'deleted_at IS NOT NULL')
              WHERE name = 'account_by_name';
            """)
      }
    case "reference":
      try queue.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA foreign_keys = OFF; INSERT INTO account_key VALUES (9, 'ssh-ed25519 A')")
      }
    default: break
    }
    try queue.close()
    if what == "page" {
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      for index in bytes.count - 9_000..<bytes.count - 8_000 { bytes[index] ^= 0xFF }
      try bytes.write(to: URL(fileURLWithPath: path))
    }
    #expect(((try? CopiedDatabase(path: path).damages()) ?? ["unreadable"]) != [])
  }

  // MARK: Replacing

  private func replace(
    with path: String, check: (any StoreReader) throws -> Void = { _ in },
    furnish: (SQLiteStore) throws -> Void = { try $0.write { try $0.raiseGeneration(to: 1_000) } }
  ) throws -> String {
    try store.replaceContents(
      now: .start,
      fill: { target in
        try FileManager.default.removeItem(atPath: target.database)
        try FileManager.default.copyItem(atPath: path, toPath: target.database)
      }, furnish: furnish, check: check)
  }

  @Test("whoever has a store open goes on with what it was replaced by, and what it held is kept")
  func replaces() throws {
    let path = folder.path + "/copy"
    try store.copy(to: path)
    try add(300..<500)
    let reader = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start)
    let watch = try reader.watch()
    let generation = try watch.read { $1 }
    #expect(try count(reader) == 500)
    var seen: Int?
    let kept = try replace(with: path, check: { seen = try $0.accountCount(AccountQuery(kind: .apiUser)) })
    #expect(seen == 500)
    #expect(try count(reader) == 300 && count(store) == 300)
    #expect(try watch.hasChanged())
    #expect(try watch.read { $1 } > generation)
    #expect(try count(copy: kept) == 500)
    try add(1_000..<1_010)
    #expect(try count(reader) == 310)
    #expect(
      try names() == [
        "popsec.db", "popsec.db-wal", "popsec.db-shm", "popsec.db-queue", "popsec.db-reserve",
        (kept as NSString).lastPathComponent,
      ])
  }

  @Test("while it is replaced nobody writes, and readers see what was there before")
  func excludesWriters() throws {
    let path = folder.path + "/copy"
    try store.copy(to: path)
    let other = try SQLiteStore.open(folder.store, options: OpenOptions(busySeconds: 0), now: .start)
    try add(300..<301)
    _ = try replace(
      with: path,
      check: { _ in
        let error = #expect(throws: StoreError.self) { try add(2_000..<2_001, to: other) }
        guard case .busy = error else { throw Sample.Missing() }
        #expect(try count(other) == 301)
      })
    #expect(try count(other) == 300)
  }

  @Test(
    "a replacement that is refused at any step leaves the store as it was, and no files",
    arguments: ["fill", "furnish", "check"])
  func refused(step: String) throws {
    struct Stop: Error {}
    let path = folder.path + "/copy"
    try store.copy(to: path)
    try add(300..<301)
    #expect(throws: Stop.self) {
      try store.replaceContents(
        now: .start,
        fill: { target in
          if step == "fill" { throw Stop() }
          try FileManager.default.removeItem(atPath: target.database)
          try FileManager.default.copyItem(atPath: path, toPath: target.database)
        }, furnish: { _ in if step == "furnish" { throw Stop() } },
        check: { _ in if step == "check" { throw Stop() } })
    }
    #expect(try count(store) == 301)
    #expect(
      try names() == ["popsec.db", "popsec.db-wal", "popsec.db-shm", "popsec.db-queue", "popsec.db-reserve"])
    try add(400..<401)
  }

  @Test("a store of any size can be replaced", arguments: [0, 1, 30_000])
  func sizes(count wanted: Int) throws {
    let path = folder.path + "/copy"
    let small = try SQLiteStore.copy(at: StoreFolder(path: folder.path + "/other"), now: .start)
    try add(0..<wanted, to: small)
    try small.copy(to: path)
    _ = try replace(with: path)
    #expect(try count(store) == wanted)
    #expect(try store.read { try $0.damages() } == [])
  }

  // MARK: Adopting

  @Test("a copy becomes a store in a missing or an empty folder", arguments: [false, true])
  func adopts(isThere: Bool) throws {
    let path = folder.path + "/copy"
    try store.copy(to: path)
    let place = StoreFolder(path: folder.path + "/new")
    if isThere {
      try FileManager.default.createDirectory(
        atPath: place.path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }
    try SQLiteStore.adopt(
      at: place, now: .start,
      fill: { target in
        try FileManager.default.removeItem(atPath: target.database)
        try FileManager.default.copyItem(atPath: path, toPath: target.database)
      }, furnish: { _, store in try add(900..<901, to: store) })
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["popsec.db"])
    #expect(try count(try SQLiteStore.open(place, now: .start)) == 301)
  }

  @Test("no store is made over an existing one, and a failure leaves nothing", arguments: [false, true])
  func adoptingFails(isOccupied: Bool) throws {
    struct Stop: Error {}
    let place = isOccupied ? folder.store : StoreFolder(path: folder.path + "/new")
    let error = #expect(throws: (any Error).self) {
      try SQLiteStore.adopt(at: place, now: .start, fill: { _ in throw Stop() }, furnish: { _, _ in })
    }
    if isOccupied {
      #expect(error as? StoreError == .exists(path: place.path))
    } else {
      #expect(error is Stop)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store"])
    #expect(try count(store) == 300)
  }

  // MARK: Before it is brought up to date

  @Test("the steps of an upgrade are told beforehand, and nothing is changed")
  func outline() throws {
    let migrations =
      Migration.all + [
        Migration(
          number: Migration.all.version + 1, name: "next", Array("NONSENSE".utf8), summary: "more")
      ]
    try store.close()
    let before = try names()
    let outline = try SQLiteStore.outline(folder.store, options: OpenOptions(), migrations: migrations)
    #expect(outline.version == Migration.all.version && outline.known == outline.version + 1)
    #expect(outline.pending == ["\(outline.known): more"])
    #expect(outline.users == [] && outline.lastBackupAt == nil)
    #expect(outline.byteCount > 100_000)
    #expect(try names() == before)
    #expect(throws: StoreError.newer(path: folder.store.path, version: outline.version, known: 1)) {
      try SQLiteStore.outline(folder.store, options: OpenOptions(), migrations: [Migration.all[0]])
    }
  }

  @Test("every migration says what it brings")
  func summaries() { #expect(Migration.all.allSatisfy { !$0.summary.isEmpty }) }

  @Test("many that upgrade an older store at once bring it up to date once")
  func manyUpgrade() async throws {
    let next = Migration(
      number: Migration.all.version + 1, name: "next", Array("CREATE TABLE next (a)".utf8))
    let (place, migrations) = (folder.store, Migration.all + [next])
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (try? SQLiteStore.open(
            place, options: OpenOptions(upgrades: true), now: .start, migrations: migrations)) != nil
        }
      }
      for await isOpened in group { #expect(isOpened) }
    }
    #expect(try names().filter { $0.contains("backup") }.count == 1)
  }
}
