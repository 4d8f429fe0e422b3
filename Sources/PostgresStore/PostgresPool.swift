internal import SQLStore
internal import Store
private import Synchronization

/// The connections to one database that nobody uses now.
final class PostgresPool: Sendable {
  private let address: PostgresAddress
  private let searchPath: String
  private let patience: PostgresPatience
  /// What a gate knows of its server; nil for people, whose connections lead wherever the address leads.
  private let lease: PostgresLease?
  private let idle = Mutex(Idle())

  /// More than the console uses at the same time.
  private static let mostIdle = 4

  /// Connections are handed from thread to thread, but only one thread at a time has one.
  private struct Idle: @unchecked Sendable {
    var connections: [PostgresConnection] = []
  }

  init(_ address: PostgresAddress, searchPath: String, lease: PostgresLease? = nil) {
    self.address = address
    self.searchPath = searchPath
    self.lease = lease
    patience = lease == nil ? .ofPeople : .ofGates
  }

  func connect() throws -> PostgresConnection {
    try PostgresConnection(
      address, searchPath: searchPath, patience: patience, firstHost: lease?.firstHost ?? 0)
  }

  /// Lends a connection. One on which a transaction was left open is not used again.
  ///
  /// For a gate, what the body found counts only where the connection leads to the server that has the lease.
  func with<Result>(_ body: (PostgresConnection) throws -> Result) throws -> Result {
    let connection = try idleConnection() ?? connect()
    try requireLease(connection)
    var isOfUse = true
    defer {
      if isOfUse, connection.isIdle {
        idle.withLock { if $0.connections.count < Self.mostIdle { $0.connections.append(connection) } }
      }
    }
    let result = try body(connection)
    do { try requireLease(connection) } catch {
      isOfUse = false
      throw error
    }
    return result
  }

  private func requireLease(_ connection: PostgresConnection) throws {
    guard let lease, !lease.covers(connection.server) else { return }
    throw StoreError.serverLost(
      path: connection.place, detail: "another server answers for the database now")
  }

  /// A connection that nobody uses. One that leads to a server which no longer has the lease is closed.
  private func idleConnection() -> PostgresConnection? {
    while let connection = idle.withLock({ $0.connections.popLast() }) {
      if lease?.covers(connection.server) ?? true { return connection }
    }
    return nil
  }

  /// Runs the body in one transaction.
  ///
  /// - Parameters:
  ///   - begin: the statements that begin the transaction. Their last one's rows are handed to the body.
  ///   - questions: what is read ahead together with that.
  ///   - commit: the statements that end it; nil for a transaction that only reads.
  func transaction<Result>(
    _ begin: [String], foreseeing questions: [NotedStatement] = [], commit: [String]? = nil,
    _ body: (PostgresConnection, PostgresRows) throws -> Result
  ) throws -> Result {
    try withFresh { connection, rows in
      do {
        let result = try body(connection, rows)
        if let commit { try connection.commit(commit) } else { try connection.endRead() }
        return result
      } catch {
        connection.rollBack()
        throw error
      }
    } begin: {
      try $0.begin(begin, foreseeing: questions.map(PostgresSession(connection: $0).question))
    }
  }

  /// Lends a connection on which a transaction began. A connection that was lost while nobody used it is replaced.
  private func withFresh<Result>(
    _ body: (PostgresConnection, PostgresRows) throws -> Result,
    begin: (PostgresConnection) throws -> PostgresRows
  ) throws -> Result {
    var isRetry = false
    while true {
      let found: Result? = try with { connection in
        let rows: PostgresRows
        do { rows = try begin(connection) } catch  where !isRetry && !connection.isConnected {
          isRetry = true
          return nil
        } catch {
          connection.rollBack()
          throw error
        }
        return try body(connection, rows)
      }
      if let found { return found }
      idle.withLock { $0.connections = [] }
    }
  }

  func close() { idle.withLock { $0.connections = [] } }
}
