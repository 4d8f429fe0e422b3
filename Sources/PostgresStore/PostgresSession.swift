internal import SQLStore
internal import Store

/// A connection to PostgreSQL, within a transaction, as the shared queries use it.
struct PostgresSession: SQLConnection {
  let connection: PostgresConnection

  func run(_ sql: String, _ values: [SQLValue], _ demand: RowDemand) throws -> any SQLRows {
    let native = connection.native(sql, demand)
    switch demand {
    case .nothing:
      try connection.queue(native: native, values)
      return NoRows()
    case .stream: return try PostgresCursor(connection, native, values)
    case .atMost, .all: return try connection.execute(native: native, values)
    }
  }

  var isDistant: Bool { true }

  func foresee(_ statements: [NotedStatement]) throws {
    try connection.foresee(statements.map(question))
  }

  func foreseen(_ statement: NotedStatement) -> (any SQLRows)? {
    connection.rows(ahead: question(statement))
  }

  func question(_ statement: NotedStatement) -> PostgresConnection.Question {
    .init(sql: connection.native(statement.sql, statement.demand), values: statement.values)
  }

  func damages() throws -> [String]? { try PostgresSchema.differences(connection.address) }
}
