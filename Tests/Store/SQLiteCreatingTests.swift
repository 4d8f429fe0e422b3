import Access
import Foundation
import SQLiteStore
import Store
import TestSupport
import Testing

@Suite struct SQLiteCreatingTests {
  struct Failure: Error {}

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func names(_ path: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: path))
  }

  @Test("the folder is 0700 and every file 0600, the log's too")
  func rights() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    try store.write { try $0.insert(try Sample.account("portal")) }
    #expect(try mode(folder.store.path) == 0o700)
    #expect(
      try names(folder.store.path) == [
        "popsec.db", "popsec.db-wal", "popsec.db-shm", "popsec.db-queue", "popsec.db-reserve",
      ])
    for name in try names(folder.store.path) { #expect(try mode(folder.store.path + "/" + name) == 0o600) }
    #expect(store.location == folder.store.path)
  }

  @Test("folders above are made, and an empty folder is used", arguments: ["/a/b/store", ""])
  func places(place: String) throws {
    let folder = try TemporaryFolder()
    let place = StoreFolder(path: folder.path + place)
    let store = try SQLiteStore.create(at: place, now: .start) {
      try Data("k".utf8).write(to: URL(fileURLWithPath: $0.keys))
    }
    try store.write { try $0.insert(try Sample.account("portal")) }
    try store.close()
    #expect(try names(place.path) == ["popsec.db", "popsec.db-queue", "popsec.db-reserve", "keys"])
  }

  @Test("a folder in use is refused and left alone", arguments: ["popsec.db", "letter.txt"])
  func occupied(file: String) throws {
    let folder = try TemporaryFolder()
    let place = StoreFolder(path: folder.path)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path + "/" + file))
    let expected: StoreError = file == "popsec.db" ? .exists(path: place.path) : .foreign(path: place.path)
    #expect(throws: expected) { try SQLiteStore.create(at: place, now: .start) }
    #expect(try names(folder.path) == [file])
  }

  @Test("where something fails, nothing half made is left", arguments: ["/store", "/inside"])
  func nothingHalfMade(place: String) throws {
    let folder = try TemporaryFolder()
    let place = StoreFolder(path: folder.path + place)
    if place.path.hasSuffix("/inside") {
      try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: false)
    }
    let before = try names(folder.path)
    #expect(throws: Failure.self) {
      try SQLiteStore.create(at: place, now: .start) { workshop in
        #expect(try names(workshop.path) == ["popsec.db"])
        throw Failure()
      }
    }
    #expect(try names(folder.path) == before)
    if place.path.hasSuffix("/inside") { #expect(try names(place.path).isEmpty) }
  }

  @Test("a store can't be made in what is no folder")
  func underAFile() throws {
    let folder = try TemporaryFolder()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
    #expect(throws: StoreError.self) {
      try SQLiteStore.create(at: StoreFolder(path: folder.path + "/file/store"), now: .start)
    }
    #expect(try names(folder.path) == ["file"])
  }

  @Test("a store that can't be made is named by its path, not by the folder in which it is made")
  func namesTheStore() throws {
    let store = StoreFolder(path: "/proc/popsec")
    let error = #expect(throws: StoreError.self) { try SQLiteStore.create(at: store, now: .start) }
    #expect(try #require(error).message.contains("/proc/popsec"))
    #expect(error?.message.contains("making") == false)
  }
}
