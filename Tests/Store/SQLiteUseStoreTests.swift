import Access
import Foundation
import SQLiteStore
import Store
import TestSupport
import Testing

@Suite struct SQLiteUseStoreTests {
  @Test("gate.db may come while it is looked for, go, and be replaced")
  func comesAndGoes() throws {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.create(at: folder.store, now: .start)
    let records = SQLiteUseRecords(folder.store)
    #expect(try records.denialCount() == 0)
    #expect(try !records.isAnyUsed([.random()]))
    let use = TokenIDUse(
      secret: .random(), token: .random(), account: .random(), firstUsedAt: .start, lastUsedAt: .start,
      useCount: 2)
    let writer = try SQLiteUseStore.open(folder.store, now: .start)
    try writer.add([use], [], keeping: .standard, now: .start)
    #expect(try records.isAnyUsed([use.secret]))
    #expect(try records.uses(of: [use.token]) == [use])
    for name in ["gate.db", "gate.db-wal", "gate.db-shm"] {
      try? FileManager.default.removeItem(atPath: folder.store.path + "/" + name)
    }
    #expect(try !records.isAnyUsed([use.secret]))
    let other = try SQLiteUseStore.open(folder.store, now: .start)
    try other.add(
      [], [NewDenial(id: DecisionID(1), at: .start, document: "{}")], keeping: .standard, now: .start)
    #expect(try records.denialCount() == 1)
  }

  @Test("counts add up and times go forward, in whatever order they are written")
  func adds() throws {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.create(at: folder.store, now: .start)
    let store = try SQLiteUseStore.open(folder.store, now: .start)
    let (secret, token, account) = (TokenSecretID.random(), TokenRowID.random(), AccountID.random())
    func use(_ first: Int64, _ last: Int64, _ source: String, denied: Int64? = nil) -> TokenIDUse {
      TokenIDUse(
        secret: secret, token: token, account: account, firstUsedAt: .start.adding(seconds: first),
        lastUsedAt: .start.adding(seconds: last), source: IPAddress(source), useCount: 1,
        denialCount: denied == nil ? 0 : 1, lastDeniedAt: denied.map { .start.adding(seconds: $0) })
    }
    let all = [use(5, 9, "10.0.0.1"), use(1, 20, "10.0.0.2", denied: 3), use(2, 4, "10.0.0.3", denied: 1)]
    for part in all { try store.add([part], [], keeping: .standard, now: .start) }
    let found = try #require(try store.uses(of: [token]).first)
    #expect(found.useCount == 3 && found.denialCount == 2)
    #expect(found.firstUsedAt == .start.adding(seconds: 1))
    #expect(found.lastUsedAt == .start.adding(seconds: 20))
    #expect(found.source?.description == "10.0.0.2")
    #expect(found.lastDeniedAt == .start.adding(seconds: 3))
    // The same comes out where they are added up in memory first.
    var sum = all[0]
    sum.add(all[1])
    sum.add(all[2])
    #expect(sum.otherSources.map(\.description).sorted() == ["10.0.0.1", "10.0.0.3"])
    #expect(
      found
        == TokenIDUse(
          secret: secret, token: token, account: account, firstUsedAt: sum.firstUsedAt,
          lastUsedAt: sum.lastUsedAt, source: sum.source, useCount: sum.useCount,
          denialCount: sum.denialCount,
          lastDeniedAt: sum.lastDeniedAt))
  }

  @Test("what is no gate.db is refused")
  func foreign() throws {
    let folder = try TemporaryFolder()
    _ = try SQLiteStore.create(at: folder.store, now: .start)
    try FileManager.default.copyItem(atPath: folder.store.database, toPath: folder.store.useDatabase)
    #expect(throws: StoreError.self) { try SQLiteUseStore.open(folder.store, now: .start) }
    #expect(throws: UseTrouble.self) { try SQLiteUseRecords(folder.store).denialCount() }
  }

  @Test("a watch sees what another connection commits, and the generation tells what matters")
  func watch() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    let watch = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start).watch()
    #expect(try watch.hasChanged())
    let before = try watch.read { $1 }
    #expect(try !watch.hasChanged())
    try store.write { try $0.setLastUse([]) }
    try store.write { try $0.insert(try Sample.account("portal")) }
    #expect(try watch.hasChanged())
    #expect(try watch.read { $1 } == before + 1)
    #expect(try !watch.hasChanged())
    let aside = folder.path + "/aside"
    try FileManager.default.moveItem(atPath: folder.store.path, toPath: aside)
    #expect(throws: StoreError.replaced(path: folder.store.path)) { try watch.hasChanged() }
  }
}
