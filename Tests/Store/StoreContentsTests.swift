import Access
import Foundation
import GRDB
@testable import PostgresStore
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

@Suite("a store goes from engine to engine")
struct StoreContentsTests {
  @Test("every table that popsec makes is copied, or known to be made anew")
  func tables() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.copy(at: folder.store, now: .start)
    let found = try store.contents { source in
      let rows = try source.run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", [], .all)
      defer { rows.finish() }
      var names: [String] = []
      while try rows.next() { names.append(rows.text(0) ?? "") }
      return names
    }
    let expected = StoreContents.ofStore.map(\.name) + ["migration"]
    #expect(Set(expected).count == expected.count)
    #expect(found.filter { !$0.hasPrefix("account_search") } == expected.sorted())
  }

  @Test("every table that gates write is copied, or tells of gates that run now")
  func useTables() throws {
    let (folder, gates) = (try TemporaryFolder(), ["gate_presence", "gate_rate", "migration"])
    _ = try SQLiteStore.copy(at: folder.store, now: .start)
    _ = try SQLiteUseStore.open(folder.store, now: .start)
    let found = try DatabaseQueue(path: folder.store.useDatabase).read { database in
      try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    #expect(found == Set(StoreContents.ofUses.map(\.name) + gates))
  }

  @Test(
    "what gates recorded is copied from engine to engine, also what an earlier gate did",
    arguments: Engine.all)
  func uses(engine: Engine) throws {
    let fixture = try Fixture(engine)
    let span = StaleSpan(
      id: .random(), host: try Name("web1"), process: 7, firstAt: .start, lastAt: .start, count: 2)
    try fixture.uses.add(span)
    let use = TokenIDUse(
      secret: .random(), token: .random(), account: .random(), firstUsedAt: .start, lastUsedAt: .start,
      useCount: 2)
    try fixture.uses.add([use], [], .none, keeping: .standard, now: .start)
    #expect(try copied(fixture).staleSpans() == [span])
    try #require(fixture.uses as? any UseSessions).writing { uses in
      try uses.session.execute("DROP TABLE stale_span")
      try uses.session.execute("DELETE FROM migration WHERE number >= 8")
    }
    // In a database they are brought up to date together with the store, and before that nothing is read.
    guard fixture.store is SQLiteStore else {
      #expect(throws: StoreError.self) { try copied(fixture) }
      return
    }
    let earlier = try copied(fixture)
    #expect(try earlier.staleSpans() == [] && earlier.uses(of: [use.token]) == [use])
  }

  /// The gates' records of a store, copied into a new gate.db.
  private func copied(_ fixture: Fixture) throws -> SQLiteUseRecords {
    let place = StoreFolder(path: fixture.folder.path + "/copy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: false)
    try contents(fixture) { source in
      try SQLiteStore.makeDatabase(at: place.useDatabase, .uses, now: .start) { target in
        try StoreContents.load(StoreContents.ofUses(in: source), from: source, into: target) { _ in }
      }
    }
    return SQLiteUseRecords(place)
  }

  private func contents(_ fixture: Fixture, _ body: (any SQLLoading) throws -> Void) throws {
    if fixture.store is SQLiteStore {
      try SQLiteUseRecords(fixture.folder.store).contents { try body(try #require($0)) }
    } else {
      try PostgresStore.uses(try PostgresAddress(fixture.store.location), body)
    }
  }

  @Test(
    "what went to PostgreSQL and back is the same, and a difference is found",
    .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
  func roundTrip() throws {
    let server = try #require(PostgresServer.shared).get()
    let (folder, back) = (try TemporaryFolder(), try TemporaryFolder())
    let store = try SQLiteStore.copy(at: folder.store, now: .start)
    let portal = try Sample.account("Pörtal Mexico")
    try store.write { writer in
      try writer.insert(portal)
      try writer.insert(try Sample.account("Gone"))
      let (token, secret) = try Sample.token("first", of: portal.id)
      try writer.insert(token, secret)
    }
    let address = try PostgresAddress(try server.makeDatabase())
    try store.contents { source in
      let copier = StoreCopier(try PostgresDraft(address, now: .start))
      let source = CopySource(store: source, uses: nil, place: store.location)
      #expect(try copier.copy(source) { _, _, _ in } == nil)
      try copier.publish()
    }
    let copied = try PostgresStore.open(address)
    try copied.contents { source in
      try SQLiteStore.makeDatabase(at: back.path + "/copy", .store, now: .start) { target in
        try StoreContents.load(StoreContents.ofStore, from: source, into: target) { _ in }
      }
    }
    #expect(try CopiedDatabase(path: back.path + "/copy").damages() == [])
    #expect(try difference(store, copied) == nil)
    // The copy is a whole store: names are found, rules hold, and rows are numbered on.
    let found = try copied.read { reader in
      try reader.accounts(
        AccountQuery(kind: .apiUser, matching: SearchText("ört")), .first, limit: 9, now: .start)
    }
    #expect(found.rows.map(\.account.name.text) == ["Pörtal Mexico"])
    try copied.write { try $0.insert(try Sample.account("Later")) }
    #expect(try difference(store, copied) != nil)
  }

  private func difference(_ one: SQLiteStore, _ other: PostgresStore) throws -> String? {
    try one.contents { one in
      try other.contents { try StoreContents.difference(StoreContents.ofStore, one, $0) { _ in } }
    }
  }
}
