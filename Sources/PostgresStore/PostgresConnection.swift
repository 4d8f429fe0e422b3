internal import Access
private import CPostgres
internal import SQLStore
internal import Store

/// One connection to a PostgreSQL database. Only one thread at a time may use it.
final class PostgresConnection {
  let handle: OpaquePointer
  let address: PostgresAddress
  private let noticeCount: UnsafeMutablePointer<Int32>
  /// The server on which the connection ended up.
  private(set) var server = PostgresServerName.unknown
  /// The number of the server's process behind the connection. libpq forgets this number where the connection is lost.
  let backend: Int32
  /// When the connection was there; the server's process began before.
  let openedAt: ContinuousClock.Instant
  /// The greatest number of milliseconds for which a statement's answer is waited for; below 0 there is none.
  private let limit: Int32
  /// The statements that were prepared, with their names.
  private var prepared: [Statement: String] = [:]
  private var preparedCount = 0
  /// Those of them that are on their way.
  private var unconfirmed: [Statement] = []
  /// The number of statements that were sent, and whose answers nobody has taken.
  private(set) var queuedCount = 0
  private var isPipeline = false
  /// Whether answers are outstanding that will not come.
  private var isBroken = false
  /// The rows of statements that were read ahead. They hold until the transaction ends or writes something.
  var foreseen: [Question: PostgresRows] = [:]
  /// Why the present transaction has failed. All later statements of the transaction fail, too, without a reason.
  private var failure: StoreError?
  private var cursorCount = 0
  /// The shared statements, each with its form for PostgreSQL.
  private var native: [Shared: String] = [:]

  /// The greatest number of statements that are kept prepared. Beyond it, statements are parsed each time.
  private static let mostPrepared = 1_000
  /// The greatest number of statements that are on their way, so that their answers need little memory.
  private static let mostQueued = 200
  /// The server's code for a statement in a transaction that has failed before.
  private static let failedBefore = "25P02"

  private struct Shared: Hashable {
    let sql: String
    let demand: RowDemand
  }

  /// A statement is prepared for the types of its values, because the server chooses its operators by them.
  private struct Statement: Hashable {
    let sql: String
    let types: [UInt32]
  }

  /// Connects, and sets what every session needs.
  ///
  /// Errors: ``PostgresProblem``.
  ///
  /// - Parameter firstHost: the number of the host in the address that is tried first.
  init(
    _ address: PostgresAddress, searchPath: String, patience: PostgresPatience = .ofPeople, firstHost: Int = 0
  ) throws {
    let hosts = address.hosts(from: firstHost)
    guard
      let connected = popsec_pq_connect(
        address.uri, hosts.host, hosts.hostaddr, hosts.port, String(patience.connectSeconds),
        String(patience.silenceMilliseconds),
        address.passFile)
    else { throw PostgresProblem.unreachable(place: "", reason: "there is no memory") }
    handle = connected
    backend = popsec_pq_backend(connected)
    openedAt = .now
    noticeCount = .allocate(capacity: 1)
    noticeCount.initialize(to: 0)
    limit = patience.answerMilliseconds
    self.address = address
    guard Int(popsec_pq_status(connected)) == POPSEC_PQ_CONNECTION_OK else {
      if popsec_pq_needs_password(connected) != 0, let problem = PostgresPassFile(of: address)?.problem {
        throw problem
      }
      throw PostgresProblem.unreachable(place: place, reason: Self.reason(of: connected))
    }
    popsec_pq_count_notices(connected, noticeCount)
    try requireFit()
    // A commit is acknowledged only when the standbys that the server is set to wait for have confirmed the commit.
    let rows = try execute(
      """
      SET search_path = \(searchPath); SET timezone = 'UTC'; SET default_transaction_isolation = 'repeatable read';
      SET default_transaction_read_only = off; SET idle_in_transaction_session_timeout = '10min';
      SET standard_conforming_strings = on; SET quote_all_identifiers = off; SET jit = off;
      SET client_min_messages = 'warning'; SET statement_timeout = 0; SET lock_timeout = \(patience.lockMilliseconds);
      SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false);
      \(patience.seesLostClients ? "SET client_connection_check_interval = '2s';" : "")
      \(PostgresServerName.query)
      """)
    server = PostgresServerName(rows)
    try requireDirect(rows)
  }

  deinit {
    popsec_pq_finish(handle)
    noticeCount.deallocate()
  }

  /// The address of the database, for errors. It has no secret.
  var place: String { address.uri }

  /// Whether the connection still serves, and no statement and no transaction was left open on it.
  /// One on which too many statements were prepared is replaced.
  var isIdle: Bool {
    queuedCount == 0 && preparedCount < Self.mostPrepared && isConnected
      && Int(popsec_pq_transaction_status(handle)) == POPSEC_PQ_IDLE
  }

  var isConnected: Bool { !isBroken && Int(popsec_pq_status(handle)) == POPSEC_PQ_CONNECTION_OK }

  /// The number of the host in the address to which the connection leads.
  var hostNumber: Int {
    let (host, port) = (popsec_pq_host(handle), popsec_pq_port(handle))
    return address.number(
      ofHost: host.map { String(cString: $0) } ?? "", port: port.map { String(cString: $0) } ?? "")
  }

  private func requireFit() throws {
    func refuse(_ reason: String, _ remedy: String) -> PostgresProblem {
      .unfit(place: place, reason: reason, remedy: remedy)
    }
    guard parameter("in_hot_standby") != "on" else {
      throw refuse(
        "its server is a standby, which may lag behind",
        "name the primary, or all servers, without target_session_attrs: the primary among them is found")
    }
    guard popsec_pq_server_version(handle) >= 150_000 else {
      throw refuse("its server is older than PostgreSQL 15", "use PostgreSQL 15 or later")
    }
    guard parameter("server_encoding") == "UTF8" else {
      throw refuse(
        "its encoding is \(parameter("server_encoding") ?? "unknown")",
        "make it with CREATE DATABASE popsec ENCODING 'UTF8' TEMPLATE template0")
    }
  }

  /// A pooler may hand each transaction to another session of the server. What popsec sets for its session, and the locks of
  /// its session, would then be lost. The number of the process tells: a pooler invents its own
  /// (pgbouncer.org/features.html).
  private func requireDirect(_ rows: PostgresRows) throws {
    guard rows.text(1) != String(backend) else { return }
    throw PostgresProblem.unfit(
      place: place, reason: "a pooler such as PgBouncer stands before its server",
      remedy: "name the server's own host and port; popsec keeps few connections, and needs no pooler")
  }

  private func parameter(_ name: String) -> String? {
    popsec_pq_parameter(handle, name).map { String(cString: $0) }
  }

  /// What libpq says of a connection that failed, in one line.
  private static func reason(of handle: OpaquePointer) -> String {
    let text = popsec_pq_error(handle).map { String(cString: $0) } ?? "unknown"
    return text.split { $0.isNewline || $0 == "\t" }.joined(separator: "; ")
      .replacing(#/; password retrieved from file "/proc/self/fd/\d+"/#, with: "")
  }
}

// Statements.
extension PostgresConnection {
  /// A shared statement in PostgreSQL's form, which gives no more rows than are going to be read.
  func native(_ sql: String, _ demand: RowDemand) -> String {
    let shared = Shared(sql: sql, demand: demand)
    if let known = native[shared] { return known }
    var made = PostgresSQL.statement(sql)
    if case .atMost(let count) = demand { made = PostgresSQL.limited(made, to: count) }
    if native.count < Self.mostPrepared { native[shared] = made }
    return made
  }

  /// Ends a transaction. Where the connection is lost meanwhile, nobody here knows whether the transaction holds.
  ///
  /// The server says by a notice that it no longer waits for the standbys, for example because somebody cancelled that
  /// (SyncRepWaitForLSN in PostgreSQL's syncrep.c). Any other warning of the server counts as that one, too.
  func commit(_ statements: [String]) throws {
    let before = noticeCount.pointee
    do { try end(statements) } catch  where !isConnected {
      throw StoreError.unsettled(path: place)
    }
    guard noticeCount.pointee == before else { throw StoreError.unconfirmed(path: place) }
  }

  /// Ends a transaction that only read.
  func endRead() throws { try end(["COMMIT"]) }

  private func end(_ statements: [String]) throws {
    foreseen = [:]
    for statement in statements { try send(statement, []) }
    guard try answer().command == "COMMIT" else {
      throw StoreError.inputOutput(
        path: place, detail: "the server took back a transaction that had failed")
    }
    // The transaction has ended, whether or not the connection serves on.
    _ = try? leavePipeline()
  }

  /// Ends a transaction as if nothing in it had happened. A connection that can't even do this is not used again.
  func rollBack() {
    // The transaction goes, and with it whatever went wrong in it.
    _ = try? settle()
    _ = try? execute("ROLLBACK")
    failure = nil
  }

  /// Runs statements that take no values, separated by semicolons. Returns the last one's rows.
  @discardableResult
  func execute(_ sql: String) throws -> PostgresRows {
    foreseen = [:]
    try settle()
    try leavePipeline()
    return try rows(popsec_pq_exec(handle, sql, limit))
  }

  /// Hands rows to a statement COPY … FROM STDIN.
  func copy(_ sql: String, _ data: [UInt8]) throws {
    foreseen = [:]
    try settle()
    try leavePipeline()
    let result = data.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        popsec_pq_copy(handle, sql, $0.baseAddress, Int32(clamping: $0.count), limit)
      }
    }
    _ = try rows(result)
  }

  /// Runs one statement, as it stands for PostgreSQL.
  func execute(native sql: String, _ values: [SQLValue]) throws -> PostgresRows {
    if let rows = rows(ahead: Question(sql: sql, values: values)) { return rows }
    if !Self.onlyReads(sql) { foreseen = [:] }
    try send(sql, values)
    return try answer()
  }

  /// Sends one statement, whose error the next statement tells. Each answer that is waited for costs a round trip.
  func queue(native sql: String, _ values: [SQLValue]) throws {
    foreseen = [:]
    try send(sql, values)
    if queuedCount >= Self.mostQueued { try settle() }
  }

  /// Prepares a statement without values under a name.
  func prepare(_ name: String, _ sql: String) throws {
    try leavePipeline()
    _ = try rows(popsec_pq_prepare(handle, name, sql, 0, nil, limit))
  }

  /// Opens a cursor over the rows of a statement, within a transaction.
  func openCursor(_ sql: String, _ values: [SQLValue]) throws -> String {
    cursorCount += 1
    let name = "c\(cursorCount)"
    try send(unprepared: "DECLARE \(name) NO SCROLL CURSOR FOR " + sql, PostgresParameters(values))
    return name
  }

  func fetch(_ count: Int, from cursor: String) throws -> PostgresRows {
    try send(unprepared: "FETCH \(count) FROM \(cursor)", PostgresParameters([]))
    return try answer()
  }

  func close(cursor: String) throws { try send(unprepared: "CLOSE \(cursor)", PostgresParameters([])) }
}

// Sending and receiving.
extension PostgresConnection {
  func send(_ sql: String, _ values: [SQLValue]) throws {
    let parameters = PostgresParameters(values)
    let statement = Statement(sql: sql, types: parameters.types)
    if let name = prepared[statement] { return try send(prepared: name, parameters) }
    guard preparedCount < Self.mostPrepared else { return try send(unprepared: sql, parameters) }
    let name = "p\(preparedCount)"
    preparedCount += 1
    try enterPipeline()
    try requireSent(popsec_pq_send_prepare(handle, name, sql, parameters.count, statement.types))
    prepared[statement] = name
    unconfirmed.append(statement)
    try send(prepared: name, parameters)
  }

  private func send(prepared name: String, _ parameters: PostgresParameters) throws {
    try enterPipeline()
    try requireSent(
      parameters.withPointers { values, lengths, formats in
        popsec_pq_send_prepared(handle, name, parameters.count, values, lengths, formats)
      })
  }

  private func send(unprepared sql: String, _ parameters: PostgresParameters) throws {
    try enterPipeline()
    try requireSent(
      parameters.withPointers { values, lengths, formats in
        popsec_pq_send_params(
          handle, sql, parameters.count, parameters.types, values, lengths, formats)
      })
  }

  private func enterPipeline() throws {
    guard !isPipeline else { return }
    guard popsec_pq_enter_pipeline(handle) == 1 else { throw broken() }
    isPipeline = true
  }

  /// Statements that are separated by semicolons can't be sent in a pipeline.
  private func leavePipeline() throws {
    guard isPipeline else { return }
    guard popsec_pq_leave_pipeline(handle) == 1 else { throw broken() }
    isPipeline = false
  }

  private func requireSent(_ success: Int32) throws {
    guard success == 1 else { throw broken() }
    queuedCount += 1
  }

  /// Ends the batch of all statements that were sent, waits for their answers, and returns the last one's.
  private func answer() throws -> PostgresRows {
    try takingAnswers {
      var isWhole: Int32 = 0
      let result = popsec_pq_answer(handle, limit, &isWhole)
      if isWhole == 0 { isBroken = true }
      let rows = try rows(result)
      guard isWhole == 1 else { throw lost }
      return rows
    }
  }

  /// Ends the batch of all statements that were sent, waits for their answers, and hands each of them to a body.
  func eachAnswer(_ body: (_ number: Int, PostgresRows) -> Void) throws {
    try takingAnswers {
      var failure: (any Error)?
      for number in 0..<queuedCount {
        guard let result = popsec_pq_next_answer(handle, limit) else { throw broken() }
        guard failure == nil else {
          // The server leaves out what comes behind a statement that failed.
          popsec_pq_clear(result)
          continue
        }
        do { body(number, try rows(result)) } catch { failure = error }
      }
      guard let end = popsec_pq_next_answer(handle, limit), PostgresRows(end).isSynchronization else {
        throw broken()
      }
      if let failure { throw failure }
    }
  }

  private func takingAnswers<Result>(_ body: () throws -> Result) throws -> Result {
    guard popsec_pq_end_batch(handle) == 1 else { throw broken() }
    defer { (queuedCount, unconfirmed) = (0, []) }
    do { return try body() } catch {
      // The server may not have got to these.
      for statement in unconfirmed { prepared[statement] = nil }
      throw error
    }
  }

  /// Waits for the answers to all statements that were sent, so that their errors are known.
  func settle() throws { if queuedCount > 0 { _ = try answer() } }

  /// The error of a connection that is of no use any more.
  private func broken() -> StoreError {
    isBroken = true
    return lost
  }

  private var lost: StoreError { .serverLost(path: place, detail: Self.reason(of: handle)) }

  /// Takes over a result, and checks it.
  private func rows(_ result: OpaquePointer?) throws -> PostgresRows {
    guard let result else { throw lost }
    let rows = PostgresRows(result)
    guard !rows.isSuccess else { return rows }
    if let failure, rows.diagnostic(POPSEC_PQ_DIAGNOSTIC_SQLSTATE) == Self.failedBefore { throw failure }
    let error = StoreError(rows, place: place, reason: Self.reason(of: handle))
    failure = error
    throw error
  }
}
