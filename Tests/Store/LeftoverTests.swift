import Access
import Foundation
@testable import SQLStore
@testable import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

/// What commands that were killed leave beside a store and in it.
@Suite struct LeftoverTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A folder with something in it.
  private func leave(_ name: String) throws -> String {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: path + "/keys", withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/popsec.db"))
    return path
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test(
    "whoever makes a store removes what others had left of making it, and tells it", arguments: [true, false])
  func making(isInside: Bool) throws {
    let left = try leave(isInside ? "store/.making-1x2" : "store.making-1x2")
    if isInside { chmod(folder.store.path, 0o700) }
    let told = Mutex<[StoreNews]>([])
    try SQLiteStore.create(
      at: folder.store, now: .start, news: { news in told.withLock { $0.append(news) } }
    ).close()
    #expect(!isThere(left))
    #expect(told.withLock { $0 } == [.leftoverRemoved(path: left)])
    #expect(StoreNews.leftoverRemoved(path: left).text?.contains(left) == true)
  }

  @Test("a folder in which somebody works stays, and so does one that only looks like a leftover")
  func others() throws {
    let working = try leave("store.making-1")
    let lock = try #require(try Files.lock(folder: working))
    let stay = [
      try leave("store.making-"), try leave("store.making-a.b"), try leave("store.making-12345678"),
      try leave("other.making-1"), try leave("store.making-Ab"),
    ]
    let link = folder.path + "/store.making-2"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: stay[0])
    #expect(Leftovers(of: folder.store).removeFolders() == [])
    #expect((stay + [working, link, stay[0] + "/popsec.db"]).allSatisfy(isThere))
    Files.unlock(lock)
    #expect(Leftovers(of: folder.store).removeFolders() == [working])
    #expect(!isThere(working))
  }

  @Test("a workshop is nobody's leftover while it is worked in")
  func workshop() throws {
    let workshop = try Workshop(for: folder.store)
    #expect(Leftovers(of: folder.store).removeFolders() == [])
    #expect(isThere(workshop.folder.path))
    workshop.remove()
  }

  @Test("drafts and copies in a store are removed where nobody is at work on one")
  func inside() throws {
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    let draft = try leave("store/.restoring-abc")
    let copy = folder.store.database + ".replaced-20261128T070000Z.part"
    try Data("x".utf8).write(to: URL(fileURLWithPath: copy))
    let lock = try #require(try Files.lock(folder: folder.store.path))
    let other = try SQLiteStore.open(folder.store, now: .start)
    try other.write { _ in
      // Somebody restores, and somebody else writes.
      let removed = try store.removeLeftovers()
      #expect(removed.isEmpty)
    }
    #expect(isThere(draft) && isThere(copy))
    Files.unlock(lock)
    #expect(try Set(store.removeLeftovers()) == [draft, copy])
    #expect(!isThere(draft) && !isThere(copy))
    #expect(try store.read { try $0.connectors() }.isEmpty)
  }
}
