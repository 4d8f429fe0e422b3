import Access
import GRDB
import SQLiteStore
import Store
import TestSupport
import Testing

/// A store that a newer popsec brings up to date while it is open.
@Suite struct SQLiteUpgradedTests {
  private let folder: TemporaryFolder
  private let store: SQLiteStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SQLiteStore.create(at: folder.store, now: .start)
  }

  private func setVersion(_ version: Int?) throws {
    let queue = try DatabaseQueue(path: folder.store.database)
    try queue.write { database in
      try database.execute(sql: "DELETE FROM migration WHERE number > \(SQLiteStore.knownVersion)")
      guard let version else { return }
      try database.execute(sql: "INSERT INTO migration VALUES (?, 'later', 0)", arguments: [version])
    }
  }

  @Test("an open store that was upgraded is neither written nor read, and is used again after that is undone")
  func isRefused() throws {
    let watch = try store.watch()
    _ = try watch.read { $1 }
    try setVersion(99)
    let expected = StoreError.upgraded(
      path: folder.store.path, version: 99, known: SQLiteStore.knownVersion)
    #expect(throws: expected) { try store.write { try $0.insert(try Sample.account("x")) } }
    #expect(throws: expected) { try store.writeAtOnce { _ in } }
    #expect(throws: expected) { try store.read { try $0.connectors() } }
    // It goes on being told, also to whoever looks again.
    for _ in 0..<2 {
      #expect(try watch.hasChanged())
      #expect(throws: expected) { try watch.read { $1 } }
    }
    #expect(expected.exitStatus == StoreError.newer(path: "", version: 0, known: 0).exitStatus)
    #expect(expected.message.contains("version 99 by a newer popsec"))
    try setVersion(nil)
    try store.write { try $0.insert(try Sample.account("x")) }
    #expect(try store.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
  }
}
