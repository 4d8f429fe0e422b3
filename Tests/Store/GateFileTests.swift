import Access
import Foundation
import GRDB
@testable import SQLStore
@testable import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite("gate.db stops nobody") struct GateFileTests {
  private func path(_ folder: TemporaryFolder) -> String { folder.store.useDatabase }

  private func made() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.copy(at: folder.store, now: .start)
    return folder
  }

  enum Damage: String, CaseIterable, Sendable {
    case garbage, folder, newer, cutOff, otherDatabase, missingTable, folderForLog
  }

  private func make(_ damage: Damage, in folder: TemporaryFolder) throws {
    try SQLiteUseStore.open(folder.store, now: .start).close()
    let path = path(folder)
    func write(_ sql: String) throws {
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      try queue.close()
    }
    switch damage {
    case .garbage: try Data(repeating: 0x5A, count: 9_000).write(to: URL(fileURLWithPath: path))
    case .folder:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path + "/inner", withIntermediateDirectories: true)
    case .newer: try write("INSERT INTO migration VALUES (99, 'later', 0)")
    case .cutOff: truncate(path, 6_000)
    case .otherDatabase:
      try FileManager.default.removeItem(atPath: path)
      try write("CREATE TABLE t (a)")
    case .missingTable: try write("DROP TABLE denial")
    case .folderForLog:
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      try FileManager.default.createDirectory(atPath: path + "-wal", withIntermediateDirectories: true)
    }
  }

  private func asideCount(_ folder: TemporaryFolder) throws -> Int {
    try SQLiteUseRecords(folder.store).setAside().count
  }

  @Test("a gate leaves the file of a later popsec in its place, and writes nothing into it")
  func later() throws {
    let folder = try made()
    try make(.newer, in: folder)
    let events = Mutex<[UseEvent]>([])
    let keeper = SQLiteUseKeeper(
      folder.store, now: { .start }, tell: { event in events.withLock { $0.append(event) } })
    let (version, path) = (Migration.ofUses.version, path(folder))
    let newer = StoreError.newer(path: path, version: 99, known: version)
    #expect(throws: newer) { try keeper.denialCount() }
    #expect(throws: newer) { try keeper.add([]) }
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM migration WHERE number = 99") }
    #expect(try keeper.denialCount() == 0)
    // One that has it open notices, too.
    try queue.writeWithoutTransaction { try $0.execute(sql: "INSERT INTO migration VALUES (99, 'later', 0)") }
    #expect(throws: StoreError.upgraded(path: path, version: 99, known: version)) { try keeper.add([]) }
    #expect(try asideCount(folder) == 0)
    #expect(events.withLock { $0 } == [])
  }

  @Test(
    "a gate sets aside what is damaged, and makes another",
    arguments: Damage.allCases.filter { $0 != .newer })
  func keeper(damage: Damage) throws {
    let folder = try made()
    try make(damage, in: folder)
    let events = Mutex<[UseEvent]>([])
    let keeper = SQLiteUseKeeper(
      folder.store, now: { .start }, tell: { event in events.withLock { $0.append(event) } })
    #expect(try keeper.denialCount() == 0)
    try keeper.add(
      [], [NewDenial(id: DecisionID(1), at: .start, document: "{}")], .none, keeping: .standard, now: .start)
    #expect(try keeper.denialCount() == 1)
    #expect(try asideCount(folder) == 1)
    let told = events.withLock { $0 }
    guard told.count == 1, case .setAside(let name, _) = told[0] else {
      Issue.record("\(told)")
      return
    }
    #expect(name.hasPrefix(path(folder) + ".damaged-"))
  }

  @Test(
    "a reader that finds it damaged says that uses are not known, and leaves the file in place",
    arguments: Damage.allCases)
  func reader(damage: Damage) throws {
    let folder = try made()
    try make(damage, in: folder)
    let records = SQLiteUseRecords(folder.store)
    #expect(throws: UseTrouble.self) { try records.denialCount() }
    #expect(throws: UseTrouble.self) { try records.keptHead() }
    #expect(try records.gates() == [])
    #expect(try asideCount(folder) == 0)
    // Who may sets it aside, but a later popsec's.
    let allowed = SQLiteUseRecords(folder.store, aside: .init(now: { .start }, tell: { _ in }))
    if damage == .newer {
      #expect(throws: UseTrouble.self) { try allowed.denialCount() }
    } else {
      #expect(try allowed.denialCount() == 0)
      #expect(try asideCount(folder) == 1)
    }
  }

  @Test("a reader sets nothing aside while a gate runs, and does not take it for one that knows no key")
  func readerBesideGate() throws {
    let folder = try made()
    try make(.garbage, in: folder)
    let locks = GateLocks(folder.store)
    try locks.hold(.random())
    let records = SQLiteUseRecords(folder.store, aside: .init(now: { .start }, tell: { _ in }))
    #expect(throws: UseTrouble.self) { try records.denialCount() }
    #expect(throws: UseTrouble.self) { try records.gates() }
    try FileManager.default.removeItem(atPath: path(folder))
    #expect(throws: UseTrouble.self) { try records.gates() }
  }

  @Test("a file that is removed or replaced while it is written is made anew, and this is reported")
  func removed() throws {
    let folder = try made()
    let events = Mutex<[UseEvent]>([])
    let keeper = SQLiteUseKeeper(
      folder.store, now: { .start }, tell: { event in events.withLock { $0.append(event) } })
    let first = try keeper.place()
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path(folder) + suffix) }
    #expect(try keeper.denialCount() == 0)
    #expect(try keeper.place() != first)
    #expect(events.withLock { $0 } == [.made(path: path(folder)), .made(path: path(folder))])
  }

  @Test("many processes that make it at the same moment all get it")
  func coldStarts() async throws {
    for _ in 0..<20 {
      let folder = try made()
      let store = folder.store
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<6 { group.addTask { _ = try SQLiteUseStore.open(store, now: .start).denialCount() } }
        try await group.waitForAll()
      }
      withExtendedLifetime(folder) {}
    }
  }

  @Test("somebody who holds it while the log is to be begun is waited for")
  func busyLog() throws {
    let folder = try made()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: path(folder), configuration: configuration)
    try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let (file, before) = (path(folder), Self.openings(of: path(folder)))
    // A thread of its own: those of tasks may all be at work on other tests.
    Thread.detachNewThread {
      do {
        try eventually("the file to be opened") { Self.openings(of: file) > before }
        try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
      } catch {
        Issue.record(error)
      }
    }
    #expect(try SQLiteUseStore.open(folder.store, now: .start).denialCount() == 0)
  }

  /// How often this process has a file open (proc(5), fd).
  private static func openings(of path: String) -> Int {
    let folder = "/proc/self/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path
    }
  }

  @Test("a gate's lock is held until it is let go, also where its file was removed")
  func locks() throws {
    let folder = try made()
    let (locks, other) = (GateLocks(folder.store), GateLocks(folder.store))
    let (id, second) = (Identifier<GatePresence>.random(), Identifier<GatePresence>.random())
    #expect(other.isHeld(id) == false && other.isAnyHeld() == false)
    try locks.hold(id)
    #expect(other.isHeld(id) == true && locks.isHeld(id) == true && other.isAnyHeld() == true)
    #expect(other.isHeld(second) == false)
    try FileManager.default.removeItem(atPath: folder.store.path + "/gate.lock")
    #expect(other.isHeld(id) == false)
    try locks.hold(id)
    #expect(other.isHeld(id) == true)
    locks.release(id)
    #expect(other.isAnyHeld() == false)
    #expect(other.whileMaking { other.isAnyHeld() } == false)
  }

  @Test("a head that is kept goes forward only, unless it is settled")
  func heads() throws {
    let folder = try made()
    let store = try SQLiteUseStore.open(folder.store, now: .start)
    func head(_ generation: Generation, _ row: Int64) -> StoreHead {
      StoreHead(generation: generation, sequence: row, hash: [UInt8(row)])
    }
    #expect(try store.keptHead() == nil)
    for next in [head(3, 5), head(2, 4), head(3, 4)] { try store.keep(next, at: .start) }
    #expect(try store.keptHead()?.head == head(3, 5))
    // The time goes forward, too, even where the clock does not.
    for (time, since) in [(5, 5), (5, 6), (0, 7)] as [(Int64, Int64)] {
      try store.settle(head(9, 2), at: .start.adding(seconds: time))
      let settled = KeptHead(head: head(9, 2), since: .start.adding(seconds: since))
      #expect(try SQLiteUseRecords(folder.store).keptHead() == settled)
    }
  }
}
