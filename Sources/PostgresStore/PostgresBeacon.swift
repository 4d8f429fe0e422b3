private import CPostgres
private import Dispatch
private import Foundation
package import Store
private import Synchronization

/// Asks the primary how far the store has come, for all who wait for the answer, with several questions on their way at
/// once. It has a connection and a thread of its own.
package final class PostgresBeacon: DistantStore {
  package typealias Receiver = @Sendable (CommitMark?) -> Void

  private let address: PostgresAddress
  private let lease: PostgresLease
  private let state = Mutex(State())

  /// With more on their way, questions only wait for each other at the server.
  private static let mostQuestions = 4
  private static let question = "question"
  /// The number of nanoseconds after which nobody waits any longer.
  private static let limit = UInt64(PostgresPatience.ofGates.answerMilliseconds) * 1_000_000

  private struct Asker {
    let at = DispatchTime.now().uptimeNanoseconds
    let receiver: Receiver
  }

  /// The connection is used under the lock alone.
  private struct State: @unchecked Sendable {
    var connection: PostgresConnection?
    /// Who waits for each question that was sent, the oldest first.
    var sent: [[Asker]] = []
    /// Who waits for the next question.
    var waiting: [Asker] = []
    var isStopped = false

    /// Sends a question for all who wait. Where that fails, the connection is given up.
    mutating func send(_ lease: PostgresLease) {
      // A server that has lost the lease is not asked any more.
      if let connection, !lease.covers(connection.server) { giveUp() }
      guard let connection, !waiting.isEmpty, sent.count < PostgresBeacon.mostQuestions else { return }
      sent.append(waiting)
      waiting = []
      if popsec_pq_send_question(connection.handle, PostgresBeacon.question) == 0 { giveUp() }
    }

    /// Gives up the connection. Those who wait are asked for again on the next one.
    mutating func giveUp() {
      waiting = sent.flatMap(\.self) + waiting
      (connection, sent) = (nil, [])
    }

    /// Takes out all who asked before an instant.
    mutating func take(before instant: UInt64) -> [Asker] {
      let late = waiting.prefix { $0.at < instant }
      waiting.removeFirst(late.count)
      return Array(late)
    }
  }

  package init(_ address: PostgresAddress, _ lease: PostgresLease) {
    (self.address, self.lease) = (address, lease)
    Thread.detachNewThread { [self] in run() }
  }

  package func stop() {
    state.withLock { $0.isStopped = true }
    lease.stop()
  }

  package var reach: StoreReach { lease.reach }

  package func ask(_ receiver: @escaping Receiver) {
    state.withLock { state in
      state.waiting.append(Asker(receiver: receiver))
      state.send(lease)
    }
  }

  // MARK: The thread

  private func run() {
    while !state.withLock({ $0.isStopped }) {
      if let socket = state.withLock({ $0.connection.map { popsec_pq_socket($0.handle) } }) ?? connect() {
        var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        // Somebody may have to be told that no answer comes.
        poll(&polled, 1, 100)
        read()
      } else {
        tellLate()
        usleep(20_000)
      }
    }
    for asker in state.withLock({ state in
      state.giveUp()
      return state.take(before: .max)
    }) { asker.receiver(nil) }
  }

  /// Connects to the server that has the lease; nil where that fails.
  private func connect() -> Int32? {
    guard case .reached = lease.reach,
      let connection = try? PostgresConnection(
        address, searchPath: PostgresStore.searchPath, patience: .ofGates, firstHost: lease.firstHost),
      lease.covers(connection.server),
      (try? connection.prepare(Self.question, PostgresWatch.question)) != nil,
      popsec_pq_enter_pipeline(connection.handle) == 1
    else { return nil }
    state.withLock { state in
      state.connection = connection
      state.send(lease)
    }
    return popsec_pq_socket(connection.handle)
  }

  /// Hands out the answers that have arrived, and sends the next question.
  private func read() {
    let answered = state.withLock { state in
      var answered: [(askers: [Asker], mark: CommitMark)] = []
      guard let connection = state.connection else { return answered }
      var isCovered = true
      let isWell = Self.take(connection) { number in
        // An answer counts only where its server still has the lease now that the answer is here.
        isCovered = lease.covers(connection.server)
        guard isCovered else { return false }
        let mark = CommitMark(number: number, server: connection.server.text)
        answered.append((state.sent.removeFirst(), mark))
        return !state.sent.isEmpty
      }
      let oldest = state.sent.first?.first?.at ?? .max
      let isLate = oldest < DispatchTime.now().uptimeNanoseconds - Self.limit
      if !isWell || isLate || !isCovered { state.giveUp() } else { state.send(lease) }
      return answered
    }
    for (askers, mark) in answered {
      lease.learn(mark)
      for asker in askers { asker.receiver(mark) }
    }
    tellLate()
  }

  /// Takes the answers that have arrived, while `body` expects another one. Returns whether the connection is well.
  private static func take(_ connection: PostgresConnection, _ body: (Int64) -> Bool) -> Bool {
    guard popsec_pq_read(connection.handle) == 1 else { return false }
    var nullCount = 0
    while nullCount < 2, popsec_pq_has_result(connection.handle) == 1 {
      // More than one null comes only where nothing was asked.
      guard let result = popsec_pq_next_result(connection.handle) else {
        nullCount += 1
        continue
      }
      nullCount = 0
      let rows = PostgresRows(result)
      if rows.isSynchronization { continue }
      guard rows.isSuccess, rows.next(), let number = rows.integer(0) else { return false }
      if !body(number) { return true }
    }
    return true
  }

  /// Tells those who have waited too long, or in vain, that there is no answer.
  private func tellLate() {
    let isReached = lease.reach == .reached
    let instant = isReached ? DispatchTime.now().uptimeNanoseconds - Self.limit : .max
    for asker in state.withLock({ $0.take(before: instant) }) { asker.receiver(nil) }
  }
}
