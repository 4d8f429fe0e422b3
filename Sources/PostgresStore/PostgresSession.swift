internal import SQLStore
internal import Store

/// A connection to PostgreSQL, within a transaction, as the shared queries use it.
struct PostgresSession: SQLConnection {
  let connection: PostgresConnection

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    let native = connection.native(sql, demand)
    guard case .stream = demand else { return try connection.execute(native: native, values) }
    return try PostgresCursor(connection, native, values)
  }

  func damages() throws -> [String] { try PostgresSchema.differences(connection.address) }
}
