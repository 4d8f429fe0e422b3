internal import Access
private import Dispatch
private import Glibc
private import SQLStore
package import Store
private import Synchronization

/// What a gate knows of the primary: which server it is, and until when that server's answers count.
///
/// The lease is renewed again and again on a connection of its own. Where the server waits for standbys
/// (`synchronous_standby_names`), the gate commits something, and the commit returns only after a standby has confirmed it.
/// The time of the lease counts from before that question. A standby that is to be promoted first stops confirming, and then
/// waits for as long as a lease lasts (`Resources/cluster/before-promotion.sh`). So no gate answers by the former primary
/// once another one takes changes. Only the speed of clocks matters for this, and not what they show.
package final class PostgresLease: Sendable {
  private let address: PostgresAddress
  private let state = Mutex(State())
  private let renewals = Mutex(Renewal())
  private let queue = DispatchQueue(label: "popsec.lease")

  private struct State {
    /// The server that confirmed last.
    var server: PostgresServerName?
    /// The instant before the last question that was confirmed, in nanoseconds of a clock that only goes forward.
    var confirmedAt: UInt64 = 0
    var leaseSeconds = 0
    var staleSeconds = 0
    /// The last that was heard of the store.
    var heard: CommitMark?
    /// Why the store can't be used, although it answers; nil where it can.
    var uselessness: StoreError?
    /// The number of questions that have failed since the last one that was confirmed. After one failure, which may be a
    /// connection that was lost, the next question comes soon.
    var failureCount = 2
    var isFailing: Bool { failureCount > 1 }
    /// The number of the host that is tried first. After a failure it is the next one's turn.
    var firstHost = 0
    var isStopped = false
  }

  /// Only one renewal at a time uses the connection.
  private struct Renewal: @unchecked Sendable {
    var connection: PostgresConnection?
    /// The servers' processes of connections that were lost, which may still wait for a standby.
    var former: [PostgresServerName: PostgresConnection.Former] = [:]
  }

  /// Connects, asks for the first lease, and renews it until ``stop()``.
  ///
  /// Errors: ``PostgresProblem``, ``StoreError``.
  package init(_ address: PostgresAddress) throws {
    self.address = address
    let connection = try renewals.withLock { renewal in
      let connection = try connect(&renewal)
      renewal.connection = connection
      return connection
    }
    // The store is read to start. What is asked of it counts only with a lease.
    state.withLock { $0.server = connection.server }
    renewOrFail()
    goOn(after: Self.interval(state.withLock { $0 }))
  }

  package func stop() { state.withLock { $0.isStopped = true } }

  /// Whether a connection leads to the server that has the lease.
  func covers(_ server: PostgresServerName) -> Bool { state.withLock { $0.server == server } }

  /// The number of the host that is tried first, because the server which confirmed last is there.
  var firstHost: Int { state.withLock { $0.firstHost } }

  /// Whether the server's answers count now.
  package var reach: StoreReach {
    let state = state.withLock { $0 }
    if let error = state.uselessness { return .useless(error) }
    let silent = Self.now - state.confirmedAt
    if !state.isFailing, silent < UInt64(state.leaseSeconds) * 1_000_000_000 { return .reached }
    return .silent(
      StoreSilence(
        seconds: Int(silent / 1_000_000_000), staleSeconds: state.staleSeconds, heard: state.heard))
  }

  /// Notes how far the store has come.
  func learn(_ mark: CommitMark) {
    state.withLock { state in
      guard let heard = state.heard, heard.includes(mark) else { return state.heard = mark }
    }
  }

  /// Nanoseconds of a clock that goes on while the machine sleeps (clock_gettime(2), CLOCK_BOOTTIME).
  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  // MARK: Renewing

  /// The number of milliseconds between two renewals: so small that two may fail within a lease.
  private static func interval(_ state: State) -> Int {
    state.failureCount > 0 ? 250 : min(1_000, state.leaseSeconds * 1_000 / 3)
  }

  private func goOn(after milliseconds: Int) {
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
      if state.withLock({ $0.isStopped }) { return renewals.withLock { $0.connection = nil } }
      renewOrFail()
      goOn(after: Self.interval(state.withLock { $0 }))
    }
  }

  private func renewOrFail() {
    do {
      try renew()
      state.withLock { $0.uselessness = nil }
    } catch let error as StoreError where error.isOfOtherPopsec {
      state.withLock { state in
        state.uselessness = error
        // An older store, or none, may be that of a former primary: the next host is tried.
        if !error.isOfNewerPopsec { state.firstHost += 1 }
      }
    } catch {
      // Why it failed is said where requests fail for it.
      state.withLock { state in
        state.failureCount += 1
        state.firstHost += 1
      }
    }
  }

  private func renew() throws {
    try renewals.withLock { renewal in
      do {
        let connection = try renewal.connection ?? connect(&renewal)
        renewal.connection = connection
        try requireKnown(connection)
        try renew(connection)
      } catch let error as StoreError where error.isOfOtherPopsec {
        if !error.isOfNewerPopsec { renewal.connection = nil }
        throw error
      } catch {
        if let lost = renewal.connection { renewal.former[lost.server] = lost.asFormer }
        renewal.connection = nil
        throw error
      }
    }
  }

  private func connect(_ renewal: inout Renewal) throws -> PostgresConnection {
    let connection = try PostgresConnection(
      address, searchPath: PostgresStore.searchPath, patience: .ofGates, firstHost: firstHost)
    // A process that waits for a standby does not see that nobody waits for it any more.
    if let former = renewal.former[connection.server] {
      try connection.end(former)
      renewal.former[connection.server] = nil
    }
    return connection
  }

  /// Checks the version of the store, with a question of its own: a newer popsec may have changed whatever else is asked
  /// for, and then a store that can't be asked must not be taken for one that is out of reach.
  private func requireKnown(_ connection: PostgresConnection) throws {
    let rows: PostgresRows
    do { rows = try connection.execute("SELECT max(number)::text FROM migration") } catch StoreError.busy {
      // Somebody upgrades the store right now. Until that is committed, the store is as it was.
      return
    }
    let version = try PostgresSchema.version(rows, at: connection.place)
    try StoreError.require(version, known: Migration.all.version, at: connection.place)
  }

  private func renew(_ connection: PostgresConnection) throws {
    let before = Self.now
    let rows = try connection.execute(
      """
      SELECT (SELECT value FROM setting WHERE key = '\(Setting.gateLease.key)' AND account_id IS NULL),
        (SELECT value FROM setting WHERE key = '\(Setting.gateStale.key)' AND account_id IS NULL),
        nullif(current_setting('synchronous_standby_names'), ''), (SELECT number::text FROM change_count)
      """)
    _ = rows.next()
    let (lease, stale) = (try seconds(.gateLease, rows.text(0)), try seconds(.gateStale, rows.text(1)))
    if !rows.isNull(2) {
      try connection.commit(["BEGIN", "SELECT pg_logical_emit_message(true, 'popsec', 'lease')", "COMMIT"])
      // Whoever empties the list of standbys ends the wait, too, and no notice tells.
      let names = try connection.execute("SELECT current_setting('synchronous_standby_names')")
      guard names.next(), names.text(0) != "" else {
        throw StoreError.serverLost(path: connection.place, detail: "no standby confirms any more")
      }
    }
    state.withLock {
      $0.server = connection.server
      $0.firstHost = connection.hostNumber
      ($0.confirmedAt, $0.leaseSeconds, $0.staleSeconds) = (before, lease, stale)
      $0.failureCount = 0
    }
    if let number = rows.text(3).flatMap({ Int64($0) }) {
      learn(CommitMark(number: number, server: connection.server.text))
    }
  }

  private func seconds(_ setting: Setting, _ text: String?) throws -> Int {
    guard case .number(let seconds) = try text.map({ try setting.value($0) }) ?? setting.standard else {
      return 0
    }
    return seconds
  }
}
