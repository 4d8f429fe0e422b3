internal import SQLStore
internal import Store

/// Compares the number of commits from read to read, with one question to the server.
final class PostgresWatch: StoreWatch {
  private let store: PostgresStore
  private(set) var lastRead: CommitMark?

  static let question = "SELECT number FROM change_count"

  init(_ store: PostgresStore) { self.store = store }

  func hasChanged() throws -> Bool { try store.pool.with { try Self.mark($0) } != lastRead }

  func isSurelyUnchanged() -> Bool { false }

  func read<Result>(_ body: (any StoreReader, Generation) throws -> Result) throws -> Result {
    try store.pool.transaction(PostgresStore.beginRead) { connection, rows in
      try store.check(rows)
      let read = try Self.mark(connection)
      let transaction = store.transaction(connection)
      let result = try body(transaction.reader, try transaction.generation())
      lastRead = read
      return result
    }
  }

  private static func mark(_ connection: PostgresConnection) throws -> CommitMark? {
    let rows = try connection.execute(native: question, [])
    guard rows.next(), let number = rows.integer(0) else { return nil }
    return CommitMark(number: number, server: connection.server.text)
  }
}
