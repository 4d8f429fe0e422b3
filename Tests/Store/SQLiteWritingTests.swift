import Access
import Foundation
import GRDB
import GRDBSQLite
@testable import SQLStore
@testable import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct SQLiteWritingTests {
  @Test("a write that waited in vain tells who is writing")
  func busyNamesTheWriter() throws {
    let folder = try TemporaryFolder()
    let one = try SQLiteStore.create(at: folder.store, now: .start)
    let two = try SQLiteStore.open(folder.store, options: OpenOptions(busySeconds: 0.05), now: .start)
    let error = try one.write { writer in
      try writer.insert(try Sample.account("portal"))
      return #expect(throws: StoreError.self) { try two.write { try $0.insert(try Sample.account("x")) } }
    }
    guard case .busy(_, let writer) = error else { throw Sample.Missing() }
    #expect(try #require(writer).hasSuffix("process \(getpid()))"))
    #expect(error?.message.contains("is writing") == true)
    // It may be written as soon as the other is done, and each sees what the other wrote.
    try two.write { try $0.insert(try Sample.account("x")) }
    #expect(try one.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 2)
  }

  @Test("a store that gave its memory back keeps few pages, and reads and writes as before")
  func releasesMemory() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    try store.write { for number in 0..<2_000 { try $0.insert(try Sample.account("user \(number)")) } }
    let count = { try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } }
    func keptBytes() throws -> Int {
      try store.connections.writer().inDatabase { database in
        var (now, most): (Int32, Int32) = (0, 0)
        sqlite3_db_status(database.sqliteConnection, SQLITE_DBSTATUS_CACHE_USED, &now, &most, 0)
        return Int(now)
      }
    }
    #expect(try count() == 2_000)
    let before = try keptBytes()
    store.releaseMemory()
    #expect(try keptBytes() < before / 10)
    #expect(try count() == 2_000)
    try store.write { try $0.insert(try Sample.account("portal")) }
    #expect(try count() == 2_001)
  }

  @Test("nobody is named where nobody writes")
  func nobodyWrites() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    #expect(currentWriter(of: store.folder.database) == nil)
    #expect(currentWriter(of: folder.path + "/none.db") == nil)
  }

  @Test("whoever has settled a change waits for others at the next one as at the first")
  func waitsAfterSettling() throws {
    let folder = try TemporaryFolder()
    try SQLiteStore.create(at: folder.store, now: .start).close()
    let told = Mutex<[StoreNews]>([])
    let store = try SQLiteStore.open(folder.store, now: .start) { news in told.withLock { $0.append(news) } }
    try store.write { try $0.insert(try Sample.account("one")) }
    #expect(try store.settle())
    // As an earlier popsec writes, which is in no queue.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.store.database, configuration: configuration)
    try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    Thread.detachNewThread {
      do {
        try eventually("the writer to wait") { told.withLock { !$0.isEmpty } }
        try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
      } catch {
        Issue.record(error)
      }
    }
    try store.write { try $0.insert(try Sample.account("two")) }
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 2)
  }

  @Test("connections that write at the same time lose nothing")
  func concurrentWrites() async throws {
    let folder = try TemporaryFolder()
    let first = try SQLiteStore.create(at: folder.store, now: .start)
    let stores = try [first] + (0..<3).map { _ in try SQLiteStore.open(folder.store, now: .start) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask {
          for count in 0..<25 {
            try store.write { try $0.insert(try Sample.account("user \(number) \(count)")) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try first.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 100)
  }

  @Test("a full disk is reported, changes nothing, and can be left behind")
  func diskFull() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    let pages = try store.connections.writer().inDatabase { try Int.fetchOne($0, sql: "PRAGMA page_count") }
    let limit = { (count: Int) in
      try store.connections.writer().inDatabase { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
    }
    let fill = {
      try store.write { writer in
        for number in 0..<2_000 { try writer.insert(try Sample.account("user \(number)")) }
      }
    }
    try limit(try Sample.some(pages))
    #expect(throws: StoreError.diskFull(path: folder.store.database)) { try fill() }
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 0)
    try limit(1_000_000)
    try fill()
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 2_000)
  }

  @Test("changes of a connection that was never closed are there for the next one")
  func logIsRead() throws {
    let folder = try TemporaryFolder()
    let writer = try SQLiteStore.create(at: folder.store, now: .start)
    try writer.write { try $0.insert(try Sample.account("portal")) }
    // As it stands on disk after a kill: the log was never moved into the file.
    let copy = StoreFolder(path: folder.path + "/copy")
    try FileManager.default.copyItem(atPath: folder.store.path, toPath: copy.path)
    let store = try SQLiteStore.open(copy, options: OpenOptions(allowLooseRights: true), now: .start)
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
  }

  @Test(
    "the counters and the search index agree with the rows after many changes",
    arguments: Engine.runs(0..<3, inDatabase: 2))
  func derivedAgree(run: Engine.Run) throws {
    let fixture = try Fixture(run.engine)
    let store = fixture.store
    var random = SeededRandom(seed: run.seed)
    let world = try AccountWorld(count: 60, using: &random)
    let team = try Sample.team("Sales")
    try store.write { writer in
      try world.insert(into: writer)
      try writer.insert(team)
      for member in world.members {
        var account = member.account
        if Bool.random(using: &random) { try writer.putMember(account.id, in: team.id, .always) }
        if Bool.random(using: &random) {
          account.name = try Name(account.name.text + " Ä renamed")
          try writer.update(account)
        }
        if Bool.random(using: &random) { try writer.delete(account.id, .start) }
      }
    }
    var pairs = [
      (
        "SELECT living FROM account_tally WHERE kind = 'apiUser'",
        "SELECT count(*) FROM account WHERE deleted_at IS NULL"
      ),
      ("SELECT member_count FROM team", "SELECT count(*) FROM membership WHERE hidden = 0"),
      (
        "SELECT count(*) FROM membership AS m JOIN account AS a ON a.id = m.account_id AND a.name_key = m.name_key",
        "SELECT count(*) FROM membership"
      ),
      (
        "SELECT count(*) FROM membership AS m JOIN account AS a ON a.id = m.account_id WHERE a.deleted_at IS NOT NULL",
        "SELECT count(*) FROM membership WHERE hidden = 1"
      ),
    ]
    if fixture.made.address == nil {
      // In a database the search index is one of the server's own.
      pairs.append(
        (
          "SELECT count(*) FROM account_search WHERE account_search MATCH '\"ren\" AND \"med\"'",
          "SELECT count(*) FROM account WHERE deleted_at IS NULL AND name_key LIKE '%renamed'"
        ))
    }
    for (kept, counted) in pairs {
      #expect(try fixture.made.run(kept) == fixture.made.run(counted), "\(kept)")
    }
    #expect(try store.read { try $0.damages() } == [])
  }

  @Test(
    "an error for want of room is told as a full disk, and as what it is where there is room",
    arguments: [
      (ResultCode.SQLITE_IOERR_SHMSIZE, 0, true), (.SQLITE_IOERR_WRITE, 4_096, true),
      (.SQLITE_IOERR_FSYNC, 0, true), (.SQLITE_IOERR_SHMSIZE, 1_000_000, false),
      (.SQLITE_IOERR_READ, 0, false), (.SQLITE_FULL, 1_000_000, true),
    ])
  func wantOfRoom(code: ResultCode, freeBytes: Int, isFull: Bool) {
    let error = StoreError(DatabaseError(resultCode: code), path: "/x") { _ in freeBytes }
    #expect((error == .diskFull(path: "/x")) == isFull)
  }

  @Test("the free bytes of a file system are known, of what isn't there they aren't")
  func knowsFreeBytes() {
    #expect(Files.freeBytes(at: "/tmp").map { $0 >= 0 } == true)
    #expect(Files.freeBytes(at: "/none/x") == nil)
  }
}
