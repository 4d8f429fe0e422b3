internal import SQLStore
internal import Store

/// Compares the number of commits from read to read, with one question to the server.
final class PostgresWatch: StoreWatch {
  private let store: PostgresStore
  private(set) var lastRead: CommitMark?

  static let question = "SELECT number FROM change_count"

  init(_ store: PostgresStore) { self.store = store }

  func hasChanged() throws -> Bool {
    try store.namingVersion { try store.pool.with { try Self.mark($0) } } != lastRead
  }

  func isSurelyUnchanged() -> Bool { false }

  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result {
    try store.namingVersion {
      try store.pool.transaction(PostgresStore.beginWatchedRead) { connection, rows in
        try store.check(rows)
        // Two servers may have had different changes of the same number. What was kept of the one is not kept of the other.
        if let lastRead, lastRead.server != connection.server.text {
          throw StoreError.replaced(path: store.location)
        }
        guard let number = rows.text(2).flatMap({ Int64($0) }),
          let generation = rows.text(3).flatMap({ Int64($0) })
        else { throw StoreError.foreign(path: store.location) }
        let result = try body(store.transaction(connection).reader, generation)
        lastRead = CommitMark(number: number, server: connection.server.text)
        return result
      }
    }
  }

  private static func mark(_ connection: PostgresConnection) throws -> CommitMark? {
    let rows = try connection.execute(native: question, [])
    guard rows.next(), let number = rows.integer(0) else { return nil }
    return CommitMark(number: number, server: connection.server.text)
  }
}
