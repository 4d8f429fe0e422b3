internal import SQLStore
internal import Store

/// Compares the number of commits from read to read, with one question to the server.
final class PostgresWatch: StoreWatch {
  private let store: PostgresStore
  /// The number of commits at the last read.
  private var number: Int64?

  init(_ store: PostgresStore) { self.store = store }

  func hasChanged() throws -> Bool {
    try store.pool.with { try Self.changeCount($0) } != number
  }

  func isSurelyUnchanged() -> Bool { false }

  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result {
    try store.pool.transaction(PostgresStore.beginRead) { connection, rows in
      try store.check(rows)
      let count = try Self.changeCount(connection)
      let transaction = store.transaction(connection)
      let result = try body(transaction.reader, try transaction.generation())
      number = count
      return result
    }
  }

  private static func changeCount(_ connection: PostgresConnection) throws -> Int64? {
    let rows = try connection.execute(native: "SELECT number FROM change_count", [])
    return rows.next() ? rows.integer(0) : nil
  }
}
