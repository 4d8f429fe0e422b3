import Access
import Foundation
import GRDB
@testable import PostgresStore
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

/// A store of the present version that this process has open, and a newer popsec's way to it.
struct OpenStore {
  enum Place: String, CaseIterable, Sendable {
    case folder, database

    /// Where tests can have stores here.
    static let all = PostgresServer.shared == nil ? [Place.folder] : allCases
  }

  let store: any Store
  /// The records of the store's gates.
  let uses: any UseWriting
  /// The place of the store, and of these records, as errors name them.
  let path: String
  let usesPath: String
  private let folder: TemporaryFolder
  /// nil for a store in a folder.
  let address: PostgresAddress?
  private let made: MadeStore

  init(_ place: Place) throws {
    folder = try TemporaryFolder()
    made = try (place == .folder ? Engine.sqlite : .postgres).make(folder.store, .start)
    (store, uses, address) = (made.store, try made.openUses(), made.address)
    path = address?.uri ?? folder.store.path
    usesPath = address?.placeOfUses ?? folder.store.useDatabase
  }

  /// Brings the store up to date by the present popsec's own way, with another step behind the known ones.
  func upgrade(_ step: Migration, waiting seconds: Double = 60, settling: () -> Void = {}) throws {
    guard let address else {
      let options = OpenOptions(upgrades: true, backsUp: false)
      return try SQLiteStore.open(
        folder.store, options: options, now: .start, migrations: Migration.all + [step], settling: settling
      ).close()
    }
    let connection = try PostgresConnection(address, searchPath: PostgresStore.searchPath)
    try PostgresSchema.upgrade(
      on: connection, to: PostgresSchema.Steps(store: Migration.all + [step]), now: .start, waiting: seconds,
      settling: settling)
  }

  /// Whether somebody waits for a lock of the database; never in a folder, where reads don't wait.
  var hasWaiting: Bool {
    get throws { try address.map { try PostgresServer.shared?.get().isAwaited(at: $0.uri) == true } ?? false }
  }

  /// Opens the store once more.
  func reopened() throws -> any Store { try made.reopened() }

  /// Runs SQL as somebody beside popsec does.
  func run(_ sql: String, onUses: Bool = false) throws {
    if let address {
      let path = onUses ? PostgresUseStore.searchPath : PostgresStore.searchPath
      _ = try PostgresServer.shared?.get().query(
        PostgresServer.name(address.uri), "SET search_path = \(path); " + sql)
    } else {
      let queue = try DatabaseQueue(path: onUses ? folder.store.useDatabase : folder.store.database)
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      try queue.close()
    }
  }
}

extension Migration {
  /// The step behind the last one.
  static func later(
    _ sql: String = "", sqlite: String = "", postgres: String = "", after last: Int = Migration.all.version
  ) -> Migration {
    Migration(
      number: last + 1, name: "later", Array(sql.utf8), sqlite: Array(sqlite.utf8),
      postgres: Array(postgres.utf8))
  }

  /// Steps as a newer popsec may take them.
  static let possible = [
    later(), later("ALTER TABLE token RENAME COLUMN revoked_at TO gone_at"), later("DROP TABLE altered"),
    later("ALTER TABLE generation RENAME COLUMN number TO counted"),
  ]
}
