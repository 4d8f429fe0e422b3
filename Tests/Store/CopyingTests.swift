import Access
@testable import PostgresStore
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

@Suite("a copy of a store that is interrupted goes on where it stopped")
struct CopyingTests {
  /// From one engine to another, or to another place of the same one.
  struct Way: Sendable, CustomTestStringConvertible {
    let from: Engine
    let to: Engine
    var testDescription: String { "\(from) to \(to)" }

    static let all = Engine.all.flatMap { from in Engine.all.map { Way(from: from, to: $0) } }
  }

  @Test(
    "behind each step it may end, and what comes of it is what an uninterrupted copy is", arguments: Way.all)
  func steps(way: Way) throws {
    let scene = try Scene(way)
    try scene.fill()
    let whole = try Target(way.to)
    #expect(try scene.copy(to: whole, steps: .max) == .whole)
    let broken = try Target(way.to)
    var runs = 1
    while try scene.copy(to: broken, steps: 1) == .interrupted {
      // Until the last step nobody takes it for a store.
      #expect(throws: StoreError.unfinishedCopy(path: broken.location)) { try broken.open() }
      runs += 1
    }
    #expect(runs > StoreContents.ofStore.count)
    for target in [whole, broken] {
      let store = try target.open()
      #expect(try scene.difference(from: target) == nil)
      #expect(try store.read { try $0.damages() } == [])
      #expect(try target.uses().staleSpans() == scene.source.uses.staleSpans())
      // Names are found, rules hold, and rows are numbered on.
      let found = try store.read { reader in
        try reader.accounts(
          AccountQuery(kind: .apiUser, matching: SearchText("ört")), .first, limit: 9, now: .start)
      }
      #expect(found.rows.map(\.account.name.text) == ["Pörtal 1", "Pörtal 2", "Pörtal 3"])
      try store.write { try $0.insert(try Sample.account("Later")) }
      #expect(try scene.difference(from: target) != nil)
    }
  }

  @Test("where the store has changed since, nothing of the earlier copy stays", arguments: Way.all)
  func changed(way: Way) throws {
    let scene = try Scene(way)
    try scene.fill()
    let target = try Target(way.to)
    for change in [scene.addAccount, scene.addLook] {
      #expect(try scene.copy(to: target, steps: 30) == .interrupted)
      try change()
      #expect(try scene.copy(to: target, steps: 30) == .changed)
    }
    #expect(try scene.copy(to: target, steps: .max) == .whole)
    #expect(try scene.difference(from: target) == nil)
  }

  @Test("what gates recorded meanwhile is copied anew", arguments: Way.all)
  func records(way: Way) throws {
    let scene = try Scene(way)
    try scene.fill()
    let target = try Target(way.to)
    // Nearly at the end, all rows are there.
    #expect(try scene.copy(to: target, steps: 110) == .interrupted)
    try scene.addSpan()
    #expect(try scene.copy(to: target, steps: .max) == .whole)
    #expect(try target.uses().staleSpans().count == 2)
  }

  @Test("nothing else is made where a copy has not ended", arguments: Way.all)
  func refusals(way: Way) throws {
    let scene = try Scene(way)
    try scene.fill()
    let target = try Target(way.to)
    #expect(try scene.copy(to: target, steps: 20) == .interrupted)
    let refusal = StoreError.unfinishedCopy(path: target.location)
    #expect(throws: refusal) { try target.open() }
    #expect(throws: refusal) { try target.outline() }
    #expect(throws: refusal) { try target.create() }
    let other = try Scene(way)
    #expect(throws: StoreError.otherCopy(path: target.location)) { try other.copy(to: target, steps: 1) }
    #expect(try scene.copy(to: target, steps: .max) == .whole)
    #expect(throws: StoreError.exists(path: target.location)) { try scene.copy(to: target, steps: 1) }
  }

  @Test("two at once do not copy into one folder, which has nothing else either")
  func crowds() throws {
    let folder = try TemporaryFolder()
    let place = StoreFolder(path: folder.path + "/copy")
    do {
      let draft = try SQLiteDraft(at: place, now: .start)
      #expect(throws: StoreError.busy(path: place.path, writer: "another copy")) {
        try SQLiteDraft(at: place, now: .start)
      }
      #expect(try !draft.isMade(.store))
    }
    // A folder that was made for nothing is gone.
    #expect(try Files.kind(of: place.path) == .missing)
    try Files.makeFolder(place.path)
    try Files.makeFile(place.path + "/notes")
    #expect(throws: StoreError.foreign(path: place.path)) { try SQLiteDraft(at: place, now: .start) }
  }

  @Test("a copy in a folder that only lacks its names gets them")
  func names() throws {
    let scene = try Scene(Way(from: .sqlite, to: .sqlite))
    try scene.fill()
    let target = try Target(.sqlite)
    #expect(try scene.copy(to: target, steps: .max) == .whole)
    let folder = StoreFolder(path: target.location)
    try Files.rename(folder.database, to: folder.copying(.store))
    #expect(throws: StoreError.unfinishedCopy(path: folder.path)) { try target.open() }
    #expect(try scene.copy(to: target, steps: 0) == .whole)
    #expect(try scene.difference(from: target) == nil)
    #expect(try target.uses().staleSpans().count == 1)
  }
}

/// A store that is copied.
private struct Scene {
  let source: Fixture

  init(_ way: CopyingTests.Way) throws { source = try Fixture(way.from) }

  enum Outcome { case whole, interrupted, changed }
  private struct Interrupted: Error {}

  /// Small steps are many.
  func copy(to target: Target, steps: Int) throws -> Outcome {
    let copier = StoreCopier(try target.draft(), bounds: StoreCopier.Bounds(rows: 2))
    return try contents { source in
      if try copier.isBegun, try !copier.isCopy(of: source) {
        try copier.clear()
        return .changed
      }
      var left = steps
      do {
        let difference = try copier.copy(source) { stage, done, _ in
          guard stage != .comparing, left != .max else { return }
          // Before the first of the indexes, the stage is only told.
          if stage == .indexes, done == 0 { return }
          left -= 1
          if left <= 0 { throw Interrupted() }
        }
        #expect(difference == nil)
      } catch is Interrupted { return .interrupted }
      try copier.publish()
      return .whole
    }
  }

  func fill() throws {
    try source.write { writer in
      for number in 1...3 {
        let account = try Sample.account("Pörtal \(number)")
        try writer.insert(account)
        let (token, secret) = try Sample.token("first", of: account.id)
        try writer.insert(token, secret)
      }
      let team = try Sample.team("Sales")
      try writer.insert(team)
      let gone = try Sample.account("Pörtal gone", .user)
      try writer.insert(gone)
      try writer.delete(gone.id, .start)
    }
    try addSpan()
  }

  func addAccount() throws { try source.write { try $0.insert(try Sample.account("New")) } }

  /// No decision rests on this, and neither generation nor audit log tells of it.
  func addLook() throws {
    try source.write { try $0.setNoticeLook(of: "a condition", at: .start) }
  }

  func addSpan() throws {
    try source.uses.add(
      StaleSpan(
        id: .random(), host: try Name("web1"), process: 7, firstAt: .start, lastAt: .start, count: 2))
  }

  func contents<Result>(_ body: (CopySource) throws -> Result) throws -> Result {
    if let store = source.store as? SQLiteStore {
      return try store.contents { contents in
        try SQLiteUseRecords(source.folder.store).contents {
          try body(CopySource(store: contents, uses: $0, place: store.location))
        }
      }
    }
    let store = try #require(source.store as? PostgresStore)
    return try store.contents { contents in
      try PostgresStore.uses(try PostgresAddress(store.location)) {
        try body(CopySource(store: contents, uses: $0, place: store.location))
      }
    }
  }

  func difference(from target: Target) throws -> String? {
    try contents { source in
      try target.contents {
        try StoreContents.difference(StoreContents.ofStore, source.store, $0) { _ in }
      }
    }
  }
}

/// A place that has no store.
private struct Target {
  private let folder: TemporaryFolder
  let location: String
  private let isDatabase: Bool

  init(_ engine: Engine) throws {
    folder = try TemporaryFolder()
    isDatabase = engine.hasDatabases
    location =
      isDatabase
      ? try PostgresAddress(try PostgresServer.running().makeDatabase()).uri
      : folder.path + "/copy"
  }

  func draft() throws -> any CopyDraft {
    isDatabase
      ? try PostgresDraft(try PostgresAddress(location), now: .start)
      : try SQLiteDraft(at: StoreFolder(path: location), now: .start)
  }

  @discardableResult
  func open() throws -> any Store {
    isDatabase
      ? try PostgresStore.open(try PostgresAddress(location))
      : try SQLiteStore.open(StoreFolder(path: location), now: .start)
  }

  func outline() throws -> StoreOutline {
    isDatabase
      ? try PostgresStore.outline(try PostgresAddress(location))
      : try SQLiteStore.outline(StoreFolder(path: location))
  }

  func create() throws -> any Store {
    isDatabase
      ? try PostgresStore.create(try PostgresAddress(location), now: .start)
      : try SQLiteStore.create(at: StoreFolder(path: location), now: .start)
  }

  func uses() throws -> any UseReading {
    isDatabase
      ? PostgresUseStore(try PostgresAddress(location)) : SQLiteUseRecords(StoreFolder(path: location))
  }

  func contents<Result>(_ body: (any SQLLoading) throws -> Result) throws -> Result {
    isDatabase
      ? try PostgresStore.open(try PostgresAddress(location)).contents(body)
      : try SQLiteStore.open(StoreFolder(path: location), now: .start).contents(body)
  }
}
