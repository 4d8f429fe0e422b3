internal import Access
package import SQLStore

extension PostgresStore {
  /// Reads one state of the whole store, for whoever hands it to another engine.
  package func contents<Result>(_ body: (any SQLLoading) throws -> Result) throws -> Result {
    try pool.transaction(Self.beginRead) { connection, rows in
      try check(rows)
      try connection.execute(Self.patience)
      return try body(PostgresFilling(connection, schema: "popsec"))
    }
  }

  /// Reads one state of what gates recorded.
  package static func uses<Result>(
    _ address: PostgresAddress, _ body: (any SQLLoading) throws -> Result
  ) throws -> Result {
    try PostgresPool(address, searchPath: PostgresUseStore.searchPath)
      .transaction(PostgresUseStore.beginRead) { connection, rows in
        try PostgresUseStore.check(rows, at: address.placeOfUses)
        try connection.execute(PostgresStore.patience)
        return try body(PostgresFilling(connection, schema: "popsec_gate"))
      }
  }

  /// Whoever reads a state may write for longer than the server would wait.
  private static let patience = "SET LOCAL idle_in_transaction_session_timeout = 0"
}
