import Access
import Foundation
@testable import SQLStore
@testable import SQLiteStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct StoreReserveTests {
  private let folder: TemporaryFolder
  private let store: SQLiteStore
  private let told: Told

  private final class Told: Sendable { let news = Mutex<[StoreNews]>([]) }

  init() throws {
    let told = Told()
    self.told = told
    folder = try TemporaryFolder()
    store = try SQLiteStore.create(
      at: folder.store, now: .start, news: { news in told.news.withLock { $0.append(news) } })
  }

  private var size: Int { Files.size(of: store.folder.reserve) }

  @Test("room is kept with the first write, for the store's account alone, and again once it was given up")
  func isKept() throws {
    let reserve = StoreReserve(store.folder)
    #expect(!reserve.isWhole)
    try store.write { _ in }
    #expect(reserve.isWhole && size == StoreReserve.byteCount)
    #expect(Files.rights(of: store.folder.reserve)?.mode == 0o600)
    #expect(store.giveUpReserve())
    #expect(!reserve.isWhole && !store.giveUpReserve())
    #expect(told.news.withLock { $0 } == [.reserveGivenUp])
    #expect(store.keepReserve() && reserve.isWhole)
  }

  @Test("reading takes the room that it needs in steps, and at most half of all")
  func parts() throws {
    try store.write { _ in }
    let reserve = StoreReserve(store.folder)
    var count = 0
    while reserve.giveUpPart() { count += 1 }
    #expect(count > 10 && size == StoreReserve.byteCount / 2)
    #expect(!reserve.isWhole)
    try store.write { _ in }
    #expect(reserve.isWhole)
    #expect(reserve.giveUp() && !reserve.giveUpPart())
  }

  @Test("a store that is only read, or is being made, keeps no room")
  func isNotKept() throws {
    let reader = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start)
    #expect(!reader.keepReserve())
    let draft = try SQLiteStore.open(folder.store, options: OpenOptions(keepsReserve: false), now: .start)
    try draft.write { _ in }
    #expect(!StoreReserve(store.folder).isWhole)
  }

  @Test("SQLite maps files only where there is room for them")
  func maps() {
    // SQLite must be set in this order, whichever test comes first.
    _ = SQLiteProcess.configuration()
    #expect(SQLiteProcess.mapsWithRoom)
  }
}
