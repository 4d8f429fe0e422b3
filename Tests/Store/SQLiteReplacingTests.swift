import Foundation
import SQLiteStore
import Store
import TestSupport
import Testing

/// A store that is taken away from under an open process.
@Suite struct SQLiteReplacingTests {
  enum Way: CaseIterable { case folderMoved, folderReplaced, databaseReplaced, databaseRemoved }

  private let folder: TemporaryFolder
  private let backup: String

  init() throws {
    folder = try TemporaryFolder()
    backup = folder.path + "/backup"
    try SQLiteStore.create(at: folder.store, now: .start).close()
    try FileManager.default.copyItem(atPath: folder.store.path, toPath: backup)
  }

  private func take(_ way: Way) throws {
    let files = FileManager.default
    switch way {
    case .folderMoved: try files.moveItem(atPath: folder.store.path, toPath: folder.path + "/old")
    case .folderReplaced:
      try files.moveItem(atPath: folder.store.path, toPath: folder.path + "/old")
      try files.moveItem(atPath: backup, toPath: folder.store.path)
    case .databaseReplaced:
      try files.moveItem(atPath: folder.store.database, toPath: folder.path + "/old.db")
      try files.moveItem(atPath: backup + "/popsec.db", toPath: folder.store.database)
    case .databaseRemoved: try files.removeItem(atPath: folder.store.database)
    }
  }

  @Test(
    "an open store that was replaced or removed is neither read nor written", arguments: Way.allCases,
    [true, false])
  func isNoticed(way: Way, hasWritten: Bool) throws {
    let store = try SQLiteStore.open(folder.store, now: .start)
    if hasWritten { try store.write { try $0.insert(try Sample.account("before")) } }
    try take(way)
    let expected = StoreError.replaced(path: folder.store.path)
    #expect(throws: expected) { try store.write { try $0.insert(try Sample.account("lost")) } }
    #expect(throws: expected) { try store.read { try $0.connectors() } }
    let isThere = FileManager.default.fileExists(atPath: folder.store.database)
    #expect(isThere == (way == .folderReplaced || way == .databaseReplaced))
  }

  @Test(
    "a store that is replaced during a change is not changed, and the change fails with the reason",
    arguments: Way.allCases)
  func isNoticedInAChange(way: Way) throws {
    let store = try SQLiteStore.open(folder.store, now: .start)
    #expect(throws: StoreError.replaced(path: folder.store.path)) {
      try store.write {
        try $0.insert(try Sample.account("lost"))
        try take(way)
      }
    }
  }

  @Test("a store that was put back is used again")
  func isUsedAgain() throws {
    let store = try SQLiteStore.open(folder.store, now: .start)
    let aside = folder.path + "/aside"
    try FileManager.default.moveItem(atPath: folder.store.path, toPath: aside)
    #expect(throws: StoreError.self) { try store.read { try $0.connectors() } }
    try FileManager.default.moveItem(atPath: aside, toPath: folder.store.path)
    #expect(try store.read { try $0.connectors() }.isEmpty)
  }
}
