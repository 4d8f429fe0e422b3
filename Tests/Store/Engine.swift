import Access
@testable import PostgresStore
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

extension Engine {
  /// With the ways in which an engine finds names by a part of them. Small stores never get to the search index with the
  /// usual bounds.
  static let searching =
    all
    + all.flatMap { engine in
      [
        engine.bounded("searching", WindowBounds(few: 1_000, scan: 2, search: 1_000)),
        engine.bounded("scanning", WindowBounds(few: 2, scan: 2, search: 3)),
      ]
    }

  private func bounded(_ how: String, _ bounds: WindowBounds) -> Engine {
    Engine("\(self), \(how)") { folder, now in
      let made = try make(folder, now)
      if var store = made.store as? SQLiteStore {
        store.bounds = bounds
        return MadeStore(made, as: store)
      }
      var store = try #require(made.store as? PostgresStore)
      store.bounds = bounds
      return MadeStore(made, as: store)
    }
  }
}

/// An empty store, and the folder that goes when it goes.
struct Fixture {
  let folder: TemporaryFolder
  let made: MadeStore
  let store: any Store
  /// The records of the store's gates.
  let uses: any UseWriting

  init(_ engine: Engine) throws {
    folder = try TemporaryFolder()
    made = try engine.make(folder.store, .start)
    store = made.store
    uses = try made.openUses()
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
