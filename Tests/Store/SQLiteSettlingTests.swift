import Access
import Foundation
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

@Suite("what was committed outlives a damaged log") struct SQLiteSettlingTests {
  private func wal(_ folder: StoreFolder) -> String { folder.database + "-wal" }

  /// The store as it lies on disk at this moment, as after a crash, with one bit of its log flipped in each
  /// frame after the first ones in turn; what each of these copies holds of it.
  private func copies<Found>(of folder: StoreFolder, _ look: (SQLiteStore) throws -> Found) throws -> [Found]
  {
    let log = FileManager.default.contents(atPath: wal(folder)) ?? Data()
    // A frame is a header of 24 bytes and a page of 4,096 (sqlite.org/walformat.html, section 2).
    let places = Array(stride(from: 32 + 40, to: log.count, by: 24 + 4_096))
    return try ([nil] + places.map(Optional.some)).map { place in
      let copy = try TemporaryFolder()
      try FileManager.default.createDirectory(
        atPath: copy.store.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try FileManager.default.copyItem(atPath: folder.database, toPath: copy.store.database)
      var log = log
      if let place { log[place] ^= 0x10 }
      try log.write(to: URL(fileURLWithPath: wal(copy.store)))
      chmod(wal(copy.store), 0o600)
      return try look(try SQLiteStore.open(copy.store, now: .start))
    }
  }

  private func isDisabled(_ id: AccountID) -> (SQLiteStore) throws -> Bool? {
    { store in try store.read { try $0.account(id)?.isEnabled == false } }
  }

  @Test("a change that takes access away stays, whichever bit of the log flips")
  func flippedBit() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    var account = try Sample.account("portal")
    try store.write { try $0.insert(account) }
    account.isEnabled = false
    try store.write { try $0.update(account) }
    #expect(try copies(of: folder.store, isDisabled(account.id)).allSatisfy { $0 == true })
    // What no decision rests on may wait, and takes nothing along.
    try store.write { try $0.setLastUse([]) }
    #expect(try copies(of: folder.store, isDisabled(account.id)).allSatisfy { $0 == true })
  }

  @Test("somebody who reads for long holds up no change, and it is settled as soon as they end")
  func longReader() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    let other = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start)
    var account = try Sample.account("portal")
    try store.write { try $0.insert(account) }
    try store.read { reader in
      #expect(try reader.account(account.id)?.isEnabled == true)
      account.isEnabled = false
      let began = ContinuousClock.now
      try store.write { try $0.update(account) }
      #expect(ContinuousClock.now - began < .seconds(2))
      #expect(Files.size(of: wal(folder.store)) > 0)
      #expect(try !other.settle())
    }
    // A process that reads alone settles as well: such as a gate.
    #expect(try other.settle())
    #expect(Files.size(of: wal(folder.store)) == 0)
    #expect(try copies(of: folder.store, isDisabled(account.id)) == [true])
  }

  @Test("where there is nothing to settle nothing is opened")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    try store.close()
    let other = try SQLiteStore.open(folder.store, options: OpenOptions(readOnly: true), now: .start)
    #expect(try other.settle())
    #expect(Files.size(of: wal(folder.store)) == 0)
  }
}
