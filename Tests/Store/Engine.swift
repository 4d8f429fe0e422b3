import Access
@testable import PostgresStore
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

/// An engine behind the store's face. Every conformance test runs on all of them.
struct Engine: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Makes an empty store in that folder, or in a database of its own, and opens the records of its gates.
  let make: @Sendable (TemporaryFolder) throws -> (store: any Store, uses: any UseWriting)

  static let sqlite = sqlite("SQLite", WindowBounds())
  static let postgres = postgres("PostgreSQL", WindowBounds())
  static let all = [sqlite] + (PostgresServer.shared == nil ? [] : [postgres])

  /// With the ways in which an engine finds names by a part of them.
  static let searching =
    all + [sqlite("SQLite, searching", searchingBounds), sqlite("SQLite, scanning", scanningBounds)]
    + (PostgresServer.shared == nil
      ? []
      : [
        postgres("PostgreSQL, searching", searchingBounds), postgres("PostgreSQL, scanning", scanningBounds),
      ])

  // Small stores never get to the search index with the usual bounds.
  private static let searchingBounds = WindowBounds(few: 1_000, scan: 2, search: 1_000)
  private static let scanningBounds = WindowBounds(few: 2, scan: 2, search: 3)

  private static func sqlite(_ name: String, _ bounds: WindowBounds) -> Engine {
    Engine(testDescription: name) { folder in
      var store = try SQLiteStore.copy(at: folder.store, now: .start)
      store.bounds = bounds
      return (store, try SQLiteUseStore.open(folder.store, now: .start))
    }
  }

  private static func postgres(_ name: String, _ bounds: WindowBounds) -> Engine {
    Engine(testDescription: name) { _ in
      let server = try #require(PostgresServer.shared, "\(PostgresServer.absence)").get()
      let address = try PostgresAddress(try server.makeDatabase())
      var store = try PostgresStore.create(address, now: .start)
      store.bounds = bounds
      return (store, PostgresUseStore(address))
    }
  }
}

/// An empty store, and the folder that goes when it goes.
struct Fixture {
  let folder: TemporaryFolder
  let store: any Store
  /// The records of the store's gates.
  let uses: any UseWriting

  init(_ engine: Engine) throws {
    folder = try TemporaryFolder()
    (store, uses) = try engine.make(folder)
  }

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try store.read(body) }
  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result { try store.write(body) }
}

extension Timestamp {
  /// 2026-11-23T12:00:00Z: now, in these tests.
  static let start = Timestamp.distantPast.adding(seconds: 1_795_435_200 + 62_135_596_800)
}

extension Deletion {
  /// The first one.
  static let start = Deletion(number: 1, at: .start)
}
