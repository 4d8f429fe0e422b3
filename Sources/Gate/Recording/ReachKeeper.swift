package import Access
private import Glibc
package import Store
private import Synchronization

/// Looks every second whether a store on another machine is in reach. The log tells when that changes, and the gates'
/// records learn what the gate answered meanwhile by what it knew.
package final class ReachKeeper {
  private let watch: ReachWatch
  private let work: RegularWork

  /// - Parameter host: the name of this machine.
  package init(_ gate: GateStanding, _ uses: any UseWriting, host: Name, log: GateLog) {
    let watch = ReachWatch(gate, uses, host: host, process: Int(getpid()), log)
    self.watch = watch
    work = RegularWork("popsec.reach", every: .seconds(1)) { watch.look() }
  }

  /// Writes what is left, if the store is in reach.
  package func stop() { work.stop { watch.finish() } }
}

/// What the keeper does at each look. Only one thread at a time may use it.
final class ReachWatch: @unchecked Sendable {
  private let gate: GateStanding
  private let uses: any UseWriting
  private let host: Name
  private let process: Int
  private let log: GateLog
  /// Whether it was said that the store is out of reach.
  private var isSilent = false
  private var isFailing = false

  init(_ gate: GateStanding, _ uses: any UseWriting, host: Name, process: Int, _ log: GateLog) {
    (self.gate, self.uses, self.host, self.process, self.log) = (gate, uses, host, process, log)
  }

  func look() {
    let reach = gate.distant?.reach
    tell(reach)
    // A store that is of a later popsec is denied, but may still be written to.
    let isReached = if case .silent? = reach { false } else { true }
    guard let due = gate.stale.withLock({ $0.look(isReached: isReached) }) else { return }
    do {
      try write(due)
      if isFailing { log.write(.info, "old answers are recorded again") }
      isFailing = false
    } catch {
      if !isFailing {
        log.fail("old answers can't be recorded, and are kept in memory meanwhile", error)
      }
      isFailing = true
    }
  }

  /// Writes what is left. What can't be written is told by the log alone.
  func finish() {
    do {
      while let due = gate.stale.withLock({ $0.close() }) { try write(due) }
    } catch {
      for span in gate.stale.withLock({ $0.unwritten }) {
        log.fail("old answers that no record tells of", error, span.fields)
      }
    }
  }

  private func tell(_ reach: StoreReach?) {
    switch reach {
    case .silent(let silence)? where !isSilent:
      isSilent = true
      log.write(
        .error, "the database is out of reach, or has not shown that its answers count",
        [
          "requests": silence.staleSeconds > 0
            ? "answered by what is known for \(silence.staleSeconds) seconds, then denied" : "denied"
        ])
    case .reached? where isSilent:
      isSilent = false
      // A gate that is killed before the record is written leaves this line.
      let old = gate.stale.withLock { $0.unwritten.last }
      log.write(
        .info, "the database is in reach: requests are decided on it again", old?.fields ?? [:])
    default: break
    }
  }

  private func write(_ span: StaleTally.Span) throws {
    try uses.add(
      StaleSpan(
        id: span.id, host: host, process: process, firstAt: span.firstAt, lastAt: span.lastAt,
        count: span.count))
    gate.stale.withLock { $0.written() }
  }
}

extension StaleTally.Span {
  /// For the log.
  fileprivate var fields: [String: String] {
    ["oldAnswers": String(count), "since": firstAt.description, "until": lastAt.description]
  }
}
