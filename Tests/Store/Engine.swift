import Access
import SQLiteStore
import Store
import Testing

/// An engine behind the store's face. Every conformance test runs on all of them.
struct Engine: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Makes an empty store in that folder.
  let make: @Sendable (TemporaryFolder) throws -> any Store

  static let all = [
    Engine(testDescription: "SQLite") { try SQLiteStore.create(at: $0.store, now: .start) }
  ]
}

/// An empty store, and the folder that goes when it goes.
struct Fixture {
  let folder: TemporaryFolder
  let store: any Store

  init(_ engine: Engine) throws {
    folder = try TemporaryFolder()
    store = try engine.make(folder)
  }

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try store.read(body) }
  func write<Result>(_ body: (any StoreWriter) throws -> Result) throws -> Result { try store.write(body) }
}

extension Timestamp {
  /// 2026-11-23T12:00:00Z: now, in these tests.
  static let start = Timestamp.distantPast.adding(seconds: 1_795_435_200 + 62_135_596_800)
}
