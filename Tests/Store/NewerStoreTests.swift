import Access
import Foundation
@testable import PostgresStore
@testable import SQLStore
import Store
import Synchronization
import TestSupport
import Testing

@Suite("a store that a newer popsec upgrades while it is open") struct NewerStoreTests {
  private static let known = Migration.all.version

  private func upgraded(_ open: OpenStore) -> StoreError {
    .upgraded(path: open.path, version: Self.known + 1, known: Self.known)
  }

  private func count(_ reader: any StoreReader) throws -> Int {
    try reader.accountCount(AccountQuery(kind: .apiUser))
  }

  @Test(
    "it is neither written nor read, whatever the upgrade changed, and is opened no more",
    arguments: OpenStore.Place.all, Migration.possible.indices)
  func isRefused(place: OpenStore.Place, step: Int) throws {
    let open = try OpenStore(place)
    let watch = try open.store.watch()
    _ = try watch.read { $1 }
    try open.upgrade(Migration.possible[step])
    let expected = upgraded(open)
    // Whoever keeps what it read learns of the upgrade as of any change, and goes on being told.
    for _ in 0..<2 {
      #expect(try watch.hasChanged())
      #expect(throws: expected) { try watch.read { $1 } }
    }
    #expect(throws: expected) { try open.store.write { try $0.insert(try Sample.account("x")) } }
    #expect(throws: expected) { try open.store.writeAtOnce { _ in } }
    #expect(throws: expected) { try open.store.read { try $0.connectors() } }
    let newer = StoreError.newer(path: open.path, version: Self.known + 1, known: Self.known)
    #expect(throws: newer) { try open.reopened() }
    #expect(expected.exitStatus == newer.exitStatus)
    #expect(expected.message.contains("version \(Self.known + 1) by a newer popsec"))
  }

  @Test(
    "nothing of a refused write is kept, and all goes on where the store is taken back",
    arguments: OpenStore.Place.all)
  func takenBack(place: OpenStore.Place) throws {
    let open = try OpenStore(place)
    try open.upgrade(.later())
    #expect(throws: upgraded(open)) { try open.store.write { try $0.insert(try Sample.account("x")) } }
    try open.run("DELETE FROM migration WHERE number > \(Self.known)")
    #expect(try open.store.read(count) == 0)
    try open.store.write { try $0.insert(try Sample.account("y")) }
    #expect(try open.store.read(count) == 1)
  }

  /// Does something on a thread of its own, because the threads of tasks may all be at work.
  private final class Beside: Sendable {
    private let result = Mutex<Result<Int, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> Int) {
      Thread.detachNewThread {
        let result = Result { try body() }
        self.result.withLock { $0 = result }
      }
    }

    var isOver: Bool { result.withLock { $0 != nil } }

    /// The result, once it is there.
    func get() throws -> Int { try eventually("the end of it") { result.withLock { $0 } }.get() }
  }

  /// Waits until something is over, or waits for the database itself.
  private func awaitOrEnd(of beside: Beside, _ open: OpenStore) throws {
    try eventually("the other to be over or to wait") { try beside.isOver || open.hasWaiting }
  }

  /// A step that writes a table anew, which PostgreSQL then shows as an empty one to whoever had begun before: a token
  /// would be limited to no network any more.
  private static let rewriting = Migration.later(
    sqlite: "ALTER TABLE token_network ADD COLUMN later TEXT",
    postgres: "ALTER TABLE token_network ADD COLUMN later TEXT DEFAULT gen_random_uuid()")

  /// Adds a token that is limited to one network.
  private func addLimitedToken(_ open: OpenStore) throws -> TokenRowID {
    let account = try Sample.account("x")
    let network = try #require(Network("10.0.0.0/8"))
    let (token, id) = try Sample.token("t", of: account.id, limits: TokenLimits(networks: [network]))
    try open.store.write { writer in
      try writer.insert(account)
      try writer.insert(token, id)
    }
    return token.id
  }

  @Test("a write that comes during the upgrade is refused after it", arguments: OpenStore.Place.all)
  func writeMeanwhile(place: OpenStore.Place) throws {
    let open = try OpenStore(place)
    let store = open.store
    let written = Mutex<Beside?>(nil)
    try open.upgrade(.later()) {
      written.withLock {
        $0 = Beside {
          try store.write { try $0.insert(try Sample.account("x")) }
          return 0
        }
      }
    }
    let beside = try #require(written.withLock { $0 })
    #expect(throws: upgraded(open)) { try beside.get() }
  }

  @Test(
    "a read that comes during the upgrade sees the whole of the old state, or is refused",
    arguments: OpenStore.Place.all)
  func readMeanwhile(place: OpenStore.Place) throws {
    let open = try OpenStore(place)
    let token = try addLimitedToken(open)
    let store = open.store
    let read = Mutex<Beside?>(nil)
    try open.upgrade(Self.rewriting) {
      let beside = Beside { try store.read { try $0.token(token)?.limits.networks.count ?? 0 } }
      read.withLock { $0 = beside }
      do { try awaitOrEnd(of: beside, open) } catch { Issue.record(error) }
    }
    let beside = try #require(read.withLock { $0 })
    let expected = upgraded(open)
    do { #expect(try beside.get() == 1) } catch let error as StoreError { #expect(error == expected) }
  }

  @Test("a read that began before the upgrade sees the old state to its end", arguments: OpenStore.Place.all)
  func readBefore(place: OpenStore.Place) throws {
    let open = try OpenStore(place)
    let token = try addLimitedToken(open)
    let upgrade = try open.store.read { reader in
      #expect(try reader.connectors().isEmpty)
      let upgrade = Beside {
        try open.upgrade(Self.rewriting)
        return 0
      }
      try awaitOrEnd(of: upgrade, open)
      #expect(try reader.token(token)?.limits.networks.count == 1)
      return upgrade
    }
    #expect(try upgrade.get() == 0)
    #expect(throws: upgraded(open)) { try open.store.read(count) }
  }

  @Test("an upgrade that others keep from beginning gives up, and has changed nothing")
  func upgradeInVain() throws {
    try #require(PostgresServer.shared != nil, "\(PostgresServer.absence)")
    let open = try OpenStore(.database)
    try open.store.read { reader in
      #expect(throws: StoreError.busy(path: open.path, writer: nil)) {
        try open.upgrade(Self.rewriting, waiting: 0)
      }
      let found = try count(reader)
      #expect(found == 0)
    }
    try open.store.write { try $0.insert(try Sample.account("x")) }
  }

  @Test(
    "an upgrade that fails leaves the store as it was, and those who have it open",
    arguments: OpenStore.Place.all)
  func upgradeThatFails(place: OpenStore.Place) throws {
    let open = try OpenStore(place)
    #expect(throws: (any Error).self) { try open.upgrade(.later("DROP TABLE altered; NONSENSE")) }
    try open.store.write { try $0.insert(try Sample.account("x")) }
    #expect(try open.reopened().read(count) == 1)
  }

  @Test(
    "what gates record is neither written nor read after a newer popsec changed it, and stays where it is",
    arguments: OpenStore.Place.all)
  func records(place: OpenStore.Place) throws {
    let open = try OpenStore(place)
    let version = Migration.ofUses.version
    let denial = NewDenial(id: DecisionID(1), at: .start, document: "{}")
    func add() throws { try open.uses.add([], [denial], .none, keeping: .standard, now: .start) }
    #expect(try open.uses.denialCount() == 0)
    try open.run(
      "INSERT INTO migration (number, name, applied_at) VALUES (\(version + 1), 'later', 0)", onUses: true)
    let expected = StoreError.upgraded(path: open.usesPath, version: version + 1, known: version)
    #expect(throws: expected) { try add() }
    #expect(throws: expected) { try open.uses.denialCount() }
    #expect(throws: expected) {
      try open.uses.keep(StoreHead(generation: 1, sequence: 1, hash: []), at: .start)
    }
    if let address = open.address {
      // In a database both belong together, and popsec upgrade brings both up to date.
      let newer = StoreError.newer(path: open.usesPath, version: version + 1, known: version)
      #expect(throws: newer) { try open.reopened() }
      #expect(throws: newer) { try PostgresStore.outline(address) }
      #expect(throws: newer) { try PostgresStore.upgrade(address, now: .start, settling: {}) }
    }
    try open.run("DELETE FROM migration WHERE number > \(version)", onUses: true)
    try add()
    #expect(try open.uses.denialCount() == 1)
  }

  @Test("a database of an older popsec is refused until it is upgraded, and is then as if made anew")
  func olderDatabase() throws {
    try #require(PostgresServer.shared != nil, "\(PostgresServer.absence)")
    let open = try OpenStore(.database)
    let address = try #require(open.address)
    try open.store.write { try $0.insert(try Sample.account("x")) }
    try open.run(OlderStore.sql(before: 19))
    try open.run(
      "DROP TABLE gate_rate; DROP TABLE stale_span; DELETE FROM migration WHERE number >= 7", onUses: true)
    let older = StoreError.older(path: open.path, version: 18, known: Self.known)
    #expect(throws: older) { try open.reopened() }
    #expect(throws: older) { try open.store.write { try $0.insert(try Sample.account("y")) } }
    #expect(throws: StoreError.older(path: open.usesPath, version: 6, known: Migration.ofUses.version)) {
      try open.uses.denialCount()
    }
    let outline = try PostgresStore.outline(address)
    let steps = ["19", "20", "records of gates, 7", "records of gates, 8"]
    #expect(outline.version == 18 && outline.pending.map { String($0.prefix { $0 != ":" }) } == steps)
    #expect(!outline.copiesFirst)
    try PostgresStore.upgrade(address, now: .start, settling: {})
    #expect(try PostgresStore.outline(address).pending == [])
    #expect(try open.store.read(count) == 1)
    #expect(try open.store.read { try $0.damages() } == [])
    #expect(try open.uses.denialCount() == 0)
  }

  @Test("a gate does not take a newer popsec's database for one out of reach, whatever changed in it")
  func lease() throws {
    try #require(PostgresServer.shared != nil, "\(PostgresServer.absence)")
    let open = try OpenStore(.database)
    try open.run("INSERT INTO setting (key, value, account_id) VALUES ('gate.stale', '600', NULL)")
    let lease = try PostgresLease(try #require(open.address))
    defer { lease.stop() }
    #expect(lease.reach == .reached)
    try open.run(
      """
      BEGIN; ALTER TABLE change_count RENAME TO commit_count; ALTER TABLE setting RENAME COLUMN value TO text;
      INSERT INTO migration (number, name, applied_at) VALUES (\(Self.known + 1), 'later', 0); COMMIT
      """)
    let expected = upgraded(open)
    var seen: Set<StoreReach> = []
    try eventually("the upgrade to be noticed") {
      seen.insert(lease.reach)
      return lease.reach == .useless(expected)
    }
    #expect(seen.isSubset(of: [.reached, .useless(expected)]))
    try open.run(
      """
      BEGIN; ALTER TABLE commit_count RENAME TO change_count; ALTER TABLE setting RENAME COLUMN text TO value;
      DELETE FROM migration WHERE number > \(Self.known); COMMIT
      """)
    try eventually("the store") { lease.reach == .reached }
  }

  @Test("a gate goes on trusting its database while somebody upgrades the store")
  func leaseMeanwhile() throws {
    try #require(PostgresServer.shared != nil, "\(PostgresServer.absence)")
    let open = try OpenStore(.database)
    let lease = try PostgresLease(try #require(open.address))
    defer { lease.stop() }
    try open.upgrade(.later()) {
      do {
        // A lease that failed twice in a row would be none.
        for _ in 1...3 {
          try eventually("the lease's question") { try open.hasWaiting }
          try eventually("its end") { try !open.hasWaiting }
          #expect(lease.reach == .reached)
        }
      } catch { Issue.record(error) }
    }
    try eventually("the upgrade to be noticed") { lease.reach == .useless(upgraded(open)) }
  }
}
